#pragma once
#include "act/hardsigmoid_affine.h"

/* hardsigmoid_affine'(x, alpha, beta) = alpha where 0 < alpha x + beta < 1, else 0. The product is
 * exact in double, and the sum in two pieces, whose sign decides. */
V_INLINE vd hardsigmoid_affine_grad_exact(vd x, vd alpha, vd beta) {
    vd most = vd_set(0x1p300), zero = vd_set(0);
    vd product = vd_at_least(vd_at_most(vd_mul(alpha, x), most), f64_neg(most));
    vd2 y = vd2_sum(product, beta);
    vdm below_one = vd_lt(vd_add(vd_sub(y.hi, vd_set(1)), y.lo), zero);
    return vd_sel(vd_gt(y.hi, zero), vd_sel(below_one, alpha, zero), vd_nan_or_0(y.hi));
}

#if V_FMA
/* alpha x - c, whose sign is right: where c is 0 the product may underflow, but its sign is known
 */
V_INLINE vf hardsigmoid_affine_from(vf x, vf alpha, vf c) {
    vf sign = v_mul(v_copysign(v_set(1.0f), alpha), x);
    return v_sel(v_lt(v_abs(c), v_set(0x1p-149f)), sign, v_fms(alpha, x, c));
}

/* alpha x > -beta, and alpha x < 1 - beta = hi + lo: alpha x - hi is exact where lo counts. (A beta
 * that is not 0 but below 2^-100 may be compared with a product that underflows.) */
V_INLINE vf hardsigmoid_affine_grad_fast(vf x, vf alpha, vf beta) {
    vf b = hardsigmoid_affine_clamp(x, alpha), zero = v_set(0.0f);
    vf2 end = vf2_sum(v_set(1.0f), v_neg(beta));
    vf inside = v_sel(v_lt(hardsigmoid_affine_from(b, alpha, end.hi), end.lo), alpha, zero);
    vf above = hardsigmoid_affine_from(b, alpha, v_neg(beta));
    return v_sel(v_gt(above, zero), inside, v_nan_or_0(v_fma(alpha, b, beta)));
}
#else
V_INLINE vf hardsigmoid_affine_grad_fast(vf x, vf alpha, vf beta) {
    return vd_narrow(hardsigmoid_affine_grad_exact(vd_widen(x), vd_widen(alpha), vd_widen(beta)));
}
#endif

/* The product in two pieces, too; beside a beta of 0 it may underflow, but its sign is known. */
V_INLINE vd hardsigmoid_affine_grad_f64(vd x, vd alpha, vd beta) {
    vd zero = vd_set(0), one = vd_set(1);
    vd most = vd_div(vd_set(0x1p990), vd_at_least(vd_abs(alpha), one));
    vd2 p = vd2_product(alpha, vd_at_least(vd_at_most(x, most), f64_neg(most)));
    vd2 y = vd2_sum(p.hi, beta);
    vd lo = vd_add(y.lo, p.lo), sign = vd_mul(vd_copysign(one, alpha), x);
    sign = vd_sel(vd_eq(beta, zero), sign, vd_add(y.hi, lo));
    vdm below_one = vd_lt(vd_add(vd_sub(y.hi, one), lo), zero);
    return vd_sel(vd_gt(sign, zero), vd_sel(below_one, alpha, zero), vd_nan_or_0(y.hi));
}
