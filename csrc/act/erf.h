#pragma once
#include "data/erf.gen.h"
#include "data/erf_f64.gen.h"
#include "data/erf_far_f64.gen.h"
#include "data/erf_near_f64.gen.h"
#if V_PIECES == 16
#include "data/erf_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/erf_pieces_8.gen.h"
#endif
#include "data/log_erfc.gen.h"
#include "data/log_erfc_f64.gen.h"
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

#define ERF_MOST 3.95f /* erf rounds to 1 from here on */

/* erf(a), an odd polynomial, for 0 <= a < 0.9 */
V_INLINE vf erf_near_0(vf a) {
    vf u = v_mul(a, a);
    vf p = v_set(ERF_13);
    p = v_fma(p, u, v_set(ERF_11));
    p = v_fma(p, u, v_set(ERF_9));
    p = v_fma(p, u, v_set(ERF_7));
    p = v_fma(p, u, v_set(ERF_5));
    p = v_fma(p, u, v_set(ERF_3));
    p = v_fma(p, u, v_set(ERF_1));
    return v_fma(p, a, a);
}

/* log(erfc(a)), a polynomial, for 0.9 <= a <= 3.95 */
V_INLINE vf log_erfc(vf a) {
    vf q = v_set(LOG_ERFC_6);
    q = v_fma(q, a, v_set(LOG_ERFC_5));
    q = v_fma(q, a, v_set(LOG_ERFC_4));
    q = v_fma(q, a, v_set(LOG_ERFC_3));
    q = v_fma(q, a, v_set(LOG_ERFC_2));
    q = v_fma(q, a, v_set(LOG_ERFC_1));
    return v_fma(q, a, v_set(LOG_ERFC_0));
}

#ifdef V_PIECES
#define STAGED_erf_fast v_placed,
V_INLINE v_placed erf_fast_begin(vf x) {
    return (v_placed){x, V_EVEN_PLACE(ERF_PIECES, v_abs_at_most(x, ERF_MOST)), 0};
}

/* In the first piece, with 0 in the place of a constant, the polynomial is what is added to a.
 * Integers are in the order of the floats of which they are the bits, if one is positive. */
V_INLINE vf erf_fast_end(v_placed b) {
    vf p = v_piecewise(ERF_PIECES, 1, V_ROWS(ERF_PIECES), b.at.i, b.at.d);
    vi c0 = v_bits(v_piece(ERF_PIECES[0], b.at.i));
    return v_copysign(v_fma(p, b.at.d, v_float(vi_max(c0, v_bits(b.at.d)))), b.x);
}
#else
typedef struct erf_begun {
    vf x, a;
    exp_parts e;
} erf_begun;
#define STAGED_erf_fast erf_begun,

V_INLINE erf_begun erf_fast_begin(vf x) {
    vf a = v_abs_at_most(x, ERF_MOST);
    return (erf_begun){x, a, exp_reduce_decay(log_erfc(a))};
}

V_INLINE vf erf_fast_end(erf_begun b) {
    vf s = v_pow2(b.e.t), beyond = v_fnma(s, expm1_poly(b.e.r), v_sub(v_set(1.0f), s));
    return v_copysign(v_sel(v_lt(b.a, v_set(0.9f)), erf_near_0(b.a), beyond), b.x);
}
#endif

V_INLINE vf erf_fast(vf x) { return erf_fast_end(erf_fast_begin(x)); }

V_INLINE vd erf_exact(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(3.95));
    vd_exp_parts e = vd_exp_decay(VD_POLY(vd_sub(a, vd_set(2.375)), LOG_ERFC_F64));
    vd large = vd_fnma(e.s, e.w, vd_sub(vd_set(1), e.s));
    vd small = vd_fma(VD_POLY(vd_mul(a, a), ERF_F64), a, a);
    return vd_copysign(vd_sel(vd_lt(a, vd_set(0.9)), small, large), x);
}

V_INLINE vd erf_f64(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(6)); /* erf(6) rounds to 1 */
    f64_exp_parts e = f64_exp(VD_POLY(vd_sub(a, vd_set(1)), ERF_FAR_F64));
    vd s = vd_pow2(e.t);
    vd far = vd_fnma(s, e.w, vd_sub(vd_set(1), s));
    vd near = vd_fma(VD_POLY(vd_mul(a, a), ERF_NEAR_F64), a, a);
    return vd_copysign(vd_sel(vd_lt(a, vd_set(0.9)), near, far), x);
}
