/* dy times derivatives, for the ufuncs of edgeact.backward and the functions of edgeact.h. */
#ifndef EDGEACT_BACKWARD_H
#define EDGEACT_BACKWARD_H

#include "edgeact.h"

enum { EDGEACT_MAX_PARTIALS = 2 };

/* The derivatives of one activation: by x, and by its first parameter if count is 2. */
typedef struct edgeact_partials {
    edgeact_kernel *partial[EDGEACT_MAX_PARTIALS];
    size_t count, nparams;
    edgeact_dtype dtype;
} edgeact_partials;

/* args: dy, x, the parameters, an output for each derivative; steps: theirs, in bytes. An output may
 * be the array of an input, or lie apart from all of them. */
void edgeact_backward(const edgeact_partials *p, char *const args[], const ptrdiff_t steps[],
                      size_t n);

#endif
