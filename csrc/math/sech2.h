#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* 2^k t / (1 + t)^2, t = e^x, for -106 <= x <= 0: sech^2(x/2) / 4 times a power of two.
 *
 * With t = s (1 + w), s a power of two, it is s (1 + w) q, q = 1 / (1 + t)^2. The square in two
 * pieces and what the quotient leaves give q an error far below a rounding's, so that the sum
 * q + q w rounds alone. */
V_INLINE vf decay_ratio(vf x, vf k) {
    exp_parts e = exp_reduce(x, v_set(POW2_MAGIC));
    vf w = expm1_poly(e.r), one = v_set(1.0f);
    vf s = v_pow2(v_at_least(e.t, v_set(POW2_MAGIC - 126.0f))); /* below, 1 + t = 1 */
    vf t = v_fma(s, w, s), t_lo = v_fma(s, w, v_sub(s, t));
    vf d = v_add(one, t), d_lo = v_add(v_sub(t, v_sub(d, one)), t_lo);
    vf square_lo, square = v_mul2(d, d, &square_lo);
    square_lo = v_fma(v_add(d, d), d_lo, square_lo);
    vf q = v_div(one, square), product_lo, product = v_mul2(q, square, &product_lo);
    vf left = v_fnma(q, square_lo, v_sub(v_sub(one, product), product_lo));
    return v_scale(v_fma(q, v_add(w, v_fma(left, w, left)), q), v_add(e.n, k));
}

/* t / (1 + t)^2, t = e^x, x <= 0 */
V_INLINE vd vd_decay_ratio(vd x) {
    vd t = vd_exp_product(vd_exp(x)), d = vd_add(t, vd_set(1));
    return vd_div(t, vd_mul(d, d));
}

static inline double f64_decay_ratio(double x) {
    double t = exp(x), r = 1 / (1 + t);
    return f64_times_exp(r * r, x);
}
