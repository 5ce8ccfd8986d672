/* The AVX-512 kernels over SIMDe, which writes each intrinsic in plain C: the same source runs, and
 * its bits can be compared, on a machine without AVX-512. */
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

#include "kernels.h"

/* What SIMDe 0.7 has not. */
static __m512 load_masked(__mmask16 mask, const float *p) {
    float lane[16] = {0};
    for (int i = 0; i < 16; i++) {
        if (mask >> i & 1) lane[i] = p[i];
    }
    return _mm512_loadu_ps(lane);
}
static void store_masked(float *p, __mmask16 mask, __m512 a) {
    float lane[16];
    _mm512_storeu_ps(lane, a);
    for (int i = 0; i < 16; i++) {
        if (mask >> i & 1) p[i] = lane[i];
    }
}
static __m512 from_int(__m512i x) {
    int32_t a[16];
    float b[16];
    memcpy(a, &x, sizeof a);
    for (int i = 0; i < 16; i++)
        b[i] = (float)a[i];
    return _mm512_loadu_ps(b);
}
static __m512 gather(__m512i index, const float *p) {
    int32_t a[16];
    float b[16];
    memcpy(a, &index, sizeof a);
    for (int i = 0; i < 16; i++)
        b[i] = p[a[i]];
    return _mm512_loadu_ps(b);
}
#define _mm512_cvtepi32_ps from_int
#undef _mm512_i32gather_ps
#define _mm512_i32gather_ps(index, p, scale) gather(index, p)
#define _mm512_stream_ps(p, x) _mm512_storeu_ps(p, x)
#define _mm512_stream_pd(p, x) _mm512_storeu_pd(p, x)
#define _mm512_stream_si512(p, x) _mm512_storeu_si512(p, x)
#define _mm512_maskz_loadu_ps load_masked
#define _mm512_mask_storeu_ps store_masked

static __m512i load_masked_16(__mmask32 mask, const uint16_t *p) {
    uint16_t lane[32] = {0};
    for (int i = 0; i < 32; i++) {
        if (mask >> i & 1) lane[i] = p[i];
    }
    return _mm512_loadu_si512(lane);
}
static void store_masked_16(uint16_t *p, __mmask32 mask, __m512i a) {
    uint16_t lane[32];
    _mm512_storeu_si512(lane, a);
    for (int i = 0; i < 32; i++) {
        if (mask >> i & 1) p[i] = lane[i];
    }
}
#define _mm512_maskz_loadu_epi16 load_masked_16
#define _mm512_mask_storeu_epi16 store_masked_16

static __m512i load_masked_8(__mmask64 mask, const uint8_t *p) {
    uint8_t lane[64] = {0};
    for (int i = 0; i < 64; i++) {
        if (mask >> i & 1) lane[i] = p[i];
    }
    return _mm512_loadu_si512(lane);
}
static void store_masked_8(uint8_t *p, __mmask64 mask, __m512i a) {
    uint8_t lane[64];
    _mm512_storeu_si512(lane, a);
    for (int i = 0; i < 64; i++) {
        if (mask >> i & 1) p[i] = lane[i];
    }
}
#define _mm512_maskz_loadu_epi8 load_masked_8
#define _mm512_mask_storeu_epi8 store_masked_8

/* Each half by F16C. */
static __m512 widen_f16(__m256i h) {
    float a[16];
    _mm256_storeu_ps(a, _mm256_cvtph_ps(_mm256_castsi256_si128(h)));
    _mm256_storeu_ps(a + 8, _mm256_cvtph_ps(_mm256_extracti128_si256(h, 1)));
    return _mm512_loadu_ps(a);
}
static __m256i narrow_f16(__m512 x) {
    float a[16];
    _mm512_storeu_ps(a, x);
    return _mm256_set_m128i(_mm256_cvtps_ph(_mm256_loadu_ps(a + 8), 0),
                            _mm256_cvtps_ph(_mm256_loadu_ps(a), 0));
}
static __m512i zero_extend(__m256i h) {
    uint16_t a[16];
    uint32_t b[16];
    memcpy(a, &h, sizeof a);
    for (int i = 0; i < 16; i++)
        b[i] = a[i];
    return _mm512_loadu_si512(b);
}
#define _mm512_cvtepu16_epi32 zero_extend
#define _mm512_cvtph_ps widen_f16
#define _mm512_cvtps_ph(x, rounding) narrow_f16(x)

/* The second operand where one is NaN or both are zero, as the instructions have it. */
#define EACH(name, lanes, element, vector, condition)   \
    static vector name(vector x, vector y) {            \
        element a[lanes], b[lanes];                     \
        memcpy(a, &x, sizeof a);                        \
        memcpy(b, &y, sizeof b);                        \
        for (int i = 0; i < lanes; i++)                 \
            b[i] = condition(a[i], b[i]) ? a[i] : b[i]; \
        memcpy(&x, b, sizeof b);                        \
        return x;                                       \
    }
EACH(min_ps, 16, float, __m512, isless)
EACH(max_ps, 16, float, __m512, isgreater)
EACH(min_pd, 8, double, __m512d, isless)
EACH(max_pd, 8, double, __m512d, isgreater)
#define _mm512_min_round_ps(x, y, round) min_ps(x, y)
#define _mm512_max_round_ps(x, y, round) max_ps(x, y)
#define _mm512_min_round_pd(x, y, round) min_pd(x, y)
#define _mm512_max_round_pd(x, y, round) max_pd(x, y)

static __m512d widen(__m256 x) {
    float a[8];
    double b[8];
    memcpy(a, &x, sizeof a);
    for (int i = 0; i < 8; i++)
        b[i] = a[i];
    return _mm512_loadu_pd(b);
}
static __m256 narrow(__m512d x) {
    double a[8];
    float b[8];
    memcpy(a, &x, sizeof a);
    for (int i = 0; i < 8; i++)
        b[i] = (float)a[i];
    return _mm256_loadu_ps(b);
}
static __m256 upper_half(__m512 x) {
    float a[16];
    memcpy(a, &x, sizeof a);
    return _mm256_loadu_ps(a + 8);
}
#define _mm512_cvtps_pd widen
#define _mm512_cvtpd_ps narrow
#define _mm512_extractf32x8_ps(x, half) upper_half(x)

/* SIMDe's leaves -0 as it is. */
static __m512d absolute(__m512d x) {
    double a[8];
    memcpy(a, &x, sizeof a);
    for (int i = 0; i < 8; i++)
        a[i] = fabs(a[i]);
    return _mm512_loadu_pd(a);
}
#undef _mm512_abs_pd
#define _mm512_abs_pd absolute

/* SIMDe's flushes subnormal operands. */
static __m512 scale(__m512 x, __m512 n) {
    float a[16], b[16];
    memcpy(a, &x, sizeof a);
    memcpy(b, &n, sizeof b);
    for (int i = 0; i < 16; i++)
        a[i] = isnan(b[i]) ? b[i] : ldexpf(a[i], (int)b[i]);
    return _mm512_loadu_ps(a);
}
static __m512d scale_pd(__m512d x, __m512d n) {
    double a[8], b[8];
    memcpy(a, &x, sizeof a);
    memcpy(b, &n, sizeof b);
    for (int i = 0; i < 8; i++)
        a[i] = isnan(b[i]) ? b[i] : ldexp(a[i], (int)b[i]);
    return _mm512_loadu_pd(a);
}
#undef _mm512_scalef_ps
#define _mm512_scalef_ps scale
#undef _mm512_scalef_pd
#define _mm512_scalef_pd scale_pd

#define TABLE(part) edgeact_##part##_avx512
#include "vec/avx512.h"
#include EDGEACT_PART
