#pragma once
#include "data/atanh_f64.gen.h"
#if V_PIECES == 16
#include "data/softplus_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/softplus_pieces_8.gen.h"
#endif
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"
#include "math/log1p.h"
#include "math/log1p_f64.h"

/* softplus(x) = log(1 + e^x) = max(x, 0) + log1p(e^-|x|). */
#ifdef V_PIECES
/* log1p(e^-a) = g e^-a, and POWER_0 g is one of some polynomials in d = a - center. With e^-a =
 * entry POWER_0 (1 + w), this is POWER_0 g (1 + w) in two pieces. far: whether an a may be beyond
 * SOFTPLUS_NEAR, where the octaves end that have pieces. */
#define SOFTPLUS_NEAR 14.9f
V_INLINE vf2 softplus_g(vf a, vf w, int far) {
    vf piece = a;
    if (far) {
        piece = v_at_most(a, v_set(SOFTPLUS_NEAR));
        a = v_at_most(a, v_set(17.5f)); /* beyond: g = 1 */
    }
    vi i = v_octave_piece(piece);
    vf d = v_sub(a, v_piece(SOFTPLUS_PIECES_CENTER, i)), g0 = v_piece(SOFTPLUS_PIECES[0], i);
    vf q = v_mul(v_piecewise(SOFTPLUS_PIECES, 1, V_ROWS(SOFTPLUS_PIECES), i, d), d);
    return (vf2){g0, v_fma(v_add(g0, q), w, q)};
}

/* On the left tail e^-a is scaled by 2^64 and the product by c = 2^-64. */
V_INLINE vf softplus_fast(vf x) {
    vf a = v_abs(x), c = v_set(1.0f), magic = v_set(POWER_MAGIC);
    int far = v_seldom(v_gt(a, v_set(SOFTPLUS_NEAR)));
    if (far) {
        a = v_abs(v_at_least(v_at_most(x, v_set(64.0f)), v_set(-105.0f))); /* beyond: x and 0 */
        vm tail = v_lt(x, v_set(-64.0f));
        c = v_sel(tail, v_set(0x1p-64f), c);
        magic = v_sel(tail, v_set(POWER_MAGIC + 64.0f), magic);
    }
    exp_parts e = exp_reduce_neg(a, magic);
    vf2 g = softplus_g(a, power_neg_w(e.r), far);
    vf y = v_fma(power_entry(e.t), v_add(g.hi, g.lo), v_positive(x));
    return far ? v_mul(y, c) : y;
}
#else
/* With e^-|x| = s (1 + w), s a power of two, the largest term, s, is added last and is exact. On
 * the left tail, where the result is e^x, s is scaled by 2^64 and the sum by c = 2^-64. */
V_INLINE vf softplus_fast(vf x) {
    vf b = v_abs(x), most = v_set(64.0f), c = v_set(1.0f), magic = v_set(POW2_MAGIC);
    if (v_seldom(v_gt(b, most))) {
        b = v_abs(v_at_least(v_at_most(x, most), v_set(-105.0f))); /* beyond: 0 and x */
        vm tail = v_lt(x, v_set(-64.0f));
        c = v_sel(tail, v_set(0x1p-64f), c);
        magic = v_sel(tail, v_set(POW2_MAGIC + 64.0f), magic);
    }
    exp_parts e = exp_reduce_neg(b, magic);
    vf s = v_pow2(e.t), w = expm1_poly_neg(e.r);
    vf linear = v_at_least(x, v_set(0.0f));
    vf rest = log1p_less_e(v_fma(s, w, s), v_fma(s, w, linear));
    return v_mul(v_add(s, rest), c);
}
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
