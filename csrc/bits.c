/* A hash of what a kernel computes, for comparing machines. */
#include "kernels.h"
#include "native.h"

enum { BLOCK = 4096 };

uint64_t edgeact_hash_bits(const edgeact_activation *act, edgeact_tier tier, const edgeact_isa *isa,
                           uint32_t first, uint32_t stride, uint64_t count) {
    edgeact_kernel *kernel = edgeact_lookup(act, tier, EDGEACT_F32, isa);
    float x[BLOCK], y[BLOCK], params[EDGEACT_MAX_PARAMS];
    char *args[EDGEACT_MAX_PARAMS + 2] = {(char *)x};
    ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {sizeof(float)};
    for (size_t i = 0; i < act->nparams; i++) {
        params[i] = isnan(act->params[i].value) ? (float)(i % 2 == 0) : (float)act->params[i].value;
        args[i + 1] = (char *)&params[i];
    }
    args[act->nparams + 1] = (char *)y;
    steps[act->nparams + 1] = sizeof(float);

    uint64_t hash = 0xcbf29ce484222325; /* FNV-1a, a word at a time */
    uint32_t bits = first;
    while (count > 0) {
        size_t n = count < BLOCK ? (size_t)count : BLOCK;
        for (size_t i = 0; i < n; i++, bits += stride)
            memcpy(&x[i], &bits, sizeof bits);
        kernel(args, steps, n);
        for (size_t i = 0; i < n; i++) {
            uint32_t word;
            memcpy(&word, &y[i], sizeof word);
            hash = (hash ^ (isnan(y[i]) ? 0x7fc00000 : word)) * 0x100000001b3;
        }
        count -= n;
    }
    return hash;
}
