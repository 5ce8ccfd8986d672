#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* alpha (e^x - 1) for x <= 0, and 0 or NaN elsewhere */
V_INLINE exp_parts elu_negative_begin(vf x) {
    vf b = v_negative(x);
    if (v_seldom_clamps(v_lt(b, v_set(-80.0f))))
        b = v_at_least(b, v_set(-30.0f)); /* e^-30 - 1 rounds to -1 */
    return exp_reduce_decay(b);
}

V_INLINE vf elu_negative_end(exp_parts e, vf alpha) {
    vf s = v_pow2(e.t);
    return v_mul(alpha, v_fma(s, expm1_poly(e.r), v_sub(s, v_set(1.0f))));
}

V_INLINE vf elu_negative(vf x, vf alpha) { return elu_negative_end(elu_negative_begin(x), alpha); }

/* elu(x) = x where x > 0, else alpha (e^x - 1) (Clevert et al. 2015), through expm1. */
#define STAGED_elu_fast exp_begun,

V_INLINE exp_begun elu_fast_begin(vf x, vf alpha) {
    (void)alpha;
    return (exp_begun){x, elu_negative_begin(x), 0};
}

V_INLINE vf elu_fast_end(exp_begun b, vf alpha) {
    return v_sel(v_lt(b.x, v_set(0.0f)), elu_negative_end(b.e, alpha), b.x);
}

V_INLINE vf elu_fast(vf x, vf alpha) { return elu_fast_end(elu_fast_begin(x, alpha), alpha); }

V_INLINE vd vd_elu_negative(vd x, vd alpha) {
    vd_exp_parts e = vd_exp_decay(vd_at_least(vd_at_most(x, vd_set(0)), vd_set(-30)));
    return vd_mul(alpha, vd_fma(e.s, e.w, vd_sub(e.s, vd_set(1))));
}

V_INLINE vd elu_exact(vd x, vd alpha) {
    return vd_sel(vd_lt(x, vd_set(0)), vd_elu_negative(x, alpha), x);
}

/* alpha (e^(x + lo) - 1), lo far smaller than x */
V_INLINE vd f64_elu_negative2(vd x, vd lo, vd alpha) {
    f64_exp_parts e = f64_exp2(vd_at_least(vd_at_most(x, vd_set(0)), vd_set(-40)), lo);
    return vd_mul(alpha, f64_minus(vd_pow2(e.t), e, vd_set(1)));
}

V_INLINE vd f64_elu_negative(vd x, vd alpha) { return f64_elu_negative2(x, vd_set(0), alpha); }

V_INLINE vd elu_f64(vd x, vd alpha) {
    return vd_sel(vd_lt(x, vd_set(0)), f64_elu_negative(x, alpha), x);
}
