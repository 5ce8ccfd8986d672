/* Compares kernels with the registry's formulas in double, over ranges of float32 bit patterns. */
#include "kernels.h"
#include "native.h"

typedef double formula(double x, const double *p);

#define REQUIRED NAN
#define NO_PARAMS (void)p;
#define PARAMS1(a, va) const double a = p[0];
#define PARAMS4(a, va, b, vb, c, vc, d, vd) const double a = p[0], b = p[1], c = p[2], d = p[3];
#define ACT(name, onnx, torch, params, lo, hi, f32, f64, expression) \
    static double name##_formula(double x, const double *p) { params return expression; }
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

/* What y must be where x is infinite, zero or NaN and accuracy is not the matter. */
static int obeys(formula *f, const double *params, float x, float y) {
    if (isnan(x)) return isnan(y);
    if (isinf(x)) {
        double limit = f(copysign(FLT_MAX, x), params);
        return fabs(limit) > 1e30 ? isinf(y) && signbit(y) == signbit(limit) : y == (float)limit;
    }
    double zero = f(x, params);
    return zero != 0 || (y == 0 && !signbit(y) == !signbit(zero));
}

enum { BLOCK = 2048 };

/* A block of inputs and what is known of them before any kernel runs. */
typedef struct block {
    size_t n;
    uint32_t first, stride;
    float x[BLOCK];
    double truth[BLOCK], per_ulp[BLOCK];
} block;

static void fill(block *b, formula *f, const double *params) {
    for (size_t i = 0; i < b->n; i++) {
        b->x[i] = from_bits(b->first + (uint32_t)i * b->stride);
        b->truth[i] = f(b->x[i], params);
        b->per_ulp[i] = 1 / ulp_of(b->truth[i]);
    }
}

static void compare(const block *b, const float *y, const edgeact_activation *act, formula *f,
                    const double *params, edgeact_sweep_result *result) {
    for (size_t i = 0; i < b->n; i++) {
        uint32_t at = b->first + (uint32_t)i * b->stride;
        float x = b->x[i];
        int special = x == 0 || !isfinite(x);
        int bad = special && !obeys(f, params, x, y[i]);
        if (!isnan(x)) bad |= !(y[i] >= act->lo && y[i] <= act->hi);
        if (bad && result->broken++ == 0) result->broken_at = at;
        if (!isfinite(x)) continue;
        double error = fabs(y[i] - b->truth[i]), ulp = error * b->per_ulp[i];
        if (error > result->max_abs) {
            result->max_abs = error;
            result->max_abs_at = at;
        }
        if (ulp > result->max_ulp) {
            result->max_ulp = ulp;
            result->max_ulp_at = at;
        }
    }
    result->tried += b->n;
}

int edgeact_sweep(const edgeact_activation *act, edgeact_tier tier, const edgeact_isa *const *isas,
                  size_t count_isas, const double *params, uint32_t first, uint32_t stride,
                  uint64_t count, edgeact_sweep_result *results) {
    for (size_t k = 0; k < count_isas; k++) {
        if (!isas[k]->supported() || !edgeact_lookup(act, tier, EDGEACT_F32, isas[k])) return -1;
        results[k] = (edgeact_sweep_result){.max_ulp = -1, .max_abs = -1};
    }
    formula *f = formulas[act - edgeact_at(0)];
    float y[BLOCK], value[EDGEACT_MAX_PARAMS];
    block b = {.first = first, .stride = stride};
    char *args[EDGEACT_MAX_PARAMS + 2] = {(char *)b.x};
    ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {sizeof(float)};
    for (size_t i = 0; i < act->nparams; i++) {
        value[i] = (float)params[i];
        args[i + 1] = (char *)&value[i];
    }
    args[act->nparams + 1] = (char *)y;
    steps[act->nparams + 1] = sizeof(float);

    for (uint64_t done = 0; done < count; done += b.n) {
        b.n = count - done < BLOCK ? (size_t)(count - done) : BLOCK;
        fill(&b, f, params);
        for (size_t k = 0; k < count_isas; k++) {
            edgeact_lookup(act, tier, EDGEACT_F32, isas[k])(args, steps, b.n);
            compare(&b, y, act, f, params, &results[k]);
        }
        b.first += (uint32_t)b.n * stride;
    }
    return 0;
}
