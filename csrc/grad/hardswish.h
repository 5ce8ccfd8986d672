#pragma once
#include "math/f64.h"

/* hardswish'(x) = (2 x + 3) / 6 where -3 < x < 3; 0 below and 1 above */
V_INLINE vf hardswish_grad_fast(vf x) {
    vf b = v_at_least(v_at_most(x, v_set(3.0f)), v_set(-3.0f));
    vf slope = v_div(v_fma(v_set(2.0f), b, v_set(3.0f)), v_set(6.0f));
    vf above = v_sel(v_lt(x, v_set(3.0f)), slope, v_set(1.0f));
    return v_sel(v_gt(x, v_set(-3.0f)), above, v_nan_or_0(x));
}

/* Near 0, where 1/2 + x/3 is an odd multiple of 2^-25 only if x is one of 3 2^-25: then the sum is
 * exact, and so is the product, for 1/6 is right to 2^-54 of it. */
V_INLINE vd hardswish_grad_exact(vd x) {
    vd slope = vd_mul(vd_fma(vd_set(2), x, vd_set(3)), vd_set(0x1.5555555555555p-3));
    vd above = vd_sel(vd_lt(x, vd_set(3)), slope, vd_set(1));
    return vd_sel(vd_gt(x, vd_set(-3)), above, vd_nan_or_0(x));
}

V_INLINE vd hardswish_grad_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(3)), vd_set(-3));
    vd slope = vd_div(vd_add(vd_add(b, b), vd_set(3)), vd_set(6));
    vd above = vd_sel(vd_lt(x, vd_set(3)), slope, vd_set(1));
    return vd_sel(vd_gt(x, vd_set(-3)), above, vd_nan_or_0(x));
}
