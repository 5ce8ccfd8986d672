#pragma once
#include "data/atanh_f64.gen.h"
#if V_PIECES == 16
#include "data/log1p_exp_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/log1p_exp_pieces_8.gen.h"
#endif
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"
#include "math/log1p.h"
#include "math/log1p_f64.h"

/* softplus(x) = log(1 + e^x) = max(x, 0) + log1p(e^-|x|). */
#ifdef V_PIECES
/* Up to here log1p(e^-a) is one of some polynomials in d = a - center. */
#define LOG1P_EXP_NEAR V_EVEN_MOST(LOG1P_EXP_PIECES)

/* Beyond, it is e (1 - e / 2), e = e^-a = entry POWER_0 (1 + w). This is that over the entry, times
 * 1 + off. */
V_INLINE vf log1p_exp_far(vf t, vf r, vf off) {
    vf w = power_neg_w(r), p0 = v_set(POWER_0), e = v_mul(power_entry(t), v_fma(w, p0, p0));
    vf bend = v_fma(e, v_set(-0.5f), off);
    return v_fma(v_fma(w, bend, v_add(w, bend)), p0, p0);
}

/* On the left tail e^-a is scaled by 2^92 and the product by c = 2^-92. */
V_INLINE vf softplus_far(vf x) {
    vf a = v_abs(v_at_least(v_at_most(x, v_set(64.0f)), v_set(-105.0f))); /* beyond: x and 0 */
    vm tail = v_lt(x, v_set(-84.0f));
    vf c = v_sel(tail, v_set(0x1p-92f), v_set(1.0f));
    vf magic = v_sel(tail, v_set(POWER_MAGIC + 92.0f), v_set(POWER_MAGIC));
    exp_parts e = exp_reduce_neg(a, magic);
    return v_mul(v_fma(power_entry(e.t), log1p_exp_far(e.t, e.r, v_set(0.0f)), v_positive(x)), c);
}

#define STAGED_softplus_fast v_placed,

V_INLINE v_placed softplus_fast_begin(vf x) {
    vf a = v_abs(x), most = v_set(LOG1P_EXP_NEAR);
    int far = v_seldom(v_gt(a, most));
    return (v_placed){x, V_EVEN_PLACE(LOG1P_EXP_PIECES, far ? v_at_most(a, most) : a), far};
}

V_INLINE vf softplus_fast_end(v_placed b) {
    vf near = v_add(v_positive(b.x), V_AT(LOG1P_EXP_PIECES, b.at));
    if (!b.far) return near;
    return v_sel(v_gt(v_abs(b.x), v_set(LOG1P_EXP_NEAR)), softplus_far(b.x), near);
}

V_INLINE vf softplus_fast(vf x) { return softplus_fast_end(softplus_fast_begin(x)); }
#else
/* With e^-|x| = s (1 + w), s a power of two, the largest term, s, is added last and is exact. On
 * the left tail, where the result is e^x, s is scaled by 2^64 and the sum by c = 2^-64. */
#define STAGED_softplus_fast exp_begun,

V_INLINE exp_begun softplus_fast_begin(vf x) {
    vf b = v_abs(x), most = v_set(64.0f), magic = v_set(POW2_MAGIC);
    int far = v_seldom(v_gt(b, most));
    if (far) {
        b = v_abs(v_at_least(v_at_most(x, most), v_set(-105.0f))); /* beyond: 0 and x */
        magic = v_sel(exp_scaled(x), v_set(POW2_MAGIC + 64.0f), magic);
    }
    return (exp_begun){x, exp_reduce_neg(b, magic), far};
}

V_INLINE vf softplus_fast_end(exp_begun b) {
    vf s = v_pow2(b.e.t), w = expm1_poly_neg(b.e.r), linear = v_at_least(b.x, v_set(0.0f));
    vf y = v_add(s, log1p_less_e(v_fma(s, w, s), v_fma(s, w, linear)));
    return b.far ? v_mul(y, v_sel(exp_scaled(b.x), v_set(0x1p-64f), v_set(1.0f))) : y;
}

V_INLINE vf softplus_fast(vf x) { return softplus_fast_end(softplus_fast_begin(x)); }
#endif

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

/* log(1 + e) = 2 atanh(q) with q = e / (2 + e), and 2 q = e - e q. The largest terms, max(x, 0) and
 * s, are summed exactly; the rest is added last. On the left tail all is scaled by 2^128. */
V_INLINE vd softplus_f64(vd x) {
    vd most = vd_set(40), b = vd_at_least(vd_at_most(x, most), vd_set(-746)); /* beyond: x and 0 */
    f64_exp_parts e = f64_exp(f64_neg(vd_abs(b)));
    vdm tail = vd_lt(x, vd_set(-500));
    vd s = vd_pow2(vd_add(e.t, vd_sel(tail, vd_set(128), vd_set(0))));
    vd y = vd_fma(s, e.w, s), q = vd_div(y, vd_add(y, vd_set(2))), u = vd_mul(q, q);
    vd rest = vd_fnma(y, q, vd_mul(vd_mul(q, u), VD_POLY(u, ATANH_F64)));
    vd2 large = vd2_sum(vd_at_least(b, vd_set(0)), s);
    y = vd_add(large.hi, vd_add(rest, vd_fma(s, e.w, vd_fma(s, e.lo, large.lo))));
    y = vd_mul(y, vd_sel(tail, vd_set(0x1p-128), vd_set(1)));
    vd near = vd_fma(x, vd_set(0.5), vd_set(VD_LN2)); /* where many an x is: ln 2 to the last bit */
    y = vd_sel(vd_lt(vd_abs(x), vd_set(0x1p-28)), near, y);
    return vd_sel(vd_gt(x, most), x, y);
}
