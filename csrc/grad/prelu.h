#pragma once
#include "grad/leaky_relu.h"

/* d prelu / dx */
V_INLINE vf prelu_grad_fast(vf x, vf slope) { return leaky_relu_grad_fast(x, slope); }
V_INLINE vd prelu_grad_exact(vd x, vd slope) { return leaky_relu_grad_exact(x, slope); }
/* d prelu / d slope = min(x, 0), whatever the slope */
V_INLINE vf prelu_grad_slope_fast(vf x, vf slope) {
    return v_sub(v_at_most(x, v_set(0.0f)), v_nan_or_0(slope));
}

V_INLINE vd prelu_grad_slope_exact(vd x, vd slope) {
    return vd_sub(vd_at_most(x, vd_set(0)), vd_nan_or_0(slope));
}

V_INLINE vd prelu_grad_f64(vd x, vd slope) { return prelu_grad_exact(x, slope); }

V_INLINE vd prelu_grad_slope_f64(vd x, vd slope) { return prelu_grad_slope_exact(x, slope); }
