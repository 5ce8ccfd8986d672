#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* e^x - 1, as 2 (s w + s - 1/2), e^x = 2 s (1 + w): the power of two s is finite where e^x is. The
 * result has the sign of x, which only -0 would lose. */
#define STAGED_expm1_fast exp_begun,

V_INLINE exp_begun expm1_fast_begin(vf x) {
    vf b = x;
    int far = v_seldom_gt(v_abs(x), 80.0f);
    if (far)
        b = v_at_least(v_at_most(x, v_set(EXP_MOST)), v_set(-30.0f)); /* e^-30 - 1 rounds to -1 */
    return (exp_begun){x, exp_reduce(b, v_set(POW2_MAGIC - 1.0f)), far};
}

V_INLINE vf expm1_fast_end(exp_begun b) {
    vf s = v_pow2(b.e.t);
    vf half = v_fma(s, expm1_poly(b.e.r), v_sub(s, v_set(0.5f)));
    vf y = v_copysign(v_add(half, half), b.x);
    return b.far ? v_sel(v_gt(b.x, v_set(EXP_MOST)), v_set(INFINITY), y) : y;
}

V_INLINE vf expm1_fast(vf x) { return expm1_fast_end(expm1_fast_begin(x)); }

V_INLINE vd expm1_exact(vd x) {
    vd_exp_parts e = vd_exp(vd_at_least(vd_at_most(x, vd_set(EXP_MOST)), vd_set(-30)));
    vd y = vd_copysign(vd_fma(e.s, e.w, vd_sub(e.s, vd_set(1))), x);
    return vd_sel(vd_gt(x, vd_set(EXP_MOST)), vd_set(INFINITY), y);
}

V_INLINE vd expm1_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(F64_EXP_MOST)), vd_set(-40)); /* e^-40 - 1 = -1 */
    f64_exp_parts e = f64_exp(b);
    vd most = vd_set(VD_POW2_MAGIC + 1023), t = vd_at_most(e.t, most); /* 2^1024 overflows */
    vd scaled = f64_minus(vd_pow2(t), e, vd_set(1)),
       rest = vd_add(vd_sub(e.t, t), vd_set(VD_POW2_MAGIC));
    vd y = vd_copysign(vd_mul(scaled, vd_pow2(rest)), x);
    return vd_sel(vd_gt(x, vd_set(F64_EXP_MOST)), vd_set(INFINITY), y);
}
