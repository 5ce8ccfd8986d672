/* Hashes of the bits of every kernel of every tier: "isa tier activation hash", a line each, over
 * every STRIDE-th float32 or over the inputs given, of tier coarse, which reads "coarse.lut", each
 * method; then of those of 16 bits, which have the dtype
 * in the place of the tier, over all inputs, and of float64, whose tier reads "fast.float64", over
 * COUNT_F64 inputs.
 *
 *     bits [ISA [TIER ACTIVATION FIRST STRIDE COUNT]] */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "native.h"

#ifndef EMULATED /* an isa that runs although the CPU lacks it */
#define EMULATED ""
#endif

enum { STRIDE = 1021, COUNT_F64 = 100000 };

static void print(const edgeact_isa *isa, const char *kind, const edgeact_activation *act,
                  uint64_t hash) {
    printf("%s %s %s %016" PRIx64 "\n", isa->name, kind, act->name, hash);
}

int main(int argc, char **argv) {
    uint32_t first = 0, stride = STRIDE;
    uint64_t count = (((uint64_t)1 << 32) + STRIDE - 1) / STRIDE;
    if (argc > 6) {
        first = (uint32_t)strtoul(argv[4], NULL, 10);
        stride = (uint32_t)strtoul(argv[5], NULL, 10);
        count = strtoull(argv[6], NULL, 10);
    }
    for (size_t i = 0; i < edgeact_isa_count(); i++) {
        const edgeact_isa *isa = edgeact_isa_at(i);
        if (!isa->supported() && strcmp(isa->name, EMULATED) != 0) continue;
        if (argc > 1 && strcmp(argv[1], isa->name) != 0) continue;
        for (edgeact_tier tier = 0; tier < EDGEACT_TIERS; tier++) {
            for (size_t a = 0; a < edgeact_count(); a++) {
                const edgeact_activation *act = edgeact_at(a);
                if (argc > 6 && strcmp(argv[3], act->name) != 0) continue;
                const char *method;
                for (size_t m = 0;
                     (method = edgeact_method_at(act, tier, EDGEACT_F32, isa, m)) != NULL; m++) {
                    char kind[32];
                    int coarse = tier == EDGEACT_COARSE;
                    snprintf(kind, sizeof kind, "%s%s%s", edgeact_tier_name(tier),
                             coarse ? "." : "", coarse ? method : "");
                    if (argc > 6 && strcmp(argv[2], kind) != 0) continue;
                    edgeact_kernel *kernel =
                        edgeact_lookup_method(act, tier, EDGEACT_F32, isa, method);
                    print(isa, kind, act,
                          edgeact_hash_bits(act, kernel, EDGEACT_F32, first, stride, count));
                }
            }
        }
        for (edgeact_dtype d = EDGEACT_F16; argc <= 6 && d <= EDGEACT_BF16; d++) {
            for (size_t a = 0; a < edgeact_count(); a++) {
                const edgeact_activation *act = edgeact_at(a);
                print(isa, edgeact_dtype_name(d), act,
                      edgeact_hash_bits(act, edgeact_lookup(act, EDGEACT_FAST, d, isa), d, 0, 1,
                                        1 << 16));
            }
        }
        for (size_t a = 0; argc <= 6 && a < edgeact_count(); a++) {
            const edgeact_activation *act = edgeact_at(a);
            print(isa, "fast.float64", act,
                  edgeact_hash_bits_f64(act, EDGEACT_FAST, isa, COUNT_F64));
        }
        for (size_t f = 0; argc <= 6 && f < edgeact_rowwise_count(); f++) {
            const edgeact_rowwise *function = edgeact_rowwise_at(f);
            for (edgeact_dtype d = 0; d < EDGEACT_DTYPES; d++) {
                if (d == EDGEACT_F64) continue;
                const char *kind = d == EDGEACT_F32 ? "fast" : edgeact_dtype_name(d);
                for (int back = 0; back < 2; back++) {
                    printf("%s %s %s%s %016" PRIx64 "\n", isa->name, kind, function->name,
                           back ? "_backward" : "", edgeact_hash_rows(function, back, d, isa));
                }
            }
        }
    }
    return 0;
}
