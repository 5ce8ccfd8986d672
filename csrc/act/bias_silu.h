#pragma once
#include "act/silu.h"

/* bias_silu(x, b) = silu(x + b), as in two passes: the sum rounds first. */
#define STAGED_bias_silu_fast STAGED_silu_fast
V_INLINE exp_begun bias_silu_fast_begin(vf x, vf b) { return silu_fast_begin(v_add(x, b)); }
V_INLINE vf bias_silu_fast_end(exp_begun begun, vf b) {
    (void)b;
    return silu_fast_end(begun);
}
V_INLINE vf bias_silu_fast(vf x, vf b) { return silu_fast(v_add(x, b)); }
V_INLINE vd bias_silu_exact(vd x, vd b) {
    vd sum = vd_to_float(vd_add(x, b)), y = silu_exact(sum);
    /* Below the sum, if by less than double sees: it may be a middle between two 16-bit numbers. */
    vd below = vd_at_most(y, vd_mul(sum, vd_set(1 - 0x1p-50)));
    return vd_sel(vd_gt(sum, vd_set(0)), below, y);
}
V_INLINE vd bias_silu_f64(vd x, vd b) { return silu_f64(vd_add(x, b)); }
