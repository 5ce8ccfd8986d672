#pragma once
/* What the kernels in double share: e^x over the whole range, good to more than a double holds. */
#include "math/exp_f64.h"

/* e^x rounds to infinity above this, and to 0 below -746. */
#define F64_EXP_MOST 0x1.62e42fefa39efp+9

typedef struct f64_exp_parts {
    vd t; /* n + VD_POW2_MAGIC, for vd_pow2 */
    vd w, lo;
} f64_exp_parts;

/* e^(x + x_lo) = 2^n (1 + w + lo) to about 2^-56, |x| < 2^10.5, x_lo far smaller than x. lo is at
 * most half a unit in the last place of w. */
V_INLINE f64_exp_parts f64_exp2(vd x, vd x_lo) {
    vd t = vd_fma(x, vd_set(VD_LOG2E), vd_set(VD_POW2_MAGIC));
    vd n = vd_sub(t, vd_set(VD_POW2_MAGIC));
    vd high = vd_fnma(n, vd_set(VD_LN2_HI), x); /* exact */
    vd low = vd_fnma(n, vd_set(VD_LN2_LO), x_lo);
    vd r = vd_add(high, low), r_lo = vd_add(vd_sub(high, r), low);
    vd q = vd_fma(VD_POLY(r, EXP_F64), vd_mul(r, r), vd_fma(r_lo, r, r_lo));
    vd w = vd_add(r, q);
    return (f64_exp_parts){t, w, vd_add(vd_sub(r, w), q)};
}

/* n */
V_INLINE vd f64_exponent(f64_exp_parts e) { return vd_sub(e.t, vd_set(VD_POW2_MAGIC)); }

/* y 2^n rounded once, unless y is tiny, too: n >= -2400, beyond where vd_scale ends */
V_INLINE vd f64_scale_down(vd y, vd n) {
    vdm far = vd_lt(n, vd_set(-1800));
    y = vd_mul(y, vd_sel(far, vd_set(0x1p-600), vd_set(1)));
    return vd_scale(y, vd_add(n, vd_sel(far, vd_set(600), vd_set(0))));
}

V_INLINE f64_exp_parts f64_exp(vd x) { return f64_exp2(x, vd_set(0)); }

/* c + s (1 + w + lo) for c = 1 and a power of two s: s + c is exact unless one of them is 2^53
 * times the other, and then what the sum lost is added to the small term s w first. */
V_INLINE vd f64_one_plus(vd s, f64_exp_parts e) {
    vd one = vd_set(1), sum = vd_add(s, one);
    vd lost = vd_sub(one, vd_sub(sum, s));
    return vd_add(sum, vd_fma(s, e.w, vd_fma(s, e.lo, lost)));
}

/* a + n / (1 + s (1 + w + lo)) for a power of two s <= 1. What numerator and denominator lose
 * changes the quotient by (lost_n - y lost_d) / denominator, for which a line, within 5 % of
 * 1 / denominator on [1, 2], will do; it is added where a and the quotient are one. */
V_INLINE vd f64_add_over_1_plus(vd a, vd2 n, vd s, f64_exp_parts e) {
    vd more = vd_add(vd_set(1), s), d = vd_fma(s, e.w, more), y = vd_div(n.hi, d);
    vd lost = vd_fma(s, e.lo, vd_fma(s, e.w, vd_sub(more, d)));
    vd inverse = vd_fnma(d, vd_set(0.485), vd_set(1.457));
    return vd_fma(vd_fnma(y, lost, n.lo), inverse, vd_add(a, y));
}

/* s (1 + w + lo) - c, for s and c such that s - c is exact and no smaller than s w, or 0 */
V_INLINE vd f64_minus(vd s, f64_exp_parts e, vd c) {
    vd difference = vd_sub(s, c), y = vd_fma(s, e.w, difference);
    vd lost = vd_fma(s, e.w, vd_sub(difference, y));
    return vd_add(y, vd_fma(s, e.lo, lost));
}

/* Where e^u = 2^n (1 + w + lo) would overflow in x / (c + e^u), x and e^u trade 2^k: the quotient
 * alone rounds into the subnormals. n <= 2000 */
V_INLINE vd f64_trade(vd x, f64_exp_parts *e) {
    vd t = vd_at_most(e->t, vd_set(VD_POW2_MAGIC + 1000));
    vd k = vd_sub(t, e->t);
    e->t = t;
    return vd_mul(x, vd_pow2(vd_add(k, vd_set(VD_POW2_MAGIC))));
}

/* x / (1 + e^u), e^u from f64_exp */
V_INLINE vd f64_over_1_plus(vd x, f64_exp_parts e) {
    x = f64_trade(x, &e);
    return vd_div(x, f64_one_plus(vd_pow2(e.t), e));
}

V_INLINE vd f64_neg(vd x) { return vd_sub(vd_set(-0.0), x); }

/* x / (1 + e^-(u + lo)) for any x, -1500 <= u <= 40, lo far smaller than u. A huge x brings back
 * what e^u takes away: where 1 + e^-u is e^-u, x and e^u trade 2^512 more. */
V_INLINE vd f64_times_any_sigmoid(vd x, vd u, vd lo) {
    f64_exp_parts e = f64_exp2(f64_neg(u), f64_neg(lo));
    vdm far = vd_lt(u, vd_set(-700));
    e.t = vd_sub(e.t, vd_sel(far, vd_set(512), vd_set(0)));
    return f64_over_1_plus(vd_mul(x, vd_sel(far, vd_set(0x1p-512), vd_set(1))), e);
}
