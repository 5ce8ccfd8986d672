#pragma once
#if V_PIECES == 16
#include "data/silu_grad_left_pieces_32.gen.h"
#include "data/silu_grad_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/silu_grad_pieces_8.gen.h"
#endif
#include "data/silu_root_f64.gen.h"
#include "math/gate_grad.h"
#include "math/root.h"

/* silu'(x). Near 0, 1/2 + x/2 may lie in the middle between two floats, and -x^3/24 decides, which
 * double does not see: as in sigmoid_exact, a slope too small by 2^-29 decides alike. */
V_INLINE vd silu_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(60)), vd_set(-110)); /* beyond: 1 and -0 */
    vd near = vd_fma(x, vd_set(0.5 - 0x1p-29), vd_set(0.5));
    return vd_sel(vd_lt(vd_abs(x), vd_set(0x1p-14)), near, vd_gate_grad(b, vd_set(0), b));
}

#ifdef V_PIECES
/* The derivative of x / (1 + e^-u) for u = c |x|: with t = e^-u it is t h at -|x|, h = (1 + t - u)
 * / (1 + t)^2. A table has polynomials for h, and below 2, where h has its zero, for t h, and e^0
 * takes the place of t. Beyond 14.9 h is 1 - u + t (2 u - 1). */
V_INLINE vf silu_grad2(vf x, vf2 u) {
    vf a = u.hi, piece = a, most = v_set(14.9f), one = v_set(1.0f);
    int far = v_seldom(v_gt(a, most));
    if (far) {
        a = v_at_most(a, v_set(110.0f)); /* beyond: 1 and -0 */
        piece = v_at_most(a, most);
    }
    vi i = v_octave_piece(piece);
    vf d = v_add(v_sub(piece, v_piece(SILU_GRAD_PIECES_CENTER, i)), u.lo);
    vf h0 = v_piece(SILU_GRAD_PIECES[0], i);
    vf p = v_piecewise(SILU_GRAD_PIECES, 1, V_ROWS(SILU_GRAD_PIECES), i, d);
    vf q = v_mul(p, d), h = v_fma(p, d, h0);

    vm near = v_lt(v_add(a, one), v_set(3.0f)); /* the sum, as for i */
    vf b = v_sel(near, v_set(0.0f), a);
    exp_parts e = exp_reduce_neg(b, v_set(SCALED_MAGIC));
    vf w = scaled_w(e.t, v_add(e.r, u.lo), -1);
    if (far) {
        vm beyond = v_gt(a, most);
        vf line = v_sub(v_sub(one, a), u.lo), t = v_scale(v_add(w, one), scaled_n(e.t));
        h0 = v_sel(beyond, line, h0);
        q = v_sel(beyond, v_mul(t, v_sub(a, line)), q);
        h = v_sel(beyond, v_add(h0, q), h);
    }
    vf h_er = v_sel(near, h, v_add(h0, v_fma(h, w, q)));
    return far ? gate_grad_from_left(x, v_scale(h_er, scaled_n(e.t)), one)
               : gate_grad_from_left(x, h_er, scaled_s(e.t));
}
#else
/* HI + LO, where 1 + e^-u - u = 0 */
#define SILU_ROOT_HI 0x1.474974p+0f
#define SILU_ROOT_LO -0x1.bdf6fap-27f

/* The derivative of x / (1 + e^-u) for u = c |x|. With u = r + d the sum 1 + e^-u - u is (r - 1)
 * (e^-d - 1) - d. */
V_INLINE vf silu_grad2(vf x, vf2 u) {
    u.hi = v_at_most(u.hi, v_set(110.0f)); /* beyond: 1 and -0 */
    vf from_hi = v_sub(u.hi, v_set(SILU_ROOT_HI)), from_lo = v_sub(u.lo, v_set(SILU_ROOT_LO));
    vf d = v_add(from_hi, from_lo), d_lo = v_sub(from_lo, v_sub(d, from_hi));
    vf back = v_neg(d), t = v_set(SILU_ROOT_HI - 1);
#if V_FMA
    vf w = expm1_poly(back), sum = v_fma(t, w, back);
    vf2 around_0 = {sum, v_fma(t, w, v_sub(back, sum))};
#else /* sums and products round by themselves */
    vf2 w = expm1_poly2(back), product = vf2_product(t, w.hi);
    vf2 around_0 = vf2_sum(product.hi, back);
    around_0.lo = v_add(around_0.lo, v_fma(t, w.lo, product.lo));
#endif
    around_0.lo = v_fnma(d_lo, v_set(SILU_ROOT_HI), around_0.lo);
    return gate_grad(x, u, u, around_0, v_lt(v_abs(d), v_set(0.34f)));
}
#endif

/* Adding -0 is no operation. */
V_INLINE vf silu_grad_by_power(vf x) { return silu_grad2(x, (vf2){v_abs(x), v_set(-0.0f)}); }

#if V_PIECES == 16
/* As gelu_fast; the table ends at 20.59. */
V_INLINE vf silu_grad_fast(vf x) {
    vf most = v_set(20.5f), a = v_at_most(v_abs(x), most); /* above, it rounds to 1 */
    vf y = gate_grad_from_left(x, V_STEEP_PIECES(SILU_GRAD_LEFT_PIECES, a), v_set(1.0f));
    vm beyond = v_lt(x, v_neg(most));
    return v_seldom(beyond) ? v_sel(beyond, silu_grad_by_power(x), y) : y;
}
#else
V_INLINE vf silu_grad_fast(vf x) { return silu_grad_by_power(x); }
#endif

/* silu'(u), u = hi + lo */
V_INLINE vd f64_silu_grad(vd2 u) {
    vd near =
        f64_near_root(u, SILU_ROOT_F64_HI, SILU_ROOT_F64_LO, SILU_ROOT_F64_REST, SILU_ROOT_F64);
    u.hi = vd_at_least(vd_at_most(u.hi, vd_set(60)), vd_set(-760)); /* beyond: 1 and -0 */
    return vd_sel(f64_is_near(u.hi, SILU_ROOT_F64_HI), near, f64_gate_grad(u, u));
}

V_INLINE vd silu_grad_f64(vd x) { return f64_silu_grad((vd2){x, vd_set(0)}); }
