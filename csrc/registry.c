/* acts.def as data. */
#include "kernels.h"

#define REQUIRED NAN
#define NO_PARAMS .nparams = 0
#define PARAMS1(a, va) .nparams = 1, .params = {{#a, va}}
#define PARAMS2(a, va, b, vb) .nparams = 2, .params = {{#a, va}, {#b, vb}}
#define TENSOR1(a) .nparams = 1, .tensors = 1, .params = {{#a, REQUIRED}}
#define PARAMS4(a, va, b, vb, c, vc, d, vd) \
    .nparams = 4, .params = {{#a, va}, {#b, vb}, {#c, vc}, {#d, vd}}
/* float16 has no number so large that it could bring a float's smallest back. */
#define FACTOR1(a)                                       \
    .bound[EDGEACT_FAST][EDGEACT_F32].floor = 0x1p-149,  \
    .bound[EDGEACT_FAST][EDGEACT_BF16].floor = 0x1p-149, \
    .bound[EDGEACT_FAST][EDGEACT_F64].floor = 0x1p-1074, TENSOR1(a)
/* Parameters without a default leave no one function to sweep. */
#define EVIDENCE_NO_PARAMS "exhaustive"
#define EVIDENCE_PARAMS1(...) "exhaustive"
#define EVIDENCE_PARAMS2(...) "exhaustive"
#define EVIDENCE_TENSOR1(...) "sampled"
#define EVIDENCE_FACTOR1(...) "sampled"
#define EVIDENCE_PARAMS4(...) "sampled"
#define BOUND(tier, dtype, most, how) \
    .bound[tier][dtype].ulp = most, .bound[tier][dtype].evidence = how,
#define EXACT(how)                                       \
    BOUND(EDGEACT_EXACT, EDGEACT_F32, 0.5, "exhaustive") \
    BOUND(EDGEACT_EXACT, EDGEACT_F16, 0.5, how)          \
    BOUND(EDGEACT_EXACT, EDGEACT_BF16, 0.5, how)         \
    BOUND(EDGEACT_FAST, EDGEACT_F16, 0.5, how)           \
    BOUND(EDGEACT_FAST, EDGEACT_BF16, 0.5, how)
#define NO_EXACT(how) \
    BOUND(EDGEACT_FAST, EDGEACT_F16, 1, how) BOUND(EDGEACT_FAST, EDGEACT_BF16, 1, how)
#define ACT(row_name, row_onnx, row_torch, params, row_lo, row_hi, exact, f32, row_own, f64, \
            row_formula)                                                                     \
    {.name = #row_name,                                                                      \
     .onnx = #row_onnx,                                                                      \
     .torch = row_torch,                                                                     \
     .formula = #row_formula,                                                                \
     .lo = row_lo,                                                                           \
     .hi = row_hi,                                                                           \
     .own = row_own,                                                                         \
     BOUND(EDGEACT_FAST, EDGEACT_F32, f32, EVIDENCE_##params)                                \
         BOUND(EDGEACT_FAST, EDGEACT_F64, f64, "sampled") exact(EVIDENCE_##params) params},

#define X .abs = 0x1p-11
#define X_OR_Y X, .of_result = 1
#define X_TIMES_PARAM X, .of_param = 1
#define X_OVER_PARAM X, .of_param = -1
#define COARSE(name, scale, how)                                                                \
    [ACT_##name].bound[EDGEACT_COARSE] = {[EDGEACT_F32] = {.evidence = how, scale},             \
                                          [EDGEACT_F16] = {.ulp = 0.5, .evidence = how, scale}, \
                                          [EDGEACT_BF16] = {.ulp = 0.5, .evidence = how, scale}},
#define METHOD(...)

static const edgeact_activation activations[ACT_COUNT] = {
#include "acts.def"
#include "coarse.def"
};
#undef ACT
#undef COARSE
#undef METHOD

const char *edgeact_tier_name(edgeact_tier tier) {
    static const char *const names[EDGEACT_TIERS] = {"exact", "fast", "coarse"};
    return (unsigned)tier < EDGEACT_TIERS ? names[tier] : NULL;
}

/* In 16 bits what was computed in float rounds once more: hardly more than half an ULP. */
#define ROW(row_name, row_onnx, row_torch, row_lo, row_hi, f32, f64, row_formula, row_backward) \
    {.name = #row_name,                                                                         \
     .onnx = #row_onnx,                                                                         \
     .torch = row_torch,                                                                        \
     .formula = #row_formula,                                                                   \
     .backward = #row_backward,                                                                 \
     .lo = row_lo,                                                                              \
     .hi = row_hi,                                                                              \
     .ulp = {                                                                                   \
         [EDGEACT_F32] = f32, [EDGEACT_F64] = f64, [EDGEACT_F16] = 0.51, [EDGEACT_BF16] = 0.51}},
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

const char *edgeact_dtype_name(edgeact_dtype dtype) {
    static const char *const names[EDGEACT_DTYPES] = {
        [EDGEACT_F32] = "float32",
        [EDGEACT_F64] = "float64",
        [EDGEACT_F16] = "float16",
        [EDGEACT_BF16] = "bfloat16",
    };
    return (unsigned)dtype < EDGEACT_DTYPES ? names[dtype] : NULL;
}

size_t edgeact_count(void) { return ACT_COUNT; }

const edgeact_activation *edgeact_at(size_t i) { return i < ACT_COUNT ? &activations[i] : NULL; }

const edgeact_activation *edgeact_find(const char *name) {
    for (size_t i = 0; i < ACT_COUNT; i++) {
        if (strcmp(activations[i].name, name) == 0) return &activations[i];
    }
    return NULL;
}
