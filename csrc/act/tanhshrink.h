#pragma once
#include "math/f64.h"
#include "data/tanhshrink.gen.h"
#include "data/tanhshrink_f64.gen.h"
#if V_PIECES == 16
#include "data/tanhshrink_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/tanhshrink_pieces_8.gen.h"
#endif
#include "math/exp.h"
#include "math/exp_f64.h"

/* Where x^3 / 3 of a subnormal result lies in the middle between two numbers, -2 x^5 / 15 decides:
 * p of this x^2, not of 0, gets the right side of it. And 2 e^-18 in the place of less says that
 * x - tanh(x) lies above a middle x - 1. */
V_INLINE vd tanhshrink_exact(vd x) {
    vd a = vd_abs(x), u = vd_mul(a, a), one = vd_set(1);
    vd p = VD_POLY(vd_at_least(vd_at_most(u, one), vd_set(0x1p-50)), TANHSHRINK_F64);
    vd near = vd_mul(vd_mul(a, u), p);
    vd_exp_parts e = vd_exp(vd_mul(vd_at_most(a, vd_set(9)), vd_set(-2)));
    vd twice = vd_add(e.s, e.s);
    vd rest = vd_div(vd_fma(twice, e.w, twice), vd_fma(e.s, e.w, vd_add(one, e.s)));
    vd far = vd_add(vd_sub(a, one), rest);
    return vd_copysign(vd_sel(vd_lt(a, one), near, far), x);
}

#ifdef V_PIECES
/* x - tanh(x) = x^3 h, the cube in two pieces, and h a polynomial in d = |x| - center. From 9.1 on
 * tanh is 1 but for 0.03 ULP of the result. */
#define TANHSHRINK_FAR 9.1f
typedef struct tanhshrink_begun {
    vf x, cube, cube_lo;
    v_place at;
    int far;
} tanhshrink_begun;
#define STAGED_tanhshrink_fast tanhshrink_begun,

V_INLINE tanhshrink_begun tanhshrink_fast_begin(vf x) {
    vf a = v_abs(x), most = v_set(TANHSHRINK_FAR);
    int far = v_seldom(v_gt(a, most));
    if (far) a = v_at_most(a, most);
    vi i = v_octave_piece(a);
    vf u_lo, cube_lo, u = v_mul2(a, a, &u_lo), cube = v_mul2(u, a, &cube_lo);
    v_place at = {i, v_sub(a, v_piece(TANHSHRINK_PIECES_CENTER, i))};
    return (tanhshrink_begun){x, cube, v_fma(u_lo, a, cube_lo), at, far};
}

V_INLINE vf tanhshrink_fast_end(tanhshrink_begun b) {
    vf h = V_AT(TANHSHRINK_PIECES, b.at), y = v_fma(b.cube, h, v_mul(b.cube_lo, h));
    if (b.far) {
        vf a = v_abs(b.x);
        y = v_sel(v_gt(a, v_set(TANHSHRINK_FAR)), v_sub(a, v_set(1.0f)), y);
    }
    return v_copysign(y, b.x);
}

V_INLINE vf tanhshrink_fast(vf x) { return tanhshrink_fast_end(tanhshrink_fast_begin(x)); }
#elif V_FMA
/* The float next to 1/3 */
#define THIRD 0x1.555556p-2f

/* x - tanh(x) for 0 <= x <= 1.025, where the two cancel: x^3 / 3 + x^3 p(x^2), the first cube in
 * two pieces. */
V_INLINE vf tanhshrink_near_0(vf x) {
    vf u_lo, cube_lo, u = v_mul2(x, x, &u_lo), cube = v_mul2(u, x, &cube_lo), square = v_mul(u, u);
    cube_lo = v_fma(u_lo, x, cube_lo);
    vf low = v_fma(v_set(TANHSHRINK_9), u, v_set(TANHSHRINK_7));
    vf middle = v_fma(v_set(TANHSHRINK_13), u, v_set(TANHSHRINK_11));
    vf high = v_fma(v_set(TANHSHRINK_17), u, v_set(TANHSHRINK_15));
    vf p = v_fma(v_fma(high, square, middle), square, low);
    p = v_fma(v_fma(p, u, v_set(TANHSHRINK_5)), u, v_set(TANHSHRINK_3));
    vf rest = v_fma(cube, p, v_mul(cube_lo, v_add(p, v_set(THIRD))));
    return v_fma(cube, v_set(THIRD), rest);
}

/* tanhshrink(x) = x - tanh(x) = x - 1 + 2 e^-2x / (1 + e^-2x): no cancellation beyond 1. */
V_INLINE vf tanhshrink_fast(vf x) {
    vf a = v_abs(x), b = v_at_most(a, v_set(10.0f)); /* beyond: a - 1 */
    exp_parts e = exp_reduce_decay(v_mul(b, v_set(-2.0f)));
    vf s = v_pow2(e.t), w = expm1_poly(e.r), twice = v_add(s, s), one = v_set(1.0f);
    vf rest = v_div(v_fma(twice, w, twice), v_fma(s, w, v_add(one, s)));
    vf far = v_add(v_sub(a, one), rest);
    return v_copysign(v_sel(v_lt(a, v_set(1.025f)), tanhshrink_near_0(b), far), x);
}
#else /* every product would round */
V_INLINE vf tanhshrink_fast(vf x) { return vd_narrow(tanhshrink_exact(vd_widen(x))); }
#endif

/* b - tanh(b) for 0 <= b <= 1, in two pieces, as are the cube and its product with 1/3. */
V_INLINE vd2 f64_tanhshrink_near_0(vd b) {
    vd2 u = vd2_product(b, b), cube = vd2_product(u.hi, b);
    cube.lo = vd_fma(u.lo, b, cube.lo);
    vd third = vd_set(TANHSHRINK_F64[0]);
    vd bend = vd_mul(u.hi, vd_poly(u.hi, TANHSHRINK_F64 + 1, 15));
    vd2 first = vd2_product(cube.hi, third);
    vd rest = vd_fma(cube.hi, bend, vd_fma(cube.lo, vd_add(third, bend), first.lo));
    vd sum = vd_add(first.hi, rest);
    return (vd2){sum, vd_add(vd_sub(first.hi, sum), rest)};
}

V_INLINE vd tanhshrink_f64(vd x) {
    vd a = vd_abs(x), one = vd_set(1);
    vdm tiny = vd_lt(a, vd_set(0x1p-200)); /* the cube's lower piece would underflow */
    vd2 shrunk =
        f64_tanhshrink_near_0(vd_mul(vd_at_most(a, one), vd_sel(tiny, vd_set(0x1p100), one)));
    vd near = vd_mul(shrunk.hi, vd_sel(tiny, vd_set(0x1p-300), one));

    f64_exp_parts e = f64_exp(vd_mul(vd_at_most(a, vd_set(40)), vd_set(-2))); /* beyond: a - 1 */
    vd s = vd_pow2(e.t), twice = vd_add(s, s);
    vd n = vd_fma(twice, e.w, twice);
    vd n_lo = vd_fma(twice, e.lo, vd_fma(twice, e.w, vd_sub(twice, n)));
    vd far = f64_add_over_1_plus(vd_sub(a, one), (vd2){n, n_lo}, s, e);
    return vd_copysign(vd_sel(vd_lt(a, vd_set(0.9)), near, far), x);
}
