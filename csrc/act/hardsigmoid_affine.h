#pragma once
/* hardsigmoid_affine(x, alpha, beta) = min(max(alpha x + beta, 0), 1), as ONNX's HardSigmoid. Where
 * the sum cancels the product must be exact, as it is in double. */
V_INLINE vd hardsigmoid_affine_exact(vd x, vd alpha, vd beta) {
    vd y = vd_add(vd_mul(alpha, x), beta);
    return vd_at_most(vd_at_least(y, vd_set(0)), vd_set(1));
}

#if V_FMA
V_INLINE vf hardsigmoid_affine_fast(vf x, vf alpha, vf beta) {
    /* Beyond this the product might overflow, and raise a flag. */
    vf one = v_set(1.0f), steep = v_at_least(v_abs(alpha), one);
    vf most = v_sel(v_gt(steep, one), v_div(v_set(0x1p127f), steep), v_set(INFINITY));
    x = v_at_least(v_at_most(x, most), v_neg(most));
    return v_at_most(v_at_least(v_fma(alpha, x, beta), v_set(0.0f)), one);
}
#else
V_INLINE vf hardsigmoid_affine_fast(vf x, vf alpha, vf beta) {
    return vd_narrow(hardsigmoid_affine_exact(vd_widen(x), vd_widen(alpha), vd_widen(beta)));
}
#endif

static inline double hardsigmoid_affine_f64(double x, double alpha, double beta) {
    /* Beyond this the product, or a piece of it, might overflow. */
    double most = 0x1p990 / f64_at_least(fabs(alpha), 1);
    double b = f64_at_least(isgreater(x, most) ? most : x, -most);
    f64_pair p = f64_product(alpha, b), y = f64_sum(p.hi, beta);
    double sum = y.hi + (y.lo + p.lo);
    if (isless(sum, 0)) return 0;
    return isgreater(sum, 1) ? 1 : sum;
}
