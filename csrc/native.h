/* What the Python module has beyond edgeact.h. */
#ifndef EDGEACT_NATIVE_H
#define EDGEACT_NATIVE_H

#include "edgeact.h"

/* Makes a NumPy ufunc of every kernel of this tier and sets it as an attribute of the module of
 * this name, which must have been imported. Returns 0, or -1 having printed the exception. */
int edgeact_make_ufuncs(const char *module, edgeact_tier tier);

/* What a sweep over float32 inputs measured. Inputs are given as their bits. */
typedef struct edgeact_sweep_result {
    uint64_t tried;
    double max_ulp, max_abs; /* largest error in ULP of the true value, and absolute */
    uint32_t max_ulp_at, max_abs_at;
    uint64_t broken;    /* outputs that break a rule: NaN kept, range, exact limits, sign of zero */
    uint32_t broken_at; /* the first of them */
} edgeact_sweep_result;

/* Runs the kernels of some isas on the count inputs whose bits are first, first + stride, ...
 * (modulo 2^32) and compares each output with the registry's formula in double. params:
 * act->nparams values; results: one an isa. Returns 0, or -1 where an isa has no kernel here. */
int edgeact_sweep(const edgeact_activation *act, edgeact_tier tier, const edgeact_isa *const *isas,
                  size_t count_isas, const double *params, uint32_t first, uint32_t stride,
                  uint64_t count, edgeact_sweep_result *results);

/* The registry's formula: params holds act->nparams values. */
double edgeact_formula(const edgeact_activation *act, double x, const double *params);

#endif
