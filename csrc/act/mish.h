#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* k for g = s (1 + k) and e^x = s (1 + w) */
V_INLINE vf mish_k(vf s, vf w) {
    /* By its exponent, for multiplications are what a CPU is short of here. */
    vf half_s = v_float(vi_sub(v_bits(s), vi_set(1 << 23))), half = v_fma(half_s, w, half_s);
    return v_fma(half, w, v_add(w, half));
}

/* x g / d for d = 1 + g, where g = s (1 + k); b is x, or what it is limited to. */
V_INLINE vf mish_quotient(vf x, vf b, vf s, vf k, vf d) {
    vf xs = v_mul(b, s);
    vm right = v_gt(x, v_set(0.0f));
    vf y = v_div(v_sel(right, b, v_fma(xs, k, xs)), d);
    return v_sel(right, v_sub(x, y), y);
}

#define STAGED_mish_fast exp_begun,

V_INLINE vf mish_limited(vf x) { return v_at_most(x, v_set(20.0f)); } /* g / (1 + g) = 1 */

/* mish(x) = x tanh(log(1 + e^x)) (Misra 2019) = x g / (1 + g), g = e^x + e^2x / 2: no cancellation.
 *
 * With e^x = s (1 + w), s a power of two, g = s (1 + k), so that x g and 1 + g each round once.
 * Above 0 it is x - x / (1 + g), where an error of the quotient counts for less. On the left tail
 * s and 1 are scaled by c = 2^64: the quotient alone rounds into the subnormals. */
V_INLINE exp_begun mish_anywhere_begin(vf x) {
    vf b = x, magic = v_set(SCALED_MAGIC);
    int far = v_seldom_gt(v_abs(x), PLUS_1_EXACT);
    if (far) {
        x = v_at_least(x, v_set(-110.0f)); /* x e^x rounds to -0 */
        b = mish_limited(x);
        magic = v_sel(exp_scaled(x), v_set(SCALED_MAGIC + 64.0f), magic);
    }
    return (exp_begun){x, exp_reduce(b, magic), far};
}

V_INLINE vf mish_anywhere_end(exp_begun b) {
    vf s = scaled_s(b.e.t), k = mish_k(s, scaled_w(b.e.t, b.e.r, 1)), one = v_set(1.0f);
    if (!b.far) return mish_quotient(b.x, b.x, s, k, v_fma(s, k, v_add(s, one)));
    vf c = v_sel(exp_scaled(b.x), v_set(0x1p64f), one);
    return mish_quotient(b.x, mish_limited(b.x), s, k, plus_scaled(c, s, k));
}

#if defined V_SELDOM && V_FMA
/* 0 for what mish_anywhere is for */
V_INLINE vf mish_near(vf x) { return v_sel(v_gt(v_abs(x), v_set(PLUS_1_EXACT)), v_set(0.0f), x); }

/* Up to PLUS_1_EXACT the bound has room for an e^x with one product in the reduction of x, which
 * leaves out |x| 2^-28.4 of it, at most 0.7 ULP, and for the same quotient above 0. */
V_INLINE exp_begun mish_fast_begin(vf x) {
    int far = v_seldom_gt(v_abs(x), PLUS_1_EXACT);
    vf b = far ? mish_near(x) : x, magic = v_set(SCALED_MAGIC);
    vf t = v_fma(b, v_set(LOG2E), magic), n = v_sub(t, magic);
    return (exp_begun){x, {t, n, v_fnma(n, v_set(LN2), b)}, far};
}

V_INLINE vf mish_fast_end(exp_begun b) {
    vf s = scaled_s(b.e.t), k = mish_k(s, scaled_w(b.e.t, b.e.r, 1));
    vf xs = v_mul(b.far ? mish_near(b.x) : b.x, s);
    vf y = v_div(v_fma(xs, k, xs), v_fma(s, k, v_add(s, v_set(1.0f))));
    if (!b.far) return y;
    vm beyond = v_gt(v_abs(b.x), v_set(PLUS_1_EXACT));
    return v_sel(beyond, mish_anywhere_end(mish_anywhere_begin(b.x)), y);
}
#else
V_INLINE exp_begun mish_fast_begin(vf x) { return mish_anywhere_begin(x); }
V_INLINE vf mish_fast_end(exp_begun b) { return mish_anywhere_end(b); }
#endif

V_INLINE vf mish_fast(vf x) { return mish_fast_end(mish_fast_begin(x)); }

/* x n / (n + 2), n = e^x (e^x + 2) */
V_INLINE vd mish_exact(vd x) {
    x = vd_at_least(x, vd_set(-110));
    vd y = vd_exp_product(vd_exp(vd_at_most(x, vd_set(20)))), two = vd_set(2),
       n = vd_mul(y, vd_add(y, two));
    vd mish = vd_mul(x, vd_div(n, vd_add(n, two)));
    return vd_except(mish, x, -0x1.4p-24, -0x1.7ffffep-25);
}

/* x / (1 + 2 E^2 / (1 + 2 E)) with E = e^-x; below 1/2 the same as x / (E + 1/2 + 1 / (2 + 4 E)):
 * the largest term of each sum is good to more than a double, so that little but the roundings of
 * denominator and quotient counts. */
V_INLINE vd mish_f64(vd x) {
    x = vd_at_least(x, vd_set(-760)); /* x e^x rounds to -0 */
    vd b = vd_at_most(x, vd_set(40)), one = vd_set(1), half = vd_set(0.5);
    f64_exp_parts e = f64_exp(f64_neg(b));
    vd traded = f64_trade(x, &e), s = vd_pow2(e.t);
    vd y = vd_fma(s, e.w, s), gap = vd_div(one, vd_fma(y, vd_set(2), one));
    vd near = vd_fma(vd_add(y, y), vd_mul(y, gap), one);
    vd far = vd_add(s, vd_fma(s, e.w, vd_fma(s, e.lo, vd_fma(gap, half, half))));
    return vd_div(traded, vd_sel(vd_gt(x, half), near, far));
}
