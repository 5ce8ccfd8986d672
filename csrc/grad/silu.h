#pragma once
#if V_PIECES == 16
#include "data/silu_grad_left_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/silu_grad_left_pieces_8.gen.h"
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
/* The derivative of x / (1 + e^-u) for u = c |x| beyond the pieces: with t = e^-u it is t h at
 * -|x|, h = (1 + t - u) / (1 + t)^2, next to 1 - u + t (2 u - 1). */
V_INLINE vf silu_grad_far(vf x, vf2 u) {
    vf a = v_at_most(u.hi, v_set(110.0f)), one = v_set(1.0f); /* beyond: 1 and -0 */
    exp_parts e = exp_reduce_neg(a, v_set(SCALED_MAGIC));
    vf w = scaled_w(e.t, v_add(e.r, u.lo), -1), t = v_scale(v_add(w, one), scaled_n(e.t));
    vf line = v_sub(v_sub(one, a), u.lo), q = v_mul(t, v_sub(a, line));
    vf h_er = v_add(line, v_fma(v_add(line, q), w, q));
    return gate_grad_from_left(x, v_scale(h_er, scaled_n(e.t)), one);
}

/* As silu_grad2_parts, up to where the pieces end */
V_INLINE vf2 silu_grad_near(vf x, vf2 u) {
    v_place at = V_EVEN_PLACE2(SILU_GRAD_LEFT_PIECES, u.hi, u.lo);
    vf2 left = v_piecewise2(SILU_GRAD_LEFT_PIECES, V_ROWS(SILU_GRAD_LEFT_PIECES), at.i, at.d);
    return gate_grad_and_lost(x, gate_grad_from_left(x, left.hi, v_set(1.0f)), left.lo);
}

/* The derivative of x / (1 + e^-u) for u = c |x|, lo far smaller than hi, in two pieces */
V_INLINE vf2 silu_grad2_parts(vf x, vf2 u) {
    vf most = v_set(V_EVEN_MOST(SILU_GRAD_LEFT_PIECES));
    vm beyond = v_gt(u.hi, most);
    if (!v_seldom(beyond)) return silu_grad_near(x, u);
    vf2 near = silu_grad_near(x, (vf2){v_at_most(u.hi, most), u.lo});
    return vf2_sel(beyond, (vf2){silu_grad_far(x, u), v_set(0.0f)}, near);
}
V_INLINE vf silu_grad2(vf x, vf2 u) { return silu_grad2_parts(x, u).hi; }
#elif V_FMA
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
    vf w = expm1_poly(back), sum = v_fma(t, w, back);
    vf2 around_0 = {sum, v_fma(t, w, v_sub(back, sum))};
    around_0.lo = v_fnma(d_lo, v_set(SILU_ROOT_HI), around_0.lo);
    return gate_grad(x, u, u, around_0, v_lt(v_abs(d), v_set(0.34f)));
}
#endif

#if V_FMA
/* Adding -0 is no operation. */
V_INLINE vf silu_grad_fast(vf x) { return silu_grad2(x, (vf2){v_abs(x), v_set(-0.0f)}); }
#else /* where sums and products round by themselves, it takes less time in double */
V_INLINE vf silu_grad_fast(vf x) { return vd_narrow(silu_grad_exact(vd_widen(x))); }
#endif

/* silu'(u), u = hi + lo */
V_INLINE vd f64_silu_grad(vd2 u) {
    vd near =
        f64_near_root(u, SILU_ROOT_F64_HI, SILU_ROOT_F64_LO, SILU_ROOT_F64_REST, SILU_ROOT_F64);
    u.hi = vd_at_least(vd_at_most(u.hi, vd_set(60)), vd_set(-760)); /* beyond: 1 and -0 */
    return vd_sel(f64_is_near(u.hi, SILU_ROOT_F64_HI), near, f64_gate_grad(u, u));
}

V_INLINE vd silu_grad_f64(vd x) { return f64_silu_grad((vd2){x, vd_set(0)}); }
