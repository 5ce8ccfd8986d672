/* A parameter's tensor beside x, broadcast to x's shape as NumPy would; x keeps its shape. */
#ifndef EDGEACT_ORT_BROADCAST_H
#define EDGEACT_ORT_BROADCAST_H

#include <stddef.h>
#include <stdint.h>

/* The most dimensions that we copy. */
enum { MAX_RANK = 64 };

/* The elements of x come in runs: each run meets one value of the parameter (step 0), or as many as
 * it has elements, next to each other (step 1). */
typedef struct broadcast {
    size_t run, step;
    size_t outer; /* dimensions over the runs, innermost first: sizes and the parameter's strides */
    size_t size[MAX_RANK], stride[MAX_RANK];
} broadcast;

/* 0, or -1 where the shapes do not fit. No size of x is 0. */
int broadcast_init(broadcast *b, const int64_t *x, size_t rank_x, const int64_t *p, size_t rank_p);

/* The parameter's element that the first of run r meets. */
size_t broadcast_offset(const broadcast *b, size_t r);

#endif
