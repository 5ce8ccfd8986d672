#pragma once
#include "grad/sigmoid.h"
#include "grad/swish.h"
#include "math/sech2.h"

/* d swish / d beta = x^2 sigmoid'(beta x), 0 at an infinite x */
V_INLINE vd swish_grad_beta_exact(vd x, vd beta) {
    vd u = vd_sub(vd_set(0), vd_abs(vd_mul(x, beta)));
    vd square = vd_mul(x, x);
    vd slope = vd_mul(square, vd_decay_ratio(vd_at_least(u, vd_set(-400))));
    /* Near 0 x^2 / 4 may be the middle between two floats, and the factor 1 - u^2 / 4, which double
     * does not see, decides: 1 - 2^-50 decides alike, for x^2 has 48 bits. */
    slope = vd_sel(vd_lt(u, vd_set(-0x1p-24)), slope, vd_mul(square, vd_set(0.25 - 0x1p-52)));
    vd y = vd_sel(vd_lt(u, vd_set(-400)), vd_set(0), slope), one = vd_set(1);
    x = vd_sel(vd_eq(beta, one), vd_abs(x), vd_set(0)); /* what follows is of beta = 1 */
    y = vd_except(y, x, 0x1.7fffeep-20, 0x1.1fffe6p-41);
    y = vd_except(y, x, 0x1.800012p-20, 0x1.20001ap-41);
    return vd_except(y, x, 0x1.3fffcep-18, 0x1.8fff84p-38);
}

V_INLINE vf swish_grad_beta_widened(vf x, vf beta) {
    return vd_narrow(swish_grad_beta_exact(vd_widen(x), vd_widen(beta)));
}

#ifdef V_PIECES
/* In double where x^2 is huge or sigmoid' tiny: one may bring back what the other loses. */
V_INLINE vf swish_grad_beta_fast(vf x, vf beta) {
    vf2 u = vf2_abs(swish_grad_argument(x, beta));
    vf a = v_abs(x), b = v_at_most(a, v_set(0x1p60f));
    vf y = vf2_times(vf2_product(b, b), sigmoid_grad2(u));
    vm far = v_gt(v_fma(a, v_set(0x1p-54f), u.hi), v_set(64.0f));
    return v_seldom(far) ? v_sel(far, swish_grad_beta_widened(x, beta), y) : y;
}
#else
V_INLINE vf swish_grad_beta_fast(vf x, vf beta) { return swish_grad_beta_widened(x, beta); }
#endif

/* A huge x brings back what sigmoid' takes away: x^2 keeps its exponent for the last step. At -1400
 * sigmoid' wins: x^2 e^-1400 rounds to 0 unless |x| > 2^472. */
V_INLINE vd swish_grad_beta_f64(vd x, vd beta) {
    vd2 u = f64_swish_product(x, beta);
    vdm left = vd_lt(u.hi, vd_set(0));
    f64_decay r = f64_decay_ratio(f64_neg(vd_abs(u.hi)), vd_sel(left, u.lo, f64_neg(u.lo)));
    vd a = vd_at_most(vd_abs(x), vd_set(DBL_MAX)), one = vd_set(1);
    vdm huge = vd_gt(a, vd_set(0x1p400)), tiny = vd_lt(a, vd_set(0x1p-400));
    vd b = vd_mul(a, vd_sel(huge, vd_set(0x1p-600), vd_sel(tiny, vd_set(0x1p600), one)));
    vd k = vd_sel(huge, vd_set(1200), vd_sel(tiny, vd_set(-1200), vd_set(0)));
    vd2 square = vd2_product(b, b), product = vd2_product(square.hi, r.y.hi);
    product.lo = vd_fma(square.hi, r.y.lo, vd_fma(square.lo, r.y.hi, product.lo));
    vd slope =
        f64_scale_down(vd_add(product.hi, product.lo), vd_at_least(vd_add(r.n, k), vd_set(-2400)));
    return vd_sel(vd_gt(vd_abs(u.hi), vd_set(1399.9)), vd_set(0), slope);
}
