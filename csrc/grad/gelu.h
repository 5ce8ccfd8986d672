#pragma once
#include "act/gelu.h"
#include "data/gelu_grad_odd.gen.h"
#if V_PIECES == 16
#include "data/gelu_grad_left_pieces_32.gen.h"
#include "data/gelu_grad_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/gelu_grad_pieces_8.gen.h"
#endif
#include "data/gelu_root.gen.h"
#include "data/gelu_root_f64.gen.h"
#include "data/mills.gen.h"
#include "math/gate_grad.h"
#include "math/root.h"

#define ONE_OVER_ROOT_TWO_PI 0x1.9884533d43651p-2
/* HI + REST to 2^-86: HI has 29 bits, so that its product with a float is exact in double. */
#define ONE_OVER_ROOT_TWO_PI_HI 0x1.9884534p-2
#define ONE_OVER_ROOT_TWO_PI_REST -0x1.5e4d7b9781a62p-33

/* gelu'(x) = Phi(x) + x phi(x), for x = -a: e^(-a^2/2) (mills - a / sqrt(2 pi)), with mills(a) =
 * e^(a^2/2) Phi(-a) as in gelu_exact; and 1 less that for x = a. */
V_INLINE vd gelu_grad_exact(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(14.7)), four = vd_set(4); /* beyond: 1 and -0 */
    vd_exp_parts e = vd_exp(vd_mul(vd_mul(a, a), vd_set(-0.5)));
    vd mills = VD_POLY(vd_div(vd_sub(a, four), vd_add(a, four)), MILLS_F64);
    vd rest = vd_fnma(a, vd_set(ONE_OVER_ROOT_TWO_PI_HI), mills);
    rest = vd_fnma(a, vd_set(ONE_OVER_ROOT_TWO_PI_REST), rest);
    vd left = vd_mul(vd_fma(rest, e.w, rest), e.s);
    vd y = vd_sel(vd_lt(x, vd_set(0)), left, vd_sub(vd_set(1), left));
    y = vd_except(y, x, 0x1.40d932p-25, 0x1.000002p-1);
    y = vd_except(y, x, -0x1.40d932p-26, 0x1.fffffep-2);
    return vd_except(y, x, -0x1.a1becap-14, 0x1.ffeb2ap-2);
}

#ifdef V_PIECES
/* As gelu_fast: h(a) = (Phi(-a) - a phi(a)) e^(a^2/2) from a table of polynomials, and times
 * e^(-a^2/2) it is the derivative at -a. Below 2, where h has its zero, the table has the
 * derivative itself, and e^0 takes the place of the power. */
V_INLINE vf2 gelu_grad_by_power(vf x) {
    vf a = v_abs(x);
    int far = v_seldom_gt(a, 13.0f);          /* 2^n may be too small for a float */
    if (far) a = v_at_most(a, v_set(14.65f)); /* beyond: 1 and -0 */
    vi i = v_octave_piece(a);
    vf d = v_sub(a, v_piece(GELU_GRAD_PIECES_CENTER, i)), h0 = v_piece(GELU_GRAD_PIECES[0], i);
    vf p = v_piecewise(GELU_GRAD_PIECES, 1, V_ROWS(GELU_GRAD_PIECES), i, d);
    vf q = v_mul(p, d), h = v_fma(p, d, h0);

    vm near = v_lt(v_add(a, v_set(1.0f)), v_set(3.0f)); /* the sum, as for i */
    vf b = v_sel(near, v_set(0.0f), a);
    vf lo, square = v_mul2(b, b, &lo), magic = v_set(SCALED_MAGIC);
    vf t = v_fma(square, v_set(-0.5f * LOG2E), magic);
    vf twice = v_add(v_fma(v_sub(t, magic), v_set(2 * LN2), square), lo);
    vf h_er = v_sel(near, h, v_add(h0, v_fma(h, scaled_w(t, twice, -0.5f), q)));
    vf y = far ? gate_grad_from_left(x, v_scale(h_er, scaled_n(t)), v_set(1.0f))
               : gate_grad_from_left(x, h_er, scaled_s(t));
    return gate_grad_and_lost(x, y, v_sel(near, v_fma_lost(p, d, h0, h), v_set(0.0f)));
}

#if V_PIECES == 16
/* As gelu_fast. The table's last pieces are too wide: beyond 8.8 they would break the bound. */
V_INLINE vf gelu_grad_fast(vf x) {
    const float most = 8.6f;
    vf a = v_at_most(v_abs(x), v_set(most)); /* above, it rounds to 1 */
    vf y = gate_grad_from_left(x, V_STEEP_PIECES(GELU_GRAD_LEFT_PIECES, a), v_set(1.0f));
    return v_seldom_lt(x, -most) ? v_sel(v_lt(x, v_set(-most)), gelu_grad_by_power(x).hi, y) : y;
}
#else
V_INLINE vf gelu_grad_fast(vf x) { return gelu_grad_by_power(x).hi; }
#endif
#else
/* The same in floats, to 2^-51. */
#define ONE_OVER_ROOT_TWO_PI_F32_HI 0x1.988454p-2f
#define ONE_OVER_ROOT_TWO_PI_F32_LO -0x1.857936p-27f

/* Three polynomials: for |x| < 0.36 the odd part, around the zero the whole of mills - a / sqrt(2
 * pi), in the distance from it, and beyond mills. */
V_INLINE vf gelu_grad_fast(vf x) {
    vf a = v_at_most(v_abs(x), v_set(14.65f)); /* beyond: 1 and -0 */
    vf q = v_div(v_sub(a, v_set(2.0f)), v_add(a, v_set(4.0f))), q2 = v_mul(q, q);
    vf m = v_fma(v_set(MILLS_8), q, v_set(MILLS_7));
    m = v_fma(m, q2, v_fma(v_set(MILLS_6), q, v_set(MILLS_5)));
    m = v_fma(m, q2, v_fma(v_set(MILLS_4), q, v_set(MILLS_3)));
    m = v_fma(m, q2, v_fma(v_set(MILLS_2), q, v_set(MILLS_1)));
    vf2 slope = vf2_product(a, v_set(ONE_OVER_ROOT_TWO_PI_F32_HI));
#if V_FMA
    vf2 rest = vf2_sum(v_fma(m, q, v_set(MILLS_0)), v_neg(slope.hi));
#else /* the sum with MILLS_0 rounds by itself */
    vf2 mills = vf2_sum(v_set(MILLS_0), v_mul(m, q)), rest = vf2_sum(mills.hi, v_neg(slope.hi));
    rest.lo = v_add(rest.lo, mills.lo);
#endif
    rest.lo = v_sub(rest.lo, v_fma(a, v_set(ONE_OVER_ROOT_TWO_PI_F32_LO), slope.lo));

    vf from_hi = v_sub(a, v_set(GELU_ROOT_HI)), d = v_sub(from_hi, v_set(GELU_ROOT_LO));
    vf d_lo = v_sub(v_sub(from_hi, d), v_set(GELU_ROOT_LO)), d2 = v_mul(d, d);
    vf p = v_fma(v_set(GELU_ROOT_8), d, v_set(GELU_ROOT_7));
    p = v_fma(p, d2, v_fma(v_set(GELU_ROOT_6), d, v_set(GELU_ROOT_5)));
    p = v_fma(p, d2, v_fma(v_set(GELU_ROOT_4), d, v_set(GELU_ROOT_3)));
    p = v_fma(p, d, v_set(GELU_ROOT_2));
    vf2 around_0 = vf2_product(d, v_set(GELU_ROOT_1));
    around_0.lo = v_fma(d2, p, v_fma(d_lo, v_set(GELU_ROOT_1), around_0.lo));
    rest = vf2_sel(v_lt(v_abs(d), v_set(0.4f)), around_0, rest);

    vf2 square = vf2_product(a, a);
    exp_parts e = exp_reduce_half(square.hi, square.lo);
    vf left = v_add(rest.hi, v_fma(v_add(rest.hi, rest.lo), expm1_poly(e.r), rest.lo));
    left = v_scale(left, e.n);
    vf far = v_sel(v_lt(x, v_set(0.0f)), left, v_sub(v_set(1.0f), left));

    vf c = v_fma(v_set(GELU_GRAD_ODD_9), square.hi, v_set(GELU_GRAD_ODD_7));
    c = v_fma(c, square.hi, v_set(GELU_GRAD_ODD_5));
    c = v_fma(c, square.hi, v_set(GELU_GRAD_ODD_3));
    c = v_fma(c, square.hi, v_set(GELU_GRAD_ODD_1));
    return v_sel(v_lt(a, v_set(0.36f)), v_fma(c, v_copysign(a, x), v_set(0.5f)), far);
}
#endif

/* What ONE_OVER_ROOT_TWO_PI lacks, to 2^-109. */
#define ONE_OVER_ROOT_TWO_PI_LO -0x1.cbc0d30ebfd15p-56

/* Near 0, Phi(x) = 1/2 + x c(x^2) as in gelu_f64, and what c and phi are at 0 is added last. */
V_INLINE vd gelu_grad_f64(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(38.7)), b = vd_copysign(a, x); /* beyond: 1 and -0 */
    vd2 square = vd2_product(vd_mul(a, vd_set(-0.5)), a);
    f64_exp_parts e = f64_exp2(square.hi, square.lo);
    vd n = f64_exponent(e), w = vd_add(e.w, e.lo), density = vd_set(ONE_OVER_ROOT_TWO_PI);
    vd2 at_0 = vd2_sum(vd_set(NORMAL_CDF_F64[0]), density);
    at_0.lo = vd_add(at_0.lo, vd_set(ONE_OVER_ROOT_TWO_PI_LO));
    vd u = vd_mul(a, a), bend = vd_mul(u, vd_poly(u, NORMAL_CDF_F64 + 1, 8));
    vd2 slope_0 = vd2_sum(at_0.hi, vd_add(bend, vd_fma(density, w, at_0.lo)));
    vd2 odd = vd2_product(b, slope_0.hi);
    vd center = vd_add(vd_add(vd_set(0.5), odd.hi), vd_fma(b, slope_0.lo, odd.lo));

    vd c = vd_at_least(a, vd_set(0.5));
    vd2 h = f64_normal_tail(c);
    vd mills = vd_div(h.hi, c);
    vd2 product = vd2_product(mills, c), slope = vd2_product(c, density);
    vd mills_lo = vd_div(vd_add(vd_sub(vd_sub(h.hi, product.hi), product.lo), h.lo), c);
    vd slope_lo = vd_fma(c, vd_set(ONE_OVER_ROOT_TWO_PI_LO), slope.lo);
    vd2 rest = vd2_sum(mills, f64_neg(slope.hi));
    rest.lo = vd_add(rest.lo, vd_sub(mills_lo, slope_lo));
    vd left = vd_add(rest.hi, vd_fma(vd_add(rest.hi, rest.lo), w, rest.lo));
    left = vd_scale(left, n);
    vd far = vd_sel(vd_lt(x, vd_set(0)), left, vd_sub(vd_set(1), left));

    vd near = f64_near_root((vd2){b, vd_set(0)}, GELU_ROOT_F64_HI, GELU_ROOT_F64_LO,
                            GELU_ROOT_F64_REST, GELU_ROOT_F64);
    vd away = vd_sel(vd_lt(a, vd_set(0.6)), center, far);
    return vd_sel(f64_is_near(b, GELU_ROOT_F64_HI), near, away);
}
