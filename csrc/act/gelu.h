#pragma once
#include "data/normal_cdf.gen.h"
#include "data/normal_tail.gen.h"
#include "data/normal_tail_f64.gen.h"
#include "math/exp.h"
#include "math/f64.h"

/* gelu(x) = x Phi(x), Phi the normal distribution function (Hendrycks and Gimpel 2016).
 *
 * |x| < 0.8: x / 2 + x^2 c(x^2), c from the odd part of Phi.
 * Beyond: with a = |x|, h(a) = a Phi(-a) e^(a^2/2) is smooth and a polynomial in t = (a - 1.78125)
 * / (a + 4); gelu(-a) = -h(a) e^(-a^2/2) with a^2 in two pieces, and gelu(a) = a + gelu(-a). h e^r
 * is summed with its largest term, h0, last. */
static inline vf gelu_fast(vf x) {
    vf high = v_set(14.6f), a = v_abs(x); /* gelu(-14.6) rounds to -0 */
    a = v_sel(v_gt(a, high), high, a);
    vf u = v_mul(a, a);
    vf c = v_set(NORMAL_CDF_9);
    c = v_fma(c, u, v_set(NORMAL_CDF_7));
    c = v_fma(c, u, v_set(NORMAL_CDF_5));
    c = v_fma(c, u, v_set(NORMAL_CDF_3));
    c = v_fma(c, u, v_set(NORMAL_CDF_1));
    vf small = v_fma(c, u, v_mul(x, v_set(0.5f)));

    vf lo, square = v_mul2(a, a, &lo);
    const vf minus_half = v_set(-0.5f);
    exp_parts e = exp_reduce2(v_mul(square, minus_half), v_mul(lo, minus_half), v_set(ROUND_MAGIC));
    vf t = v_div(v_sub(a, v_set(1.78125f)), v_add(a, v_set(4.0f)));
    vf h = v_set(NORMAL_TAIL_8);
    h = v_fma(h, t, v_set(NORMAL_TAIL_7));
    h = v_fma(h, t, v_set(NORMAL_TAIL_6));
    h = v_fma(h, t, v_set(NORMAL_TAIL_5));
    h = v_fma(h, t, v_set(NORMAL_TAIL_4));
    h = v_fma(h, t, v_set(NORMAL_TAIL_3));
    h = v_fma(h, t, v_set(NORMAL_TAIL_2));
    h = v_fma(h, t, v_set(NORMAL_TAIL_1));
    vf q = v_mul(h, t), h0 = v_set(NORMAL_TAIL_0);
    vf h_er = v_add(h0, v_fma(v_add(h0, q), expm1_poly(e.r), q));
    vf tail = v_scale(h_er, e.n);
    vf large = v_sel(v_gt(x, v_set(0.0f)), v_sub(x, tail), tail);
    return v_copysign(v_sel(v_lt(a, v_set(0.8f)), small, large), x);
}

/* As above, but libm's erf serves where 1 + erf cancels little, and h is a polynomial in
 * q = (a - 4) / (a + 4). */
static inline double gelu_f64(double x) {
    if (!isless(x, -0.875)) return x * (0.5 + 0.5 * erf(x * 0x1.6a09e667f3bcdp-1)); /* sqrt(1/2) */

    static const double c[] = {
        NORMAL_TAIL_F64_0,  NORMAL_TAIL_F64_1,  NORMAL_TAIL_F64_2,  NORMAL_TAIL_F64_3,
        NORMAL_TAIL_F64_4,  NORMAL_TAIL_F64_5,  NORMAL_TAIL_F64_6,  NORMAL_TAIL_F64_7,
        NORMAL_TAIL_F64_8,  NORMAL_TAIL_F64_9,  NORMAL_TAIL_F64_10, NORMAL_TAIL_F64_11,
        NORMAL_TAIL_F64_12, NORMAL_TAIL_F64_13, NORMAL_TAIL_F64_14, NORMAL_TAIL_F64_15,
        NORMAL_TAIL_F64_16, NORMAL_TAIL_F64_17, NORMAL_TAIL_F64_18, NORMAL_TAIL_F64_19,
        NORMAL_TAIL_F64_20, NORMAL_TAIL_F64_21,
    };
    double a = -f64_at_least(x, -40); /* gelu(-40) rounds to -0 */
    double q = (a - 4) / (a + 4), p = c[21];
    for (int i = 20; i > 0; i--)
        p = p * q + c[i];
    f64_pair square = f64_product(a, a);
    double rest = p * q;
    rest -= (c[0] + rest) * 0.5 * square.lo;
    return -f64_times_exp(c[0] + rest, -0.5 * square.hi);
}
