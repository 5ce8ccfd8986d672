#pragma once
#include "math/f64.h"

/* leaky_relu'(x, slope) = 1 where x > 0, else slope */
V_INLINE vf leaky_relu_grad_fast(vf x, vf slope) {
    return v_sel(v_gt(x, v_set(0.0f)), v_set(1.0f), v_sub(slope, v_nan_or_0(x)));
}

V_INLINE vd leaky_relu_grad_exact(vd x, vd slope) {
    return vd_sel(vd_gt(x, vd_set(0)), vd_set(1), vd_sub(slope, vd_nan_or_0(x)));
}

V_INLINE vd leaky_relu_grad_f64(vd x, vd slope) { return leaky_relu_grad_exact(x, slope); }
