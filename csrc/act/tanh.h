#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* tanh(x) = (1 - e^-2|x|) / (1 + e^-2|x|), the numerator through expm1. With e^-2|x| = s (1 + w),
 * s a power of two, each of the two is a sum that rounds once. */
#define STAGED_tanh_fast exp_begun,

V_INLINE exp_begun tanh_fast_begin(vf x) {
    vf b = v_neg_abs(x);
    if (v_seldom_clamps(v_lt(b, v_set(-43.0f))))
        b = v_at_least(b, v_set(-10.0f)); /* tanh(10) rounds to 1 */
    return (exp_begun){x, exp_reduce_decay2(b), 0};
}

V_INLINE vf tanh_fast_end(exp_begun b) {
    vf s = v_pow2(b.e.t), w = expm1_poly(b.e.r), one = v_set(1.0f);
    vf numerator = v_fnma(s, w, v_sub(one, s)), denominator = v_fma(s, w, v_add(one, s));
    return v_copysign(v_div(numerator, denominator), b.x);
}

V_INLINE vf tanh_fast(vf x) { return tanh_fast_end(tanh_fast_begin(x)); }

V_INLINE vd tanh_exact(vd x) {
    vd b = vd_at_most(vd_abs(x), vd_set(10)), one = vd_set(1);
    vd_exp_parts e = vd_exp_decay(vd_mul(b, vd_set(-2)));
    vd numerator = vd_fnma(e.s, e.w, vd_sub(one, e.s));
    return vd_copysign(vd_div(numerator, vd_fma(e.s, e.w, vd_add(one, e.s))), x);
}

V_INLINE vd tanh_f64(vd x) {
    vd b = vd_at_most(vd_abs(x), vd_set(20)), one = vd_set(1); /* tanh(20) rounds to 1 */
    f64_exp_parts e = f64_exp(vd_mul(b, vd_set(-2)));
    vd s = vd_pow2(e.t), less = vd_sub(one, s);
    vd n = vd_fnma(s, e.w, less), n_lo = vd_fnma(s, e.lo, vd_fnma(s, e.w, vd_sub(less, n)));
    /* -0 + y is y, even where that is 0. */
    return vd_copysign(vd_abs(f64_add_over_1_plus(vd_set(-0.0), (vd2){n, n_lo}, s, e)), x);
}
