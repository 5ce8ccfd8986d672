/* Hashes of the bits of every kernel of tiers exact and fast: "isa tier activation hash", a line
 * each. Every STRIDE-th float32 is tried; with an argument ALL, all of them, in CHUNKS lines.
 *
 *     bits [ISA [TIER [ACTIVATION [ALL]]]]        "-": any */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kernels.h"
#include "native.h"

#ifndef EMULATED /* an isa that runs although the CPU lacks it */
#define EMULATED ""
#endif

enum { STRIDE = 1021, CHUNKS = 64 };

static int wanted(int argc, char **argv, int i, const char *name) {
    return argc <= i || strcmp(argv[i], "-") == 0 || strcmp(argv[i], name) == 0;
}

int main(int argc, char **argv) {
    const uint64_t all = (uint64_t)1 << 32;
    for (size_t i = 0; i < edgeact_isa_count(); i++) {
        const edgeact_isa *isa = edgeact_isa_at(i);
        if (!isa->supported() && strcmp(isa->name, EMULATED) != 0) continue;
        if (!wanted(argc, argv, 1, isa->name)) continue;
        for (edgeact_tier tier = 0; tier < EDGEACT_TIERS; tier++) {
            if (!wanted(argc, argv, 2, edgeact_tier_name(tier))) continue;
            for (size_t a = 0; a < edgeact_count(); a++) {
                const edgeact_activation *act = edgeact_at(a);
                edgeact_kernel *kernel = edgeact_lookup(act, tier, EDGEACT_F32, isa);
                if (!kernel || !wanted(argc, argv, 3, act->name)) continue;
                uint64_t lines = argc > 4 ? CHUNKS : 1, chunk = all / lines;
                for (uint64_t first = 0; first < all; first += chunk) {
                    uint32_t stride = argc > 4 ? 1 : STRIDE;
                    uint64_t count = (chunk + stride - 1) / stride;
                    printf("%s %s %s %016" PRIx64 "\n", isa->name, edgeact_tier_name(tier),
                           act->name,
                           edgeact_hash_bits(kernel, act->nparams, (uint32_t)first, stride, count));
                    fflush(stdout);
                }
            }
        }
    }
    return 0;
}
