#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/log1p.h"

/* softplus(x) = log(1 + e^x) = max(x, 0) + log1p(e^-|x|).
 * With e^-|x| = s (1 + w), s a power of two, the largest term, s, is added last and is exact. On
 * the left tail, where the result is e^x, s is scaled by 2^64 and the sum by c = 2^-64. */
V_INLINE vf softplus_fast(vf x) {
    vf b = v_at_least(v_at_most(x, v_set(64.0f)), v_set(-105.0f)); /* beyond: 0 and x */
    vm tail = v_lt(x, v_set(-64.0f));
    vf c = v_sel(tail, v_set(0x1p-64f), v_set(1.0f));
    vf magic = v_sel(tail, v_set(POW2_MAGIC + 64.0f), v_set(POW2_MAGIC));
    exp_parts e = exp_reduce(v_neg(v_abs(b)), magic);
    vf s = v_pow2(e.t), w = expm1_poly(e.r);
    vf linear = v_at_least(x, v_set(0.0f));
    vf rest = log1p_less_e(v_fma(s, w, s), v_fma(s, w, linear));
    return v_mul(v_add(s, rest), c);
}

/* log(1 + e) = log((1 + s) / (1 - s)), s = e / (2 + e), for e = e^-a, 0 <= a < 500 */
V_INLINE vd vd_log1p_exp(vd a) {
    vd e = vd_exp_product(vd_exp(vd_sub(vd_set(0), a))), s = vd_div(e, vd_add(e, vd_set(2))),
       u = vd_mul(s, s);
    return vd_fma(vd_mul(s, u), VD_POLY(u, ATANH_F64), vd_add(s, s));
}

V_INLINE vd softplus_exact(vd x) {
    vd log1p = vd_log1p_exp(vd_at_most(vd_abs(x), vd_set(105)));
    return vd_except(vd_add(vd_at_least(x, vd_set(0)), log1p), x, 0x1.d483ap-12, 0x1.63017ap-1);
}

static inline double softplus_f64(double x) {
    return (isgreater(x, 0) ? x : 0) + log1p(exp(-fabs(x)));
}
