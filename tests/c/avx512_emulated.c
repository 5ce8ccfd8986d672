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
#define _mm512_maskz_loadu_ps load_masked
#define _mm512_mask_storeu_ps store_masked

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

#define EDGEACT_KERNELS edgeact_kernels_avx512
#define EDGEACT_ROWS edgeact_rows_avx512
#include "vec/avx512.h"
#include "kernels.inc"
#include "rows.inc"
