#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

#ifdef V_PIECES
/* The power by which the denominator is not rounded to the fewest bits where the quotient has the
 * most, and of those the nearest to a float: to 2^-27. */
#define SIGMOID_LOG2_C -23.375f
#define SIGMOID_C 0x1.8ace54p-24f
#else
#define SIGMOID_LOG2_C -24.0f
#define SIGMOID_C 0x1p-24f
#endif

/* 1 / (1 + e^-x), as c / (c + c e^-x). So scaled, the denominator neither overflows at the left
 * tail nor underflows at the right one, and the quotient alone rounds into the subnormals. */
#define STAGED_sigmoid_fast exp_parts,
V_INLINE exp_parts sigmoid_fast_begin(vf x) {
    if (v_seldom_clamps(v_gt(v_abs(x), v_set(70.0f))))
        x = v_at_least(v_at_most(x, v_set(70.0f)), v_set(-104.0f)); /* beyond: 0 and 1 */
    return exp_reduce_neg(x, v_set(POWER_MAGIC + SIGMOID_LOG2_C));
}

V_INLINE vf sigmoid_fast_end(exp_parts e) {
    const vf c = v_set(SIGMOID_C);
    return v_div(c, plus_power_neg(c, e.t, e.r));
}

V_INLINE vf sigmoid_fast(vf x) { return sigmoid_fast_end(sigmoid_fast_begin(x)); }

/* sigmoid(x + lo), lo far smaller than x */
V_INLINE vf sigmoid2(vf x, vf lo) {
    exp_parts e = sigmoid_fast_begin(x);
    e.r = v_add(e.r, lo);
    return sigmoid_fast_end(e);
}

/* Near 0, 1/2 + x/4 may lie in the middle between two floats, and -x^3/48 decides on which side the
 * result lies. It is too small for double, but a slope that is too small by 2^-26 decides alike,
 * and does no harm: otherwise 1/2 + x/4 is farther from the middle than that. */
V_INLINE vd sigmoid_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(60)), vd_set(-105));
    vd_exp_parts e = vd_exp(vd_sub(vd_set(0), b));
    vd far = vd_div(vd_set(1), vd_fma(e.s, e.w, vd_add(e.s, vd_set(1))));
    vd near = vd_fma(x, vd_set(0.25 - 0x1p-28), vd_set(0.5));
    vd y = vd_sel(vd_lt(vd_abs(x), vd_set(0x1p-14)), near, far);
    return vd_except(y, x, -0x1.250c02p-10, 0x1.ffb6bep-2);
}

V_INLINE vd sigmoid_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(40)), vd_set(-746)); /* beyond: 0 and 1 */
    return f64_over_1_plus(vd_set(1), f64_exp(f64_neg(b)));
}
