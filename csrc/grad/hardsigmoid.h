#pragma once
#include "math/f64.h"

/* hardsigmoid'(x) = 1/6 where -3 < x < 3, else 0 */
V_INLINE vf hardsigmoid_grad_fast(vf x) {
    vf sixth = v_set(0x1.555556p-3f);
    return v_sel(v_lt(v_abs(x), v_set(3.0f)), sixth, v_nan_or_0(x));
}

V_INLINE vd hardsigmoid_grad_exact(vd x) {
    vd sixth = vd_set(0x1.5555555555555p-3);
    return vd_sel(vd_lt(vd_abs(x), vd_set(3)), sixth, vd_nan_or_0(x));
}

V_INLINE vd hardsigmoid_grad_f64(vd x) { return hardsigmoid_grad_exact(x); }
