/* Compares kernels with the registry's formulas in double, over ranges of float32 bit patterns. */
#include "kernels.h"
#include "native.h"

typedef double formula(double x, const double *p);

#define REQUIRED NAN
#define NO_PARAMS (void)p;
#define PARAMS1(a, va) const double a = p[0];
#define PARAMS4(a, va, b, vb, c, vc, d, vd) const double a = p[0], b = p[1], c = p[2], d = p[3];
#define ACT(name, onnx, torch, params, lo, hi, f32, f64, expression) \
    static double name##_formula(double x, const double *p) {        \
        params return expression;                                    \
    }
#include "acts.def"
#undef ACT

static formula *const formulas[ACT_COUNT] = {
#define ACT(name, ...) [ACT_##name] = name##_formula,
#include "acts.def"
#undef ACT
};

double edgeact_formula(const edgeact_activation *act, double x, const double *params) {
    return formulas[act - edgeact_at(0)](x, params);
}

static float from_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The spacing of float32 numbers in the binade of t. */
static double ulp_of(double t) {
    uint64_t bits;
    memcpy(&bits, &t, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff) - 1023;
    if (exponent < FLT_MIN_EXP - 1) exponent = FLT_MIN_EXP - 1;
    bits = (uint64_t)(exponent - (FLT_MANT_DIG - 1) + 1023) << 52;
    memcpy(&t, &bits, sizeof t);
    return t;
}

/* What an activation of x must be where it is not a matter of accuracy. */
static int obeys(const edgeact_activation *act, formula *f, const double *params, float x, float y) {
    if (isnan(x)) return isnan(y);
    if (!(y >= act->lo && y <= act->hi)) return 0;
    if (isinf(x)) {
        double limit = f(copysign(FLT_MAX, x), params);
        return fabs(limit) > 1e30 ? isinf(y) && signbit(y) == signbit(limit) : y == (float)limit;
    }
    if (x == 0) {
        double zero = f(x, params);
        return zero != 0 || (y == 0 && !signbit(y) == !signbit(zero));
    }
    return 1;
}

enum { BLOCK = 4096 };

int edgeact_sweep(const edgeact_activation *act, edgeact_tier tier, const edgeact_isa *isa,
                  const double *params, uint32_t first, uint32_t stride, uint64_t count,
                  edgeact_sweep_result *result) {
    edgeact_kernel *kernel = edgeact_lookup(act, tier, EDGEACT_F32, isa);
    if (!kernel || !isa->supported()) return -1;
    formula *f = formulas[act - edgeact_at(0)];

    float x[BLOCK], y[BLOCK], value[EDGEACT_MAX_PARAMS];
    char *args[EDGEACT_MAX_PARAMS + 2] = {(char *)x};
    ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {sizeof(float)};
    for (size_t i = 0; i < act->nparams; i++) {
        value[i] = (float)params[i];
        args[i + 1] = (char *)&value[i];
    }
    args[act->nparams + 1] = (char *)y;
    steps[act->nparams + 1] = sizeof(float);

    *result = (edgeact_sweep_result){.max_ulp = -1, .max_abs = -1};
    uint32_t bits = first;
    while (result->tried < count) {
        size_t n = count - result->tried < BLOCK ? (size_t)(count - result->tried) : BLOCK;
        for (size_t i = 0; i < n; i++) x[i] = from_bits(bits + (uint32_t)i * stride);
        kernel(args, steps, n);
        for (size_t i = 0; i < n; i++) {
            uint32_t at = bits + (uint32_t)i * stride;
            if (!obeys(act, f, params, x[i], y[i]) && result->broken++ == 0) result->broken_at = at;
            if (!isfinite(x[i])) continue;
            double t = f(x[i], params), error = fabs(y[i] - t), ulp = error / ulp_of(t);
            if (error > result->max_abs) {
                result->max_abs = error;
                result->max_abs_at = at;
            }
            if (ulp > result->max_ulp) {
                result->max_ulp = ulp;
                result->max_ulp_at = at;
            }
        }
        bits += (uint32_t)n * stride;
        result->tried += n;
    }
    return 0;
}
