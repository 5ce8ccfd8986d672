/* dy times derivatives, for the ufuncs of edgeact.backward and the functions of edgeact.h. */
#ifndef EDGEACT_BACKWARD_H
#define EDGEACT_BACKWARD_H

#include "kernels.h"
#include "native.h"

enum { EDGEACT_MAX_PARTIALS = 2 };

/* The derivatives of one activation: by x, and by its first parameter if count is 2. */
typedef struct edgeact_partials {
    edgeact_kernel *partial[EDGEACT_MAX_PARTIALS];
    size_t count, nparams, tensors;
    edgeact_dtype dtype;
    edgeact_kernel *whole;    /* of x, dy, parameters and dx, in one; or NULL */
    const edgeact_flow *flow; /* where the dtype has 16 bits, the derivatives are those of float */
} edgeact_partials;

/* Returns 0 where the tier has no such derivatives. */
int edgeact_find_partials(edgeact_partials *p, const edgeact_activation *const *derivatives,
                          size_t count, edgeact_tier tier, edgeact_dtype dtype);

#endif
