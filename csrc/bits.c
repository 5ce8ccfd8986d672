/* A hash of what a kernel computes, for comparing machines. */
#include "kernels.h"
#include "native.h"

enum { BLOCK = 4096 };

/* Parameters have their defaults, and alternate between 1 and 0 where there is none. */
static double param(const edgeact_activation *act, size_t i) {
    return isnan(act->params[i].value) ? i % 2 == 0 : act->params[i].value;
}

/* FNV-1a, a word at a time; all NaNs are one word. */
static const uint64_t HASH_START = 0xcbf29ce484222325;
static uint64_t hash_add(uint64_t hash, uint64_t word, int nan, uint64_t as_nan) {
    return (hash ^ (nan ? as_nan : word)) * 0x100000001b3;
}

typedef union block {
    uint32_t word[2 * BLOCK];
    uint16_t half[2 * BLOCK];
} block;

static const struct {
    ptrdiff_t size;
    uint32_t one, inf;
} formats[EDGEACT_DTYPES] = {[EDGEACT_F32] = {4, 0x3f800000, 0x7f800000},
                             [EDGEACT_F16] = {2, 0x3c00, 0x7c00},
                             [EDGEACT_BF16] = {2, 0x3f80, 0x7f80}};

static uint64_t hash_output(uint64_t hash, const block *y, size_t i, edgeact_dtype dtype) {
    int half = formats[dtype].size == 2;
    uint32_t word = half ? y->half[i] : y->word[i], sign = half ? 0x8000 : 0x80000000;
    return hash_add(hash, word, (word & ~sign) > formats[dtype].inf, 0x7fc00000);
}

/* a as a number of that dtype at place i, in 16 bits cut off; 0 where float16 has no normal one */
static void put(block *to, size_t i, edgeact_dtype dtype, float a) {
    uint32_t bits;
    memcpy(&bits, &a, sizeof bits);
    uint32_t size = bits & 0x7fffffff, bias = (127 - 15) << 23;
    if (dtype == EDGEACT_F32) to->word[i] = bits;
    if (dtype == EDGEACT_BF16) to->half[i] = (uint16_t)(bits >> 16);
    if (dtype != EDGEACT_F16) return;
    uint32_t half = isinf(a) ? 0x7c00 : size < bias + (1 << 23) ? 0 : (size - bias) >> 13;
    to->half[i] = (uint16_t)((bits >> 16 & 0x8000) | half);
}

uint64_t edgeact_hash_rows(const edgeact_rowwise *function, int backward, edgeact_dtype dtype,
                           const edgeact_isa *isa) {
    static const float unit[] = {0x1p-29f, 0x1p-27f, 0x1p-25f, 0x1p-20f}, offset[] = {0, -300, 500};
    edgeact_row_kernel *kernel = backward ? edgeact_rowwise_backward_lookup(function, dtype, isa)
                                          : edgeact_rowwise_lookup(function, dtype, isa);
    const ptrdiff_t step = formats[dtype].size;
    block dy, x, y;
    uint64_t hash = HASH_START;
    uint32_t random = 1;
    for (size_t n = 1; n <= BLOCK; n = n < 100 ? n + 1 : 2 * n) {
        for (size_t i = 0; i < 2 * n; i++) {
            random = random * 1664525 + 1013904223; /* Knuth and Lewis */
            float a = ((float)random - 0x1p31f) * unit[n % 4] + offset[n % 3];
            if (n % 5 == 0 && random >> 30 == 0) a = -INFINITY;
            put(&x, i, dtype, backward ? -fabsf(a) : a); /* y, for dy that follows */
            put(&dy, i, dtype, (float)(random % 65521) * 0x1p-16f - 0.5f);
        }
        ptrdiff_t row = (ptrdiff_t)n * step;
        char *args[] = {(char *)&dy, (char *)&x, (char *)&y};
        kernel(backward ? args : args + 1, (ptrdiff_t[]){row, row, row},
               (ptrdiff_t[]){step, step, step}, 2, n);
        for (size_t i = 0; i < 2 * n; i++)
            hash = hash_output(hash, &y, i, dtype);
    }
    return hash;
}

uint64_t edgeact_hash_bits(const edgeact_activation *act, edgeact_kernel *kernel,
                           edgeact_dtype dtype, uint32_t first, uint32_t stride, uint64_t count) {
    const ptrdiff_t size = formats[dtype].size;
    const uint32_t one = formats[dtype].one;
    block x, y;
    float params[EDGEACT_MAX_PARAMS];
    uint32_t tensor = size == 2 ? one << 16 | one : one; /* whichever half comes first */
    char *args[EDGEACT_MAX_PARAMS + 2] = {(char *)&x};
    ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {size};
    for (size_t i = 0; i < act->nparams; i++) {
        params[i] = (float)param(act, i);
        args[i + 1] = i < act->tensors ? (char *)&tensor : (char *)&params[i];
    }
    args[act->nparams + 1] = (char *)&y;
    steps[act->nparams + 1] = size;

    uint64_t hash = HASH_START;
    uint32_t bits = first;
    while (count > 0) {
        size_t n = count < BLOCK ? (size_t)count : BLOCK;
        for (size_t i = 0; i < n; i++, bits += stride) {
            if (size == 2)
                x.half[i] = (uint16_t)bits;
            else
                x.word[i] = bits;
        }
        kernel(args, steps, n);
        for (size_t i = 0; i < n; i++)
            hash = hash_output(hash, &y, i, dtype);
        count -= n;
    }
    return hash;
}

/* Even i: over all patterns. Odd i: over those with 2^-12 <= |x| < 2^11, where most happens. */
static double spread(uint64_t i) {
    uint64_t bits = i * 0x9e3779b97f4a7c15; /* 2^64 over the golden ratio (Weyl's sequence) */
    if (i % 2) {
        uint64_t exponent = 1023 - 12 + (bits >> 52 & 0x7ff) % 23;
        bits = (bits & 0x800fffffffffffff) | exponent << 52;
    }
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

uint64_t edgeact_hash_bits_f64(const edgeact_activation *act, edgeact_tier tier,
                               const edgeact_isa *isa, uint64_t count) {
    edgeact_kernel *kernel = edgeact_lookup(act, tier, EDGEACT_F64, isa);
    double x[BLOCK], y[BLOCK], params[EDGEACT_MAX_PARAMS];
    char *args[EDGEACT_MAX_PARAMS + 2] = {(char *)x};
    ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {sizeof(double)};
    for (size_t i = 0; i < act->nparams; i++) {
        params[i] = param(act, i);
        args[i + 1] = (char *)&params[i];
    }
    args[act->nparams + 1] = (char *)y;
    steps[act->nparams + 1] = sizeof(double);

    uint64_t hash = HASH_START;
    for (uint64_t done = 0; done < count;) {
        size_t n = count - done < BLOCK ? (size_t)(count - done) : BLOCK;
        for (size_t i = 0; i < n; i++)
            x[i] = spread(done + i);
        kernel(args, steps, n);
        for (size_t i = 0; i < n; i++) {
            uint64_t word;
            memcpy(&word, &y[i], sizeof word);
            hash = hash_add(hash, word, isnan(y[i]), 0x7ff8000000000000);
        }
        done += n;
    }
    return hash;
}
