#pragma once
#include "act/gelu_tanh.h"
#if V_PIECES == 16
#include "data/gelu_tanh_grad_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/gelu_tanh_grad_pieces_8.gen.h"
#endif
#include "data/gelu_tanh_root.gen.h"
#include "data/gelu_tanh_root_f64.gen.h"
#include "math/gate_grad.h"
#include "math/root.h"

/* gelu_tanh(x) = x / (1 + e^-u), u = x (U1 + U3 x^2), and x u' = x (U1 + 3 U3 x^2) */
V_INLINE vd gelu_tanh_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(9)), vd_set(-11)); /* beyond: 1 and -0 */
    vd square = vd_mul(b, b);
    vd u = vd_mul(b, vd_fma(square, vd_set(U3), vd_set(U1)));
    vd v = vd_mul(b, vd_fma(square, vd_set(3 * U3), vd_set(U1)));
    vd y = vd_gate_grad(u, vd_set(0), v);
    y = vd_except(y, x, 0x1.40d932p-25, 0x1.000002p-1);
    y = vd_except(y, x, -0x1.40d932p-26, 0x1.fffffep-2);
    return vd_except(y, x, -0x1.8280e4p-1, -0x1.115d88p-10);
}

/* U1 and U3 = HI + LO to 2^-42 and 2^-53; U1_F32_HI has 16 bits, so that its sum less itself is
 * exact. */
#define U1_F32_HI 0x1.9884p+0f
#define U1_F32_LO 0x1.4cf50ep-18f
#define U3_F32_HI 0x1.2444f2p-4f
#define U3_F32_LO 0x1.49b16ap-29f

#ifdef V_PIECES
/* As gelu_grad_by_power: h(a) = gelu_tanh'(-a) e^v from a table of polynomials, and below 2 the
 * derivative itself; v is u with U1_F32_HI and U3_F32_HI, and the table knows what it lacks. */
V_INLINE vf2 gelu_tanh_grad_parts(vf x) {
    vf a = v_abs(x);
    int far = v_seldom(v_gt(a, v_set(9.8f))); /* 2^n may be too small for a float */
    if (far) a = v_at_most(a, v_set(11.0f));  /* beyond: 1 and -0 */
    vi i = v_octave_piece(a);
    vf d = v_sub(a, v_piece(GELU_TANH_GRAD_PIECES_CENTER, i));
    vf2 h = v_piecewise2(GELU_TANH_GRAD_PIECES, V_ROWS(GELU_TANH_GRAD_PIECES), i, d);

    vm near = v_lt(v_add(a, v_set(1.0f)), v_set(3.0f)); /* the sum, as for i */
    vf b = v_sel(near, v_set(0.0f), a), magic = v_set(SCALED_MAGIC);
    vf square_lo, sum_lo, lo, square = v_mul2(b, b, &square_lo);
    vf sum = v_fma2(v_set(U3_F32_HI), square, v_set(U1_F32_HI), &sum_lo);
    vf v = v_mul2(b, sum, &lo);
    lo = v_fma(b, v_fma(v_set(U3_F32_HI), square_lo, sum_lo), lo);
    vf t = v_fma(v, v_set(-LOG2E), magic);
    vf r = v_add(v_fma(v_sub(t, magic), v_set(LN2), v), lo);
    vf h_er = v_fma(h.hi, scaled_w(t, r, -1), h.hi);
    vf y = far ? gate_grad_from_left(x, v_scale(h_er, scaled_n(t)), v_set(1.0f))
               : gate_grad_from_left(x, h_er, scaled_s(t));
    return gate_grad_and_lost(x, y, v_sel(near, h.lo, v_set(0.0f)));
}
V_INLINE vf gelu_tanh_grad_fast(vf x) { return gelu_tanh_grad_parts(x).hi; }
#elif V_FMA
V_INLINE vf gelu_tanh_grad_fast(vf x) {
    vf a = v_at_most(v_abs(x), v_set(11.0f)), bend_lo; /* beyond: 1 and -0 */
    vf2 square = vf2_product(a, a);
    vf sum = v_fma2(v_set(U3_F32_HI), square.hi, v_set(U1_F32_HI), &bend_lo);
    square.lo = v_fma(v_set(U3_F32_LO / U3_F32_HI), square.hi, square.lo);
    bend_lo = v_fma(v_set(U3_F32_HI), square.lo, v_add(bend_lo, v_set(U1_F32_LO)));
    vf2 u = vf2_product(a, sum);
    u.lo = v_fma(a, bend_lo, u.lo);
    /* |x| u' = |x| (U1 + U3 x^2 + 2 U3 x^2) */
    vf bend = v_sub(sum, v_set(U1_F32_HI)), rest_lo = v_sub(bend_lo, v_set(U1_F32_LO));
    vf2 steep = vf2_sum(sum, v_add(bend, bend));
    steep.lo = v_add(v_add(steep.lo, bend_lo), v_add(rest_lo, rest_lo));
    vf2 v = vf2_product(a, steep.hi);
    v.lo = v_fma(a, steep.lo, v.lo);

    vf from_hi = v_sub(a, v_set(GELU_TANH_ROOT_HI)), d = v_sub(from_hi, v_set(GELU_TANH_ROOT_LO));
    vf d_lo = v_sub(v_sub(from_hi, d), v_set(GELU_TANH_ROOT_LO));
    vf p = v_fma(v_set(GELU_TANH_ROOT_6), d, v_set(GELU_TANH_ROOT_5));
    p = v_fma(p, d, v_set(GELU_TANH_ROOT_4));
    p = v_fma(p, d, v_set(GELU_TANH_ROOT_3));
    p = v_fma(p, d, v_set(GELU_TANH_ROOT_2));
    vf2 around_0 = vf2_product(d, v_set(GELU_TANH_ROOT_1));
    around_0.lo = v_fma(d_lo, v_set(GELU_TANH_ROOT_1), v_fma(v_mul(d, d), p, around_0.lo));
    return gate_grad(x, u, v, around_0, v_lt(v_abs(d), v_set(0.125f)));
}
#else /* as silu_grad_fast */
V_INLINE vf gelu_tanh_grad_fast(vf x) { return vd_narrow(gelu_tanh_grad_exact(vd_widen(x))); }
#endif

V_INLINE vd gelu_tanh_grad_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(16)), vd_set(-22)); /* beyond: 1 and -0 */
    const vd2 u1 = {vd_set(U1), vd_set(U1_LO)}, u3 = {vd_set(U3), vd_set(U3_LO)};
    vd2 factor = {b, vd_set(0)}, bend = vd2_mul(u3, vd2_product(b, b));
    vd2 straight = vd2_add(u1, bend), twice = {vd_add(bend.hi, bend.hi), vd_add(bend.lo, bend.lo)};
    vd2 u = vd2_mul(factor, straight), v = vd2_mul(factor, vd2_add(straight, twice));
    vd near = f64_near_root(factor, GELU_TANH_ROOT_F64_HI, GELU_TANH_ROOT_F64_LO,
                            GELU_TANH_ROOT_F64_REST, GELU_TANH_ROOT_F64);
    return vd_sel(f64_is_near(b, GELU_TANH_ROOT_F64_HI), near, f64_gate_grad(u, v));
}
