#pragma once
#include "math/f64.h"

/* hardshrink'(x, lambd) = 1 where |x| > lambd, else 0 */
V_INLINE vf hardshrink_grad_fast(vf x, vf lambd) {
    return v_sel(v_gt(v_abs(x), lambd), v_set(1.0f), v_nan_or_0(x));
}

V_INLINE vd hardshrink_grad_exact(vd x, vd lambd) {
    return vd_sel(vd_gt(vd_abs(x), lambd), vd_set(1), vd_nan_or_0(x));
}

V_INLINE vd hardshrink_grad_f64(vd x, vd lambd) { return hardshrink_grad_exact(x, lambd); }
