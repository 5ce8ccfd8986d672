#pragma once
#include "act/relu.h"

/* squared_relu'(x) = 2 relu(x) */
V_INLINE vf squared_relu_grad_fast(vf x) {
    vf r = relu_fast(x);
    return v_add(r, r);
}

V_INLINE vd squared_relu_grad_exact(vd x) {
    vd r = relu_exact(x);
    return vd_add(r, r);
}

V_INLINE vd squared_relu_grad_f64(vd x) { return squared_relu_grad_exact(x); }
