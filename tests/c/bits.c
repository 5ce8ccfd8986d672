/* Prints a hash of the bits of every activation on every isa of this machine, over a fixed sweep:
 * every STRIDE-th float32, NaNs counted as one. "isa fma activation hash", a line each. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kernels.h"

#ifndef EMULATED /* an isa that runs although the CPU lacks it */
#define EMULATED ""
#endif

enum { BLOCK = 4096, STRIDE = 1021 };

static uint64_t hash(edgeact_kernel *kernel, size_t nparams) {
    static float x[BLOCK], y[BLOCK];
    float params[EDGEACT_MAX_PARAMS] = {1, 0, 1, 0};
    char *args[EDGEACT_MAX_PARAMS + 2] = {(char *)x};
    ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {sizeof(float)};
    for (size_t i = 0; i < nparams; i++)
        args[i + 1] = (char *)&params[i];
    args[nparams + 1] = (char *)y;
    steps[nparams + 1] = sizeof(float);

    uint64_t h = 0xcbf29ce484222325; /* FNV-1a, a word at a time */
    uint64_t bits = 0;
    while (bits >> 32 == 0) {
        size_t n = 0;
        for (; n < BLOCK && bits >> 32 == 0; n++, bits += STRIDE) {
            uint32_t word = (uint32_t)bits;
            memcpy(&x[n], &word, sizeof word);
        }
        kernel(args, steps, n);
        for (size_t i = 0; i < n; i++) {
            uint32_t word;
            memcpy(&word, &y[i], sizeof word);
            h = (h ^ (isnan(y[i]) ? 0x7fc00000 : word)) * 0x100000001b3;
        }
    }
    return h;
}

/* bits [ISA]: all isas, or one */
int main(int argc, char **argv) {
    for (size_t i = 0; i < edgeact_isa_count(); i++) {
        const edgeact_isa *isa = edgeact_isa_at(i);
        if (!isa->supported() && strcmp(isa->name, EMULATED) != 0) continue;
        if (argc > 1 && strcmp(isa->name, argv[1]) != 0) continue;
        for (size_t a = 0; a < edgeact_count(); a++) {
            const edgeact_activation *act = edgeact_at(a);
            edgeact_kernel *kernel = edgeact_lookup(act, EDGEACT_FAST, EDGEACT_F32, isa);
            printf("%s %d %s %016" PRIx64 "\n", isa->name, isa->fma, act->name,
                   hash(kernel, act->nparams));
        }
    }
    return 0;
}
