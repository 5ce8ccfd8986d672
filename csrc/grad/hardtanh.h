#pragma once
#include "math/f64.h"

/* hardtanh'(x, min_val, max_val) = 1 where min_val < x < max_val, else 0 */
V_INLINE vf hardtanh_grad_fast(vf x, vf min_val, vf max_val) {
    vf below = v_sel(v_lt(x, max_val), v_set(1.0f), v_set(0.0f));
    return v_sel(v_gt(x, min_val), below, v_nan_or_0(x));
}

V_INLINE vd hardtanh_grad_exact(vd x, vd min_val, vd max_val) {
    vd below = vd_sel(vd_lt(x, max_val), vd_set(1), vd_set(0));
    return vd_sel(vd_gt(x, min_val), below, vd_nan_or_0(x));
}

V_INLINE vd hardtanh_grad_f64(vd x, vd min_val, vd max_val) {
    return hardtanh_grad_exact(x, min_val, max_val);
}
