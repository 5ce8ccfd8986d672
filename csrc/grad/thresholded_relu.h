#pragma once
#include "math/f64.h"

/* thresholded_relu'(x, alpha) = 1 where x > alpha, else 0 */
V_INLINE vf thresholded_relu_grad_fast(vf x, vf alpha) {
    return v_sel(v_gt(x, alpha), v_set(1.0f), v_nan_or_0(x));
}

V_INLINE vd thresholded_relu_grad_exact(vd x, vd alpha) {
    return vd_sel(vd_gt(x, alpha), vd_set(1), vd_nan_or_0(x));
}

V_INLINE vd thresholded_relu_grad_f64(vd x, vd alpha) {
    return thresholded_relu_grad_exact(x, alpha);
}
