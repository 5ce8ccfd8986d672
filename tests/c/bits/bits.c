/* Hashes of the bits of every kernel of every tier: "isa tier activation hash", a line each, over
 * one float32 in EDGEACT_HASH_STRIDE or over the inputs given, of tier coarse, which reads
 * "coarse.lut", each method; then of those of 16 bits, which have the dtype in the place of the
 * tier, over all inputs, and of float64, whose tier reads "fast.float64", over
 * EDGEACT_HASH_COUNT_F64 inputs.
 *
 *     bits [ISA [TIER ACTIVATION FIRST STRIDE COUNT]]
 *
 * Without TIER the kernels that look up and those of tabulated functions are compared with plain C,
 * too: fails where they differ. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "native.h"

#ifndef EMULATED /* an isa that runs although the CPU lacks it */
#define EMULATED ""
#endif

static void print(const edgeact_isa *isa, const char *kind, const edgeact_activation *act,
                  uint64_t hash) {
    printf("%s %s %s %016" PRIx64 "\n", isa->name, kind, act->name, hash);
}

/* Whether the kernels of an isa that look up give what those of plain C give, wherever in an array
 * of any length. */
static int same_lookups(const edgeact_lut_kernels *lut, const edgeact_lut_kernels *plain) {
    enum { MOST = 300 };
    static struct {
        int32_t first, shift;
        uint32_t knot[(1 << 16 >> 7) + 2];
    } knots = {-32768 - 100, 7, {0}};
    uint8_t bytes[256];
    int16_t x[MOST + 3], y[MOST], expected[MOST];
    uint32_t random = 1;
    for (size_t i = 0; i < sizeof knots.knot / sizeof knots.knot[0]; i++)
        knots.knot[i] = (random = random * 1664525 + 1013904223) >> 7;
    for (size_t i = 0; i < MOST + 3; i++)
        x[i] = (int16_t)((random = random * 1664525 + 1013904223) >> 16);
    for (size_t i = 0; i < 256; i++)
        bytes[i] = (uint8_t)((random = random * 1664525 + 1013904223) >> 24);

    for (size_t n = 0; n <= MOST; n++) {
        const void *table = bytes;
        char *args[] = {(char *)x + n % 7, (char *)&table, (char *)y};
        char *plain_args[] = {args[0], args[1], (char *)expected};
        const ptrdiff_t of_bytes[] = {1, 0, 1}, of_int16[] = {2, 0, 2};
        lut->u8(args, of_bytes, n);
        plain->u8(plain_args, of_bytes, n);
        if (memcmp(y, expected, n) != 0) return 0;
        table = &knots;
        args[0] = plain_args[0] = (char *)(x + n % 3);
        lut->i16(args, of_int16, n);
        plain->i16(plain_args, of_int16, n);
        if (memcmp(y, expected, 2 * n) != 0) return 0;
    }
    return 1;
}

/* Whether an isa with FMA tabulates as plain C does, for every kind of table, wherever in an array.
 */
static int same_tabulated(const edgeact_isa *isa) {
    enum { MOST = 300, SEGMENTS = 64, COEFFICIENTS = EDGEACT_TABULATED_DEGREE + 1 };
    const float special[] = {NAN, INFINITY, -INFINITY, 0, -0.0f, 0x1p-149f, 0x1.fffffep127f};
    float x[MOST + 3], y[MOST], expected[MOST], c[COEFFICIENTS * SEGMENTS];
    uint32_t random = 1;
    for (size_t i = 0; i < COEFFICIENTS * SEGMENTS; i++)
        c[i] = (float)(int32_t)(random = random * 1664525 + 1013904223) * 0x1p-31f;
    for (size_t i = 0; i < MOST + 3; i++)
        x[i] = (float)(int32_t)(random = random * 1664525 + 1013904223) * 0x1p-27f; /* -16 to 16 */
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        x[17 * i] = special[i];
    for (uint32_t segments = 8; segments <= SEGMENTS; segments *= 2) {
        for (uint32_t degree = 1; degree <= EDGEACT_TABULATED_DEGREE; degree++) {
            const edgeact_tabulated table = {
                -7, 9, (float)(segments - 1) / 16, 3, {1, 0.5f}, {2, 0}, segments, degree, c};
            for (size_t n = 0; n <= MOST; n++) {
                for (edgeact_dtype d = 0; d < EDGEACT_DTYPES; d++) {
                    const ptrdiff_t size = d == EDGEACT_F32 ? sizeof(float) : sizeof(uint16_t);
                    if (d == EDGEACT_F64) continue;
                    char *args[] = {(char *)(x + n % 3), (char *)y};
                    char *plain[] = {args[0], (char *)expected};
                    edgeact_tabulated_lookup(d, isa)(&table, args, (ptrdiff_t[]){size, size}, n);
                    edgeact_tabulated_lookup(d, edgeact_isa_at(0))(&table, plain,
                                                                   (ptrdiff_t[]){size, size}, n);
                    if (memcmp(y, expected, n * (size_t)size) != 0) return 0;
                }
            }
        }
    }
    return 1;
}

int main(int argc, char **argv) {
    uint32_t first = 0, stride = EDGEACT_HASH_STRIDE;
    uint64_t count = (((uint64_t)1 << 32) + stride - 1) / stride;
    if (argc > 6) {
        first = (uint32_t)strtoul(argv[4], NULL, 10);
        stride = (uint32_t)strtoul(argv[5], NULL, 10);
        count = strtoull(argv[6], NULL, 10);
    }
    static const edgeact_lut_kernels *const lut[] = {
#define ISA(name, ...) &edgeact_lut_##name,
#include "isa.def"
#undef ISA
    };
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
        if (argc <= 6 && !same_lookups(lut[i], lut[0])) {
            fprintf(stderr, "%s: the kernels that look up differ from plain C\n", isa->name);
            return 1;
        }
        if (argc <= 6 && isa->fma && !same_tabulated(isa)) {
            fprintf(stderr, "%s: tabulated functions differ from plain C\n", isa->name);
            return 1;
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
                  edgeact_hash_bits_f64(act, EDGEACT_FAST, isa, EDGEACT_HASH_COUNT_F64));
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
