#pragma once
#include "act/softplus.h"

/* softplus_beta(x, beta, threshold) = log(1 + e^(beta x)) / beta, and x itself where
 * beta x > threshold, as PyTorch has it. beta x is exact in double. */
V_INLINE vd softplus_beta_exact(vd x, vd beta, vd threshold) {
    vd z = vd_mul(beta, x), zero = vd_set(0), one = vd_set(1);
    vd rest = vd_div(vd_log1p_exp(vd_at_most(vd_abs(z), vd_set(300))), beta);
    vd y = vd_add(vd_sel(vd_gt(z, zero), x, zero), rest);
    y = vd_sel(vd_gt(z, threshold), x, y);
    x = vd_sel(vd_eq(beta, one), x, zero); /* what follows is of softplus(x) */
    return vd_except(y, x, 0x1.d483ap-12, 0x1.63017ap-1);
}

#if V_FMA
/* The |x| for which |beta x| is z, no more than 180. */
V_INLINE vf softplus_beta_limit(vf beta, vf z) {
    return v_div(z, v_at_least(v_abs(beta), v_set(0x1.69p-121f)));
}

/* beta x where it is no more than 180 in size, in two pieces: its error is that of e^(beta x) */
V_INLINE vf2 softplus_beta_product(vf x, vf beta) {
    vf most = softplus_beta_limit(beta, v_set(180.0f));
    return vf2_product(v_at_least(v_at_most(x, most), v_neg(most)), beta);
}

V_INLINE vm softplus_beta_beyond(vf2 z, vf threshold) {
    return v_gt(v_add(v_sub(z.hi, v_at_most(threshold, v_set(64.0f))), z.lo), v_set(0.0f));
}

/* With z = beta x. As in softplus log(1 + e^-|z|) is s + rest, or from pieces and, beyond them, p
 * times an entry; 1 / beta, r to its last bits, multiplies all, and the sum rounds once. On the
 * left tail the power is scaled by 2^92 and the result by c. Right to the bound for |beta| >=
 * 2^-68. */
V_INLINE vf softplus_beta_fast(vf x, vf beta, vf threshold) {
#ifdef V_PIECES
    vf most = v_set(LOG1P_EXP_NEAR);
#else
    vf most = v_set(64.0f);
#endif
    vf below = v_mul(threshold, v_set(0.999f));
    vf near = softplus_beta_limit(beta, v_sel(v_lt(below, most), below, most));
    vf c = v_set(1.0f), magic = v_set(POWER_MAGIC);
    int far = v_seldom(v_gt(v_abs(x), near));
    vf2 z = far ? softplus_beta_product(x, beta) : vf2_product(x, beta);
    vf a = v_abs(z.hi);
    vm right = v_gt(z.hi, v_set(0.0f));
    vf lo = v_sel(right, z.lo, v_neg(z.lo)), line = v_sel(right, x, v_set(0.0f));
    vf r = v_div(v_set(1.0f), beta), r_off = v_fnma(beta, r, v_set(1.0f));
#ifdef V_PIECES
    vf g = V_EVEN_PIECES2(LOG1P_EXP_PIECES, far ? v_at_most(a, most) : a, lo);
    vf y = v_fma(g, r, v_fma(v_mul(g, r_off), r, line));
    if (!far) return y;
    vm beyond = v_gt(a, most);
#endif
    if (far) {
        vm tail = v_lt(z.hi, v_set(-84.0f));
        c = v_sel(tail, v_set(0x1p-92f), c);
        magic = v_sel(tail, v_set(POWER_MAGIC + 92.0f), magic);
        a = v_abs(v_at_least(v_at_most(z.hi, v_set(64.0f)), v_set(-151.0f)));
    }
    exp_parts e = exp_reduce_neg(a, magic);
#ifdef V_PIECES
    vf p = log1p_exp_far(e.t, v_add(e.r, lo), r_off);
    vf far_y = v_fma(v_mul(power_entry(e.t), r), p, line);
    y = v_sel(beyond, v_mul(far_y, c), y);
    return v_sel(softplus_beta_beyond(z, threshold), x, y);
#else
    vf w = power_neg_w(v_add(e.r, lo));
    vf s = v_pow2(e.t), sum = v_fma(s, w, s), bend = v_fma(log1p_cubic(sum), sum, v_set(-0.5f));
    vf rest = v_fma(v_mul(sum, sum), bend, v_mul(s, w));
    rest = v_fma(v_add(s, rest), r_off, rest);
    vf y = v_fma(s, r, v_fma(rest, r, line));
    return far ? v_sel(softplus_beta_beyond(z, threshold), x, v_mul(y, c)) : y;
#endif
}
#else /* the pieces would round */
V_INLINE vf softplus_beta_fast(vf x, vf beta, vf threshold) {
    return vd_narrow(softplus_beta_exact(vd_widen(x), vd_widen(beta), vd_widen(threshold)));
}
#endif

/* beta x where it is no more than 1120 in size, in two pieces */
V_INLINE vd2 f64_softplus_beta_product(vd x, vd beta) {
    vd most = vd_div(vd_set(1120), vd_at_least(vd_abs(beta), vd_set(0x1p-1000)));
    return vd2_product(beta, vd_at_least(vd_at_most(x, most), f64_neg(most)));
}

V_INLINE vdm f64_softplus_beta_beyond(vd2 z, vd threshold) {
    return vd_gt(vd_add(vd_sub(z.hi, threshold), z.lo), vd_set(0));
}

/* As softplus_f64 of beta x in two pieces. On the left tail log(1 + e) = e, times 2^600 until it is
 * divided by beta. */
V_INLINE vd softplus_beta_f64(vd x, vd beta, vd threshold) {
    vd2 z = f64_softplus_beta_product(x, beta);
    vdm right = vd_gt(z.hi, vd_set(0)), tail = vd_lt(z.hi, vd_set(-500));
    vdm beyond = f64_softplus_beta_beyond(z, threshold);
    vd lo = vd_sel(right, f64_neg(z.lo), z.lo), zero = vd_set(0);
    f64_exp_parts e = f64_exp2(f64_neg(vd_abs(z.hi)), lo);
    vd s = vd_pow2(
        vd_at_least(vd_add(e.t, vd_sel(tail, vd_set(600), zero)), vd_set(VD_POW2_MAGIC - 1000)));
    vd y = vd_fma(s, e.w, s), q = vd_div(y, vd_add(y, vd_set(2))), u = vd_mul(q, q);
    vd rest = vd_fnma(y, q, vd_mul(vd_mul(q, u), VD_POLY(u, ATANH_F64)));
    rest = vd_sel(tail, zero, rest);
    rest = vd_fma(s, e.w, vd_fma(s, e.lo, rest));
    vd sum = vd_add(s, rest), lost = vd_add(vd_sub(s, sum), rest);
    vd log1p = vd_div(sum, beta), more = vd_div(lost, beta); /* a rounding less */
    log1p = vd_add(log1p, vd_sel(vd_lt(vd_abs(log1p), vd_set(INFINITY)), more, zero));
    log1p = vd_mul(log1p, vd_sel(tail, vd_set(0x1p-600), vd_set(1)));
    y = vd_add(vd_sel(right, x, zero), log1p);
    vd near = vd_div(vd_fma(z.hi, vd_set(0.5), vd_set(VD_LN2)), beta); /* as in softplus_f64 */
    return vd_sel(beyond, x, vd_sel(vd_lt(vd_abs(z.hi), vd_set(0x1p-28)), near, y));
}
