#pragma once
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
#if V_FMA
    vf w = expm1_poly(r);
#else
    vf2 w2 = expm1_poly2(r);
    vf w = w2.hi;
#endif
    vf s = v_pow2(v_at_least(e.t, v_set(POW2_MAGIC - 126.0f))); /* below, 1 + t = 1 */
    vf t = v_fma(s, w, s), t_lo = v_fma(s, w, v_sub(s, t));
    vf d = v_add(one, t), d_lo = v_add(v_sub(t, v_sub(d, one)), t_lo);
    vf square_lo, square = v_mul2(d, d, &square_lo);
    square_lo = v_fma(v_add(d, d), d_lo, square_lo);
    vf q = v_div(one, square), product_lo, product = v_mul2(q, square, &product_lo);
    vf left = v_fnma(q, square_lo, v_sub(v_sub(one, product), product_lo));
    vf more = v_fma(left, w, left);
#if !V_FMA
    more = v_add(more, w2.lo);
#endif
    return (decay){q, v_add(w, more), e.n, d, d_lo};
}

/* 2^k t / (1 + t)^2, t = e^x */
V_INLINE vf decay_ratio(vf x, vf k) {
    decay p = decay_parts(x, v_set(0.0f));
    return v_scale(v_fma(p.q, p.rest, p.q), v_add(p.n, k));
}

/* t / (1 + t)^2, t = e^x, x <= 0 */
V_INLINE vd vd_decay_ratio(vd x) {
    vd t = vd_exp_product(vd_exp(x)), d = vd_add(t, vd_set(1));
    return vd_div(t, vd_mul(d, d));
}

/* 2^n y = t / (1 + t)^2 and d = 1 + t, t = e^(x + lo), in double as decay_ratio: -1500 <= x <= 0,
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
