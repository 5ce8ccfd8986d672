#pragma once
#include "act/relu.h"

/* squared_relu(x) = relu(x)^2 (So et al. 2021): one rounding. */
V_INLINE vf squared_relu_fast(vf x) {
    vf r = relu_fast(x);
    return v_mul(r, r);
}

/* The square of a float is exact in double. */
V_INLINE vd squared_relu_exact(vd x) {
    vd r = relu_exact(x);
    return vd_mul(r, r);
}

V_INLINE vd squared_relu_f64(vd x) { return squared_relu_exact(x); }
