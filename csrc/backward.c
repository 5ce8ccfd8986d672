/* The product of what flows back with derivatives, block by block: in one pass through memory, the
 * derivatives in a buffer that stays in L1. */
#include "backward.h"

#include <string.h>

enum { BLOCK = 512 };

#define MULTIPLY(name, type)                                                     \
    static void name(type *f, const char *dy, ptrdiff_t step, size_t n) {        \
        if (step == sizeof(type)) {                                              \
            for (size_t i = 0; i < n; i++)                                       \
                f[i] *= ((const type *)dy)[i];                                   \
            return;                                                              \
        }                                                                        \
        for (size_t i = 0; i < n; i++)                                           \
            f[i] *= *(const type *)(dy + (ptrdiff_t)i * step);                   \
    }                                                                            \
    static void name##_out(char *out, ptrdiff_t step, const type *f, size_t n) { \
        if (step == sizeof(type)) {                                              \
            memcpy(out, f, n * sizeof(type));                                    \
            return;                                                              \
        }                                                                        \
        for (size_t i = 0; i < n; i++)                                           \
            *(type *)(out + (ptrdiff_t)i * step) = f[i];                         \
    }

MULTIPLY(multiply_f32, float)
MULTIPLY(multiply_f64, double)

#define BACKWARD(name, type, multiply)                                                       \
    static void name(const edgeact_partials *p, char *const args[], const ptrdiff_t steps[], \
                     size_t n) {                                                             \
        type f[EDGEACT_MAX_PARTIALS][BLOCK];                                                 \
        const size_t inputs = p->nparams + 1; /* of a derivative: x, parameters */           \
        char *at[EDGEACT_MAX_PARAMS + 2];                                                    \
        ptrdiff_t step[EDGEACT_MAX_PARAMS + 2];                                              \
        memcpy(step, steps + 1, inputs * sizeof *step);                                      \
        step[inputs] = sizeof(type);                                                         \
        for (size_t i = 0; i < n; i += BLOCK) {                                              \
            size_t m = n - i < BLOCK ? n - i : BLOCK;                                        \
            for (size_t k = 0; k < inputs; k++)                                              \
                at[k] = args[k + 1] + (ptrdiff_t)i * step[k];                                \
            /* All products before the first output, which may lie on an input. */           \
            for (size_t j = 0; j < p->count; j++) {                                          \
                at[inputs] = (char *)f[j];                                                   \
                p->partial[j](at, step, m);                                                  \
                multiply(f[j], args[0] + (ptrdiff_t)i * steps[0], steps[0], m);              \
            }                                                                                \
            for (size_t j = 0; j < p->count; j++) {                                          \
                size_t k = inputs + 1 + j;                                                   \
                multiply##_out(args[k] + (ptrdiff_t)i * steps[k], steps[k], f[j], m);        \
            }                                                                                \
        }                                                                                    \
    }

BACKWARD(backward_f32, float, multiply_f32)
BACKWARD(backward_f64, double, multiply_f64)

void edgeact_backward(const edgeact_partials *p, char *const args[], const ptrdiff_t steps[],
                      size_t n) {
    if (p->dtype == EDGEACT_F64)
        backward_f64(p, args, steps, n);
    else
        backward_f32(p, args, steps, n);
}

#define RUN(name, type, run)                                                               \
    edgeact_status name(const edgeact_activation *derivative, edgeact_tier tier, size_t n, \
                        const type *dy, const type *x, type *dx, const type *params) {     \
        type f[BLOCK];                                                                     \
        edgeact_status status = run(derivative, tier, 0, x, f, params);                    \
        for (size_t i = 0; status == EDGEACT_OK && i < n; i += BLOCK) {                    \
            size_t m = n - i < BLOCK ? n - i : BLOCK;                                      \
            status = run(derivative, tier, m, x + i, f, params);                           \
            for (size_t k = 0; k < m; k++)                                                 \
                dx[i + k] = dy[i + k] * f[k];                                              \
        }                                                                                  \
        return status;                                                                     \
    }

RUN(edgeact_backward_f32, float, edgeact_run_f32)
RUN(edgeact_backward_f64, double, edgeact_run_f64)
