/* The product of what flows back with derivatives, block by block: in one pass through memory, the
 * derivatives in a buffer that stays in L1. */
#include "backward.h"

#include <math.h>
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

#define RUN(name, type, its_dtype)                                                          \
    edgeact_status name(const edgeact_activation *derivative, edgeact_tier tier, size_t n,  \
                        const type *dy, const type *x, type *dx, const type *params) {      \
        if (!edgeact_isa_active()) return EDGEACT_BAD_ISA;                                  \
        edgeact_kernel *kernel = edgeact_lookup(derivative, tier, its_dtype, NULL);         \
        if (!kernel) return EDGEACT_NO_KERNEL;                                              \
        const edgeact_partials p = {{kernel}, 1, derivative->nparams, its_dtype};           \
        type value[EDGEACT_MAX_PARAMS];                                                     \
        char *args[EDGEACT_MAX_PARAMS + 3] = {(char *)(uintptr_t)dy, (char *)(uintptr_t)x}; \
        ptrdiff_t steps[EDGEACT_MAX_PARAMS + 3] = {sizeof(type), sizeof(type)};             \
        for (size_t i = 0; i < p.nparams; i++) {                                            \
            value[i] = params ? params[i] : (type)derivative->params[i].value;              \
            if (!params && isnan(derivative->params[i].value)) return EDGEACT_BAD_PARAM;    \
            args[i + 2] = (char *)&value[i];                                                \
        }                                                                                   \
        args[p.nparams + 2] = (char *)dx;                                                   \
        steps[p.nparams + 2] = sizeof(type);                                                \
        edgeact_backward(&p, args, steps, n);                                               \
        return EDGEACT_OK;                                                                  \
    }

RUN(edgeact_backward_f32, float, EDGEACT_F32)
RUN(edgeact_backward_f64, double, EDGEACT_F64)
