#pragma once
#include "act/gelu.h"

/* bias_gelu(x, b) = gelu(x + b), as in two passes: the sum rounds first. */
V_INLINE vf bias_gelu_fast(vf x, vf b) { return gelu_fast(v_add(x, b)); }
#ifdef STAGED_gelu_fast
#define STAGED_bias_gelu_fast STAGED_gelu_fast
V_INLINE gelu_begun bias_gelu_fast_begin(vf x, vf b) { return gelu_fast_begin(v_add(x, b)); }
V_INLINE vf bias_gelu_fast_end(gelu_begun begun, vf b) {
    (void)b;
    return gelu_fast_end(begun);
}
#endif

V_INLINE vd bias_gelu_exact(vd x, vd b) {
    vd sum = vd_to_float(vd_add(x, b)), y = gelu_exact(sum);
    /* Below the sum, if by less than double sees: it may be a middle between two 16-bit numbers. */
    vd below = vd_at_most(y, vd_mul(sum, vd_set(1 - 0x1p-50)));
    return vd_sel(vd_gt(sum, vd_set(0)), below, y);
}
V_INLINE vd bias_gelu_f64(vd x, vd b) { return gelu_f64(vd_add(x, b)); }
