#pragma once
#ifdef V_PIECES
#include "data/mish_grad_pieces_16.gen.h"
#endif
#if V_PIECES == 16
#include "data/mish_grad_all_pieces_32.gen.h"
#endif
#include "data/mish_root_f64.gen.h"
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/root.h"

/* mish'(x) = y (4 (x + 1) + y (4 x + 6 + y (4 + y))) / (y (y + 2) + 2)^2, y = e^x (Misra 2019) */
V_INLINE vd mish_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(20)), vd_set(-110)); /* beyond: 1 and -0 */
    vd y = vd_exp_product(vd_exp(b)), four = vd_set(4);
    vd n = vd_fma(y, vd_add(y, four), vd_fma(b, four, vd_set(6)));
    n = vd_mul(y, vd_fma(y, n, vd_fma(b, four, four)));
    vd d = vd_fma(y, vd_add(y, vd_set(2)), vd_set(2));
    return vd_except(vd_div(n, vd_mul(d, d)), x, -0x1.4p-27, 0x1.333332p-1);
}

#ifdef V_PIECES
/* The derivative at -a is t h, t = e^-a, h = (4 (1 - a) + t (6 - 4 a + t (4 + t))) / (2 + t (2 +
 * t))^2. Tables have polynomials for h, for t h below 2, where h has its zero, and for the
 * derivative at a; there and below 2 e^0 takes the place of t. Beyond 14.9 h is 1 - a + t (a -
 * 1/2). */
V_INLINE vf mish_grad_by_power(vf x) {
    vf a = v_abs(x), piece = a, most = v_set(14.9f), one = v_set(1.0f);
    int far = v_seldom(v_gt(a, most));
    if (far) {
        a = v_at_most(a, v_set(110.0f)); /* beyond: 1 and -0 */
        piece = v_at_most(a, most);
    }
    vf from_1 = v_add(piece, one);
    vi i = vi_side_piece(v_bits(from_1), v_bits(x));
    vf d = v_sub(piece, v_lookup(MISH_GRAD_PIECES_CENTER, i));
    vf h0 = v_lookup(MISH_GRAD_PIECES[0], i), slope = v_lookup(MISH_GRAD_PIECES[1], i);
    vf p = v_lookup(MISH_GRAD_PIECES[9], i);
    V_UNROLL(7)
    for (int k = 8; k > 1; k--)
        p = v_fma(p, d, v_lookup(MISH_GRAD_PIECES[k], i));
    /* Around the zero, where h0 is next to nothing, what this sum loses would count in full. */
    vf sum = v_fma(p, d, slope), lost = v_fma(p, d, v_sub(slope, sum));
    vf q = v_mul(sum, d), h = v_fma(sum, d, v_fma(lost, d, h0));

    vm near = v_gt(v_copysign(from_1, x), v_set(-3.0f));
    vf b = v_sel(near, v_set(0.0f), a);
    exp_parts e = exp_reduce_neg(b, v_set(SCALED_MAGIC));
    vf w = scaled_w(e.t, e.r, -1);
    if (far) {
        vm beyond = v_lt(x, v_neg(most));
        vf line = v_sub(one, a), t = v_scale(v_add(w, one), scaled_n(e.t));
        h0 = v_sel(beyond, line, h0);
        q = v_sel(beyond, v_mul(t, v_sub(a, v_set(0.5f))), q);
        h = v_sel(beyond, v_add(h0, q), h);
    }
    vf h_er = v_sel(near, h, v_add(h0, v_fma(h, w, q)));
    return far ? v_scale(h_er, scaled_n(e.t)) : v_mul(h_er, scaled_s(e.t));
}

#if V_PIECES == 16
/* Without a power: a table of 32 entries has the derivative from -10.97 to 10.3, above which it
 * rounds to 1. Its pieces are of one width, that around 0 is the first. */
V_INLINE vf mish_grad_fast(vf x) {
    vm beyond = v_lt(x, v_set(-10.9f));
    int far = v_seldom(beyond);
    vf b = v_at_most(far ? v_sel(beyond, v_set(0.0f), x) : x, v_set(10.3f));
    vi i = v_bits(v_fma(b, v_set(MISH_GRAD_ALL_PIECES_PER), v_set(ROUND_MAGIC)));
    vf d = v_sub(b, v_lookup32(MISH_GRAD_ALL_PIECES_CENTER, i));
    const int last = V_ROWS(MISH_GRAD_ALL_PIECES) - 1;
    vf p = v_lookup32(MISH_GRAD_ALL_PIECES[last], i);
    p = v_piecewise32(p, MISH_GRAD_ALL_PIECES, 2, last, i, d);
    vf slope = v_lookup32(MISH_GRAD_ALL_PIECES[1], i), sum = v_fma(p, d, slope);
    vf lost = v_fma(p, d, v_sub(slope, sum)); /* as above */
    vf y = v_fma(sum, d, v_fma(lost, d, v_lookup32(MISH_GRAD_ALL_PIECES[0], i)));
    return far ? v_sel(beyond, mish_grad_by_power(x), y) : y;
}
#else
V_INLINE vf mish_grad_fast(vf x) { return mish_grad_by_power(x); }
#endif
#else
/* Its zero at -1.19 takes more than float holds of e^x. */
V_INLINE vf mish_grad_fast(vf x) { return vd_narrow(mish_grad_exact(vd_widen(x))); }
#endif

/* With y, d = y (y + 2) + 2 and what is divided by d^2 in two pieces each. */
V_INLINE vd mish_grad_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(40)), vd_set(-760)); /* beyond: 1 and -0 */
    f64_exp_parts e = f64_exp(b);
    vd s = vd_pow2(vd_at_least(e.t, vd_set(VD_POW2_MAGIC - 1000)));
    vd y = vd_fma(s, e.w, s), y_lo = vd_fma(s, e.lo, vd_fma(s, e.w, vd_sub(s, y)));
    vd two = vd_set(2), four = vd_set(4), steep = vd_mul(b, four), twice = vd_add(y, y);
    vd2 d = vd2_add(vd2_sum(twice, two), vd2_product(y, y));
    d.lo = vd_fma(y_lo, vd_add(twice, two), d.lo);
    vd2 square = vd2_product(d.hi, d.hi);
    square.lo = vd_fma(vd_add(d.hi, d.hi), d.lo, square.lo);
    vd inverse = vd_div(vd_set(1), square.hi);

    vd2 y2 = {y, y_lo}, y_4 = vd2_add(y2, (vd2){four, vd_set(0)});
    vd2 k = vd2_add(vd2_mul(y2, y_4), vd2_sum(steep, vd_set(6)));
    vd2 n = vd2_add(vd2_mul(y2, k), vd2_sum(steep, four));
    vd q = vd_mul(n.hi, inverse);
    vd2 product = vd2_product(q, square.hi);
    vd lost = vd_add(vd_sub(vd_sub(n.hi, product.hi), product.lo), vd_fnma(q, square.lo, n.lo));
    vd q_lo = vd_mul(lost, inverse), w = vd_add(e.w, e.lo);
    vd rest = vd_fma(q, w, vd_fma(q_lo, w, q_lo));
    vd away = vd_scale(vd_add(q, rest), f64_exponent(e));
    vd near = f64_near_root((vd2){b, vd_set(0)}, MISH_ROOT_F64_HI, MISH_ROOT_F64_LO,
                            MISH_ROOT_F64_REST, MISH_ROOT_F64);
    return vd_sel(f64_is_near(b, MISH_ROOT_F64_HI), near, away);
}
