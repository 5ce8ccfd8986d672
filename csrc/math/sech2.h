#pragma once
#include "data/cosh.gen.h"
#include "data/sinh.gen.h"
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* t / (1 + t)^2 = 2^n q (1 + rest), and d + d_lo = 1 + t, t = e^(x + lo): the first is sech^2(x/2)
 * / 4.
 *
 * With t = s (1 + w), s = 2^n, it is s (1 + w) / (1 + t)^2. The square in two pieces, and what the
 * quotient q leaves in rest, keep the error far below a rounding's. */
typedef struct decay {
    vf q, rest, n, d, d_lo;
} decay;

/* -160 <= x <= 0, lo far smaller than x */
V_INLINE decay decay_parts(vf x, vf lo) {
    exp_parts e = exp_reduce(x, v_set(POW2_MAGIC));
    vf r = v_add(e.r, lo), one = v_set(1.0f);
    vf w = expm1_poly(r);
    vf s = v_pow2(v_at_least(e.t, v_set(POW2_MAGIC - 126.0f))); /* below, 1 + t = 1 */
    vf t = v_fma(s, w, s), t_lo = v_fma(s, w, v_sub(s, t));
    vf d = v_add(one, t), d_lo = v_add(v_sub(t, v_sub(d, one)), t_lo);
    vf square_lo, square = v_mul2(d, d, &square_lo);
    square_lo = v_fma(v_add(d, d), d_lo, square_lo);
    vf q = v_div(one, square), product_lo, product = v_mul2(q, square, &product_lo);
    vf left = v_fnma(q, square_lo, v_sub(v_sub(one, product), product_lo));
    return (decay){q, v_add(w, v_fma(left, w, left)), e.n, d, d_lo};
}

/* c / (2 + e^a + e^-a) for a = hi + lo, lo far smaller than hi >= 0, c a power of two: the
 * derivative of sigmoid and of tanh.
 *
 * With e^a = s e^r, s a power of two, the sum is base + s r + s up + down / s, where base = s + 2 +
 * 1/s, up = e^r - 1 - r and down = e^-r - 1, both from cosh and sinh. From the smallest term to the
 * largest: so the last sum and the quotient count, and little else. Beyond 87 s and c are scaled by
 * 2^-64, for s would overflow, and the quotient alone rounds into the subnormals. */
V_INLINE vf over_2_plus_powers(vf c, vf2 a) {
    vf magic = v_set(POW2_MAGIC);
    vm far = v_gt(a.hi, v_set(87.0f));
    if (v_seldom(far)) {
        a.hi = v_at_most(a.hi, v_set(110.0f)); /* beyond: 0 */
        c = v_sel(far, v_mul(c, v_set(0x1p-64f)), c);
        magic = v_sel(far, v_set(POW2_MAGIC - 64.0f), magic);
    }
    exp_parts e = exp_reduce(a.hi, magic);
    vf s = v_pow2(e.t), inverse = v_float(vi_sub(vi_set(254 << 23), v_bits(s)));
    vf r = v_add(e.r, a.lo), square = v_mul(r, r);
    vf even = v_fma(v_set(COSH_6), square, v_set(COSH_4));
    even = v_fma(even, square, v_set(0.5f));
    vf odd = v_fma(v_set(SINH_5), square, v_set(SINH_3));
    vf up = v_mul(square, v_fma(odd, r, even)), down = v_fms(square, v_fnma(odd, r, even), r);
    vf rest = v_add(inverse, v_set(2.0f)), base = v_add(s, rest);
    vf lost = v_sub(rest, v_sub(base, s));
    vf more = v_fma(s, up, v_fma(inverse, down, lost));
    return v_div(c, v_add(base, v_fma(s, r, more)));
}

/* t / (1 + t)^2, t = e^x, x <= 0 */
V_INLINE vd vd_decay_ratio(vd x) {
    vd t = vd_exp_product(vd_exp(x)), d = vd_add(t, vd_set(1));
    return vd_div(t, vd_mul(d, d));
}

/* 2^n y = t / (1 + t)^2 and d = 1 + t, t = e^(x + lo), in double as decay_parts: -1500 <= x <= 0,
 * lo far smaller than x. */
typedef struct f64_decay {
    vd2 y, d;
    vd n;
} f64_decay;

V_INLINE f64_decay f64_decay_ratio(vd x, vd lo) {
    f64_exp_parts e = f64_exp2(x, lo);
    vd s = vd_pow2(vd_at_least(e.t, vd_set(VD_POW2_MAGIC - 1000))); /* below, 1 + t = 1 */
    vd t = vd_fma(s, e.w, s), t_lo = vd_fma(s, e.lo, vd_fma(s, e.w, vd_sub(s, t)));
    vd one = vd_set(1), hi = vd_add(one, t);
    vd2 d = {hi, vd_add(vd_sub(t, vd_sub(hi, one)), t_lo)}, square = vd2_product(hi, hi);
    vd square_lo = vd_fma(vd_add(hi, hi), d.lo, square.lo), q = vd_div(one, square.hi);
    vd2 product = vd2_product(q, square.hi);
    vd left = vd_fnma(q, square_lo, vd_sub(vd_sub(one, product.hi), product.lo));
    vd rest = vd_add(e.w, vd_add(e.lo, vd_fma(left, e.w, left)));
    vd y = vd_fma(q, rest, q);
    return (f64_decay){{y, vd_fma(q, rest, vd_sub(q, y))}, d, f64_exponent(e)};
}
