#pragma once
#include "math/f64.h"
/* hardsigmoid_affine(x, alpha, beta) = min(max(alpha x + beta, 0), 1), as ONNX's HardSigmoid. Where
 * the sum cancels the product must be exact, as it is in double. */
V_INLINE vd hardsigmoid_affine_exact(vd x, vd alpha, vd beta) {
    vd y = vd_add(vd_mul(alpha, x), beta);
    return vd_at_most(vd_at_least(y, vd_set(0)), vd_set(1));
}

/* x, or the end of the range beyond which alpha x might overflow, and raise a flag */
V_INLINE vf hardsigmoid_affine_clamp(vf x, vf alpha) {
    vf one = v_set(1.0f), steep = v_at_least(v_abs(alpha), one);
    vf most = v_sel(v_gt(steep, one), v_div(v_set(0x1p127f), steep), v_set(INFINITY));
    return v_at_least(v_at_most(x, most), v_neg(most));
}

#if V_FMA
V_INLINE vf hardsigmoid_affine_fast(vf x, vf alpha, vf beta) {
    vf y = v_fma(alpha, hardsigmoid_affine_clamp(x, alpha), beta);
    return v_at_most(v_at_least(y, v_set(0.0f)), v_set(1.0f));
}
#else
V_INLINE vf hardsigmoid_affine_fast(vf x, vf alpha, vf beta) {
    return vd_narrow(hardsigmoid_affine_exact(vd_widen(x), vd_widen(alpha), vd_widen(beta)));
}
#endif

V_INLINE vd hardsigmoid_affine_f64(vd x, vd alpha, vd beta) {
    /* Beyond this the product, or a piece of it, might overflow. */
    vd most = vd_div(vd_set(0x1p990), vd_at_least(vd_abs(alpha), vd_set(1)));
    vd2 p = vd2_product(alpha, vd_at_least(vd_at_most(x, most), f64_neg(most)));
    vd2 y = vd2_sum(p.hi, beta);
    vd sum = vd_add(y.hi, vd_add(y.lo, p.lo));
    return vd_at_most(vd_at_least(sum, vd_set(0)), vd_set(1));
}
