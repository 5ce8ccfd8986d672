#pragma once
#if V_PIECES == 16
#include "data/gelu_left_pieces_32.gen.h"
#endif
#include "data/mills_f64.gen.h"
#include "data/normal_cdf.gen.h"
#include "data/normal_cdf_f64.gen.h"
#if V_PIECES == 16
#include "data/normal_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/normal_pieces_8.gen.h"
#endif
#include "data/normal_tail.gen.h"
#include "data/normal_tail_f64.gen.h"
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* gelu(x) = x Phi(x), Phi the normal distribution function (Hendrycks and Gimpel 2016).
 *
 * With a = |x|, h(a) = a Phi(-a) e^(a^2/2) is smooth, gelu(-a) = -h(a) e^(-a^2/2) with a^2 in two
 * pieces, and gelu(a) = a + gelu(-a): both are max(x, -0) less h e^(-a^2/2). h = h0 + q, |q| < h0,
 * and h e^r is summed with h0 last. */
#ifdef V_PIECES
/* h = h0 + q from a table of polynomials in d = a - center. */
typedef struct gelu_begun {
    vf x, h0, q, t, rest; /* e^(-a^2/2) = 2^n e^(-rest/2), n from t */
    int far;
} gelu_begun;

/* With 2 taken for e^LN2 one product will do in the reduction of the argument: what that changes in
 * 2^n is smooth in a, and h makes up for it. */
V_INLINE gelu_begun gelu_power_begin(vf x) {
    vf a = v_abs(x);
    int far = v_seldom_gt(a, 13.0f);         /* 2^n may be too small for a float */
    if (far) a = v_at_most(a, v_set(14.6f)); /* gelu(-14.6) rounds to -0 */
    vi i = v_octave_piece(a);
    vf d = v_sub(a, v_piece(NORMAL_PIECES_CENTER, i)), d2 = v_mul(d, d);
    vf bend = v_piecewise(NORMAL_PIECES, 2, V_ROWS(NORMAL_PIECES), i, d);
    vf q = v_fma(bend, d2, v_mul(d, v_piece(NORMAL_PIECES[1], i)));

    vf lo, square = v_mul2(a, a, &lo), magic = v_set(SCALED_MAGIC);
    vf t = v_fma(square, v_set(-0.5f * LOG2E), magic);
    vf rest = v_add(v_fma(v_sub(t, magic), v_set(2 * LN2), square), lo);
    return (gelu_begun){x, v_piece(NORMAL_PIECES[0], i), q, t, rest, far};
}

V_INLINE vf gelu_power_end(gelu_begun e) {
    vf w = scaled_w(e.t, e.rest, -0.5f), h_er = v_add(e.h0, v_fma(v_add(e.h0, e.q), w, e.q));
    vf line = v_positive(e.x);
    if (e.far) return v_sub(line, v_scale(h_er, scaled_n(e.t)));
    return v_fnma(h_er, scaled_s(e.t), line);
}

V_INLINE vf gelu_by_power(vf x) { return gelu_power_end(gelu_power_begin(x)); }

#if V_PIECES == 16
/* A table of 32 entries, of a Phi(-a) itself, does without the power; it ends at 9.791. */
V_INLINE vf gelu_fast(vf x) {
    const float most = 9.78f;
    vf a = v_at_most(v_abs(x), v_set(most)); /* above, gelu(x) rounds to x */
    vf y = v_sub(v_positive(x), V_STEEP_PIECES(GELU_LEFT_PIECES, a));
    return v_seldom_lt(x, -most) ? v_sel(v_lt(x, v_set(-most)), gelu_by_power(x), y) : y;
}
#else
#define STAGED_gelu_fast gelu_begun,
V_INLINE gelu_begun gelu_fast_begin(vf x) { return gelu_power_begin(x); }
V_INLINE vf gelu_fast_end(gelu_begun e) { return gelu_power_end(e); }
V_INLINE vf gelu_fast(vf x) { return gelu_by_power(x); }
#endif
#else
/* Below 0.8 gelu(x) = x / 2 + x^2 c(x^2), c from the odd part of Phi. */
V_INLINE vf gelu_near_0(vf x, vf a) {
    vf u = v_mul(a, a);
    vf c = v_set(NORMAL_CDF_9);
    c = v_fma(c, u, v_set(NORMAL_CDF_7));
    c = v_fma(c, u, v_set(NORMAL_CDF_5));
    c = v_fma(c, u, v_set(NORMAL_CDF_3));
    c = v_fma(c, u, v_set(NORMAL_CDF_1));
    return v_fma(c, u, v_mul(x, v_set(0.5f)));
}

typedef struct gelu_begun {
    vf x, a, q;
    exp_parts e;
} gelu_begun;
#define STAGED_gelu_fast gelu_begun,

/* h = NORMAL_TAIL_0 + q is a polynomial in t = (a - 1.78125) / (a + 4). */
V_INLINE gelu_begun gelu_fast_begin(vf x) {
    vf most = v_set(14.6f), a = v_abs(x);
    if (v_seldom_clamps(v_gt(a, most))) a = v_at_most(a, most); /* gelu(-14.6) rounds to -0 */
    vf t = v_div(v_sub(a, v_set(1.78125f)), v_add(a, v_set(4.0f))), t2 = v_mul(t, t);
    vf h = v_fma(v_set(NORMAL_TAIL_7), t, v_set(NORMAL_TAIL_6));
    h = v_fma(v_set(NORMAL_TAIL_8), t2, h);
    h = v_fma(h, t2, v_fma(v_set(NORMAL_TAIL_5), t, v_set(NORMAL_TAIL_4)));
    h = v_fma(h, t2, v_fma(v_set(NORMAL_TAIL_3), t, v_set(NORMAL_TAIL_2)));
    h = v_fma(h, t, v_set(NORMAL_TAIL_1));
    vf lo, square = v_mul2(a, a, &lo);
    return (gelu_begun){x, a, v_mul(h, t), exp_reduce_half(square, lo)};
}

V_INLINE vf gelu_fast_end(gelu_begun b) {
    vf h0 = v_set(NORMAL_TAIL_0);
    vf h_er = v_add(h0, v_fma(v_add(h0, b.q), expm1_poly(b.e.r), b.q));
    vf beyond = v_sub(v_at_least(b.x, v_set(-0.0f)), v_scale(h_er, b.e.n));
    return v_copysign(v_sel(v_lt(b.a, v_set(0.8f)), gelu_near_0(b.x, b.a), beyond), b.x);
}

V_INLINE vf gelu_fast(vf x) { return gelu_fast_end(gelu_fast_begin(x)); }
#endif

/* On one path: e^(a^2/2) Phi(-a) is a polynomial in q = (a - 4) / (a + 4), and a^2 is exact. */
V_INLINE vd gelu_exact(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(14.7));
    vd b = vd_off_zero(a), four = vd_set(4);
    vd_exp_parts e = vd_exp(vd_mul(vd_mul(b, b), vd_set(-0.5)));
    vd mills = VD_POLY(vd_div(vd_sub(b, four), vd_add(b, four)), MILLS_F64);
    vd phi = vd_mul(vd_fma(mills, e.w, mills), e.s);
    return vd_fnma(a, phi, vd_at_least(x, vd_set(-0.0)));
}

/* h(1.5), as tools/minimax/normal_tail_f64.sollya has it */
#define NORMAL_TAIL_F64_MIDDLE 0x1.3c144030e6e09p-2

/* h(a) = a e^(a^2/2) Phi(-a) in two pieces: h - h(1.5) is a polynomial in q = (d - 4) / d, d = a
 * + 2.5. Where h is steep the roundings of d and q would count: what they change, times the slope,
 * for which a power of 1 - q will do, is added with the constant term. */
V_INLINE vd2 f64_normal_tail(vd a) {
    const double *c = NORMAL_TAIL_F64;
    vd d = vd_add(a, vd_set(2.5)), d_lo = vd_sub(a, vd_sub(d, vd_set(2.5))),
       n = vd_sub(d, vd_set(4));
    vd q = vd_div(n, d), k = vd_sub(vd_set(1), q);
    vd2 qd = vd2_product(q, d);
    vd changed = vd_fma(k, d_lo, vd_sub(vd_sub(n, qd.hi), qd.lo));
    vd slope = vd_mul(vd_mul(vd_set(0.072), k), vd_mul(k, k));
    vd rest = vd_fma(q, vd_horner(q, c + 1, 25), vd_fma(changed, slope, vd_set(c[0])));
    vd h0 = vd_set(NORMAL_TAIL_F64_MIDDLE), h = vd_add(h0, rest);
    return (vd2){h, vd_add(vd_sub(h0, h), rest)};
}

/* As gelu_fast, near 0 below 0.6. */
V_INLINE vd gelu_f64(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(38.7)); /* gelu(-38.7) rounds to -0 */
    vd u = vd_mul(a, a), near = vd_fma(VD_POLY(u, NORMAL_CDF_F64), u, vd_mul(x, vd_set(0.5)));
    vd2 h = f64_normal_tail(a), square = vd2_product(vd_mul(a, vd_set(-0.5)), a);
    f64_exp_parts e = f64_exp2(square.hi, square.lo);
    vd h_er = vd_add(h.hi, vd_fma(h.hi, e.w, vd_fma(h.hi, e.lo, h.lo)));
    vd tail = vd_scale(h_er, vd_sub(e.t, vd_set(VD_POW2_MAGIC)));
    vd far = vd_sub(vd_at_least(x, vd_set(-0.0)), tail);
    return vd_copysign(vd_sel(vd_lt(a, vd_set(0.6)), near, far), x);
}
