/* acts.def as data. */
#include "kernels.h"

#define REQUIRED NAN
#define F32_EVIDENCE .bound[EDGEACT_FAST][EDGEACT_F32].evidence
#define NO_PARAMS F32_EVIDENCE = "exhaustive"
#define PARAMS1(a, va) .nparams = 1, .params = {{#a, va}}, F32_EVIDENCE = "exhaustive"
#define PARAMS2(a, va, b, vb) \
    .nparams = 2, .params = {{#a, va}, {#b, vb}}, F32_EVIDENCE = "exhaustive"
/* Parameters without a default leave no one function to sweep. */
#define TENSOR1(a) .nparams = 1, .tensors = 1, .params = {{#a, REQUIRED}}, F32_EVIDENCE = "sampled"
#define PARAMS4(a, va, b, vb, c, vc, d, vd) \
    .nparams = 4, .params = {{#a, va}, {#b, vb}, {#c, vc}, {#d, vd}}, F32_EVIDENCE = "sampled"
#define FACTOR1(a)                                      \
    .bound[EDGEACT_FAST][EDGEACT_F32].floor = 0x1p-149, \
    .bound[EDGEACT_FAST][EDGEACT_F64].floor = 0x1p-1074, TENSOR1(a)
#define EXACT .bound[EDGEACT_EXACT][EDGEACT_F32] = {.ulp = 0.5, .evidence = "exhaustive"},
#define NO_EXACT
#define ACT(row_name, row_onnx, row_torch, params, row_lo, row_hi, exact, f32, row_own, f64, \
            row_formula)                                                                     \
    {.name = #row_name,                                                                      \
     .onnx = #row_onnx,                                                                      \
     .torch = row_torch,                                                                     \
     .formula = #row_formula,                                                                \
     .lo = row_lo,                                                                           \
     .hi = row_hi,                                                                           \
     .own = row_own,                                                                         \
     exact.bound[EDGEACT_FAST][EDGEACT_F32].ulp = f32,                                       \
     .bound[EDGEACT_FAST][EDGEACT_F64].ulp = f64,                                            \
     .bound[EDGEACT_FAST][EDGEACT_F64].evidence = "sampled",                                 \
     params},

static const edgeact_activation activations[ACT_COUNT] = {
#include "acts.def"
};
#undef ACT

const char *edgeact_tier_name(edgeact_tier tier) {
    static const char *const names[EDGEACT_TIERS] = {"exact", "fast", "coarse"};
    return (unsigned)tier < EDGEACT_TIERS ? names[tier] : NULL;
}

#define ROW(row_name, row_onnx, row_torch, row_lo, row_hi, f32, f64, row_formula) \
    {.name = #row_name,                                                           \
     .onnx = #row_onnx,                                                           \
     .torch = row_torch,                                                          \
     .formula = #row_formula,                                                     \
     .lo = row_lo,                                                                \
     .hi = row_hi,                                                                \
     .ulp = {[EDGEACT_F32] = f32, [EDGEACT_F64] = f64}},
static const edgeact_rowwise rowwise[ROW_COUNT] = {
#include "rows.def"
};
#undef ROW

size_t edgeact_rowwise_count(void) { return ROW_COUNT; }

const edgeact_rowwise *edgeact_rowwise_at(size_t i) { return i < ROW_COUNT ? &rowwise[i] : NULL; }

const edgeact_rowwise *edgeact_rowwise_find(const char *name) {
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (strcmp(rowwise[i].name, name) == 0) return &rowwise[i];
    }
    return NULL;
}

size_t edgeact_count(void) { return ACT_COUNT; }

const edgeact_activation *edgeact_at(size_t i) { return i < ACT_COUNT ? &activations[i] : NULL; }

const edgeact_activation *edgeact_find(const char *name) {
    for (size_t i = 0; i < ACT_COUNT; i++) {
        if (strcmp(activations[i].name, name) == 0) return &activations[i];
    }
    return NULL;
}
