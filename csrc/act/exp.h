#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* e^x. Overflow raises no flag: it would be raised at an infinite x, too. Without clamps, as in
 * expm1, this took longer on AVX-512. */
#define STAGED_exp_fast exp_begun,

V_INLINE exp_begun exp_fast_begin(vf x) {
    vf b = x;
    int far = v_seldom_clamps(v_gt(v_abs(x), v_set(64.0f)));
    if (far) b = v_at_least(v_at_most(x, v_set(EXP_MOST)), v_set(-105.0f)); /* e^-105 rounds to 0 */
    return (exp_begun){x, exp_reduce(b, v_set(POW2_MAGIC)), far};
}

V_INLINE vf exp_fast_end(exp_begun b) {
    vf w = expm1_poly(b.e.r), s = v_pow2(b.e.t);
    if (!b.far) return v_fma(s, w, s);
    vf y = v_scale(v_add(v_set(1.0f), w), b.e.n);
    return v_sel(v_gt(b.x, v_set(EXP_MOST)), v_set(INFINITY), y);
}

V_INLINE vf exp_fast(vf x) { return exp_fast_end(exp_fast_begin(x)); }

V_INLINE vd exp_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(EXP_MOST)), vd_set(-105));
    return vd_sel(vd_gt(x, vd_set(EXP_MOST)), vd_set(INFINITY), vd_exp_product(vd_exp(b)));
}

V_INLINE vd exp_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(F64_EXP_MOST)), vd_set(-746));
    f64_exp_parts e = f64_exp(b);
    vd y = vd_scale(vd_add(vd_set(1), e.w), vd_sub(e.t, vd_set(VD_POW2_MAGIC)));
    return vd_sel(vd_gt(x, vd_set(F64_EXP_MOST)), vd_set(INFINITY), y);
}
