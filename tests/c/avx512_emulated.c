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

#define EDGEACT_KERNELS edgeact_kernels_avx512
#include "vec/avx512.h"
#include "kernels.inc"
