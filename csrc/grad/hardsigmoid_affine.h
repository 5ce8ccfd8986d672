#pragma once
#include "math/f64.h"

/* hardsigmoid_affine'(x, alpha, beta) = alpha where 0 < alpha x + beta < 1, else 0. The product is
 * exact in double, and the sum in two pieces, whose sign decides. */
V_INLINE vd hardsigmoid_affine_grad_exact(vd x, vd alpha, vd beta) {
    vd most = vd_set(0x1p300), zero = vd_set(0);
    vd product = vd_at_least(vd_at_most(vd_mul(alpha, x), most), f64_neg(most));
    vd2 y = vd2_sum(product, beta);
    vdm below_one = vd_lt(vd_add(vd_sub(y.hi, vd_set(1)), y.lo), zero);
    return vd_sel(vd_gt(y.hi, zero), vd_sel(below_one, alpha, zero), vd_nan_or_0(y.hi));
}

V_INLINE vf hardsigmoid_affine_grad_fast(vf x, vf alpha, vf beta) {
    return vd_narrow(hardsigmoid_affine_grad_exact(vd_widen(x), vd_widen(alpha), vd_widen(beta)));
}

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
