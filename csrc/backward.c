/* The product of what flows back with derivatives, block by block: in one pass through memory, the
 * derivatives in a buffer that stays in L1. */
#include "backward.h"

#include <string.h>

enum { BLOCK = 512 };

typedef union block {
    float f32[BLOCK];
    double f64[BLOCK];
} block;

void edgeact_backward(const edgeact_partials *p, char *const args[], const ptrdiff_t steps[],
                      size_t n) {
    _Alignas(64) block f[EDGEACT_MAX_PARTIALS], wide[2]; /* wide: x, and a tensor */
    const size_t inputs = p->nparams + 1;                /* of a derivative: x, parameters */
    if (p->whole) {
        char *at[EDGEACT_MAX_PARAMS + 3] = {args[1], args[0]};
        ptrdiff_t step[EDGEACT_MAX_PARAMS + 3] = {steps[1], steps[0]};
        for (size_t k = 2; k < inputs + 2; k++) {
            at[k] = args[k];
            step[k] = steps[k];
        }
        p->whole(at, step, n);
        return;
    }
    const size_t size = p->dtype == EDGEACT_F64 ? sizeof(double) : sizeof(float);
    /* One output may lie on dy: it comes last. Those on other inputs are read by then. */
    const int first_on_dy = args[inputs + 1] == args[0];
    for (size_t i = 0; i < n; i += BLOCK) {
        size_t m = n - i < BLOCK ? n - i : BLOCK;
        char *at[EDGEACT_MAX_PARAMS + 2];
        ptrdiff_t step[EDGEACT_MAX_PARAMS + 2];
        for (size_t k = 0; k < inputs; k++) {
            at[k] = args[k + 1] + (ptrdiff_t)i * steps[k + 1];
            step[k] = steps[k + 1];
            if (!p->flow->widen || k > p->tensors) continue;
            p->flow->widen(at[k], step[k], m, wide[k].f32);
            at[k] = (char *)wide[k].f32;
            step[k] = sizeof(float);
        }
        step[inputs] = (ptrdiff_t)size;
        for (size_t j = 0; j < p->count; j++) {
            at[inputs] = (char *)&f[j];
            p->partial[j](at, step, m);
        }
        for (size_t q = 0; q < p->count; q++) {
            size_t j = first_on_dy ? p->count - 1 - q : q, k = inputs + 1 + j;
            p->flow->product(&f[j], args[0] + (ptrdiff_t)i * steps[0], steps[0], m,
                             args[k] + (ptrdiff_t)i * steps[k], steps[k]);
        }
    }
}

int edgeact_find_partials(edgeact_partials *p, const edgeact_activation *const *derivatives,
                          size_t count, edgeact_tier tier, edgeact_dtype dtype) {
    const int half = dtype == EDGEACT_F16 || dtype == EDGEACT_BF16;
    *p = (edgeact_partials){.count = count, .dtype = dtype, .flow = edgeact_flow_lookup(dtype)};
    for (size_t j = 0; j < count; j++) {
        p->partial[j] = edgeact_lookup(derivatives[j], tier, half ? EDGEACT_F32 : dtype, NULL);
        if (!p->partial[j]) return 0;
        p->nparams = derivatives[j]->nparams;
        p->tensors = derivatives[j]->tensors;
    }
    if (p->flow->whole && tier == EDGEACT_FAST && count == 1)
        p->whole = p->flow->whole[derivatives[0] - edgeact_at(0)];
    return 1;
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

/* What a tensor may be is rounded to 16 bits, as a tensor would be. */
#define RUN_HALF(name, dtype, run)                                                             \
    edgeact_status name(const edgeact_activation *derivative, edgeact_tier tier, size_t n,     \
                        const uint16_t *dy, const uint16_t *x, uint16_t *dx,                   \
                        const float *params) {                                                 \
        edgeact_status status = run(derivative, tier, 0, x, dx, params);                       \
        edgeact_partials p;                                                                    \
        if (status != EDGEACT_OK) return status;                                               \
        if (!edgeact_find_partials(&p, &derivative, 1, tier, dtype)) return EDGEACT_NO_KERNEL; \
        float value[EDGEACT_MAX_PARAMS];                                                       \
        const uint16_t one = dtype == EDGEACT_F16 ? 0x3c00 : 0x3f80;                           \
        uint16_t tensor;                                                                       \
        char *args[EDGEACT_MAX_PARAMS + 3] = {(char *)(uintptr_t)dy, (char *)(uintptr_t)x};    \
        ptrdiff_t steps[EDGEACT_MAX_PARAMS + 3] = {sizeof *dy, sizeof *x};                     \
        for (size_t k = 0; k < p.nparams; k++) {                                               \
            value[k] = params ? params[k] : (float)derivative->params[k].value;                \
            args[k + 2] = (char *)&value[k];                                                   \
        }                                                                                      \
        if (p.tensors) {                                                                       \
            p.flow->product(value, (const char *)&one, 0, 1, (char *)&tensor, sizeof tensor);  \
            args[2] = (char *)&tensor;                                                         \
        }                                                                                      \
        args[p.nparams + 2] = (char *)dx;                                                      \
        steps[p.nparams + 2] = sizeof *dx;                                                     \
        edgeact_backward(&p, args, steps, n);                                                  \
        return EDGEACT_OK;                                                                     \
    }

RUN_HALF(edgeact_backward_f16, EDGEACT_F16, edgeact_run_f16)
RUN_HALF(edgeact_backward_bf16, EDGEACT_BF16, edgeact_run_bf16)
