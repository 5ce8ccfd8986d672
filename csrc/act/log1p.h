#pragma once
#include "math/f64.h"
#include "math/log1p.h"

/* log1p(x) = log(1 + x). -1 gives -inf and what lies below it NaN, without a flag: a program may
 * have made "divide by zero" and "invalid" trap. */
typedef struct log1p_begun {
    vf x, f, k;
} log1p_begun;
#define STAGED_log1p_fast log1p_begun,

V_INLINE log1p_begun log1p_fast_begin(vf x) {
    vf b = v_at_least(v_at_most(x, v_set(FLT_MAX)), v_set(-1 + 0x1p-24f));
    log1p_parts e = log1p_reduce(b);
    /* 4 f: the product is exact, and the sum where k is 0; elsewhere an error of f fades. */
    vf f = v_mul(v_fma(b, e.s, v_sub(e.s, v_set(4.0f))), v_set(0.25f));
    return (log1p_begun){x, f, e.k};
}

V_INLINE vf log1p_fast_end(log1p_begun b) {
    vf rest = v_fma(b.k, v_set(0x1p-23f * LN2_LO), log1p_less_f(b.f)), x = b.x;
    vf y = v_fma(b.k, v_set(0x1p-23f * LN2_HI), v_add(b.f, rest));
    y = v_copysign(y, x); /* which only -0 would lose */
    y = v_sel(v_gt(x, v_set(FLT_MAX)), x, y);
    y = v_sel(v_lt(x, v_set(-1 + 0x1p-24f)), v_set(-INFINITY), y);
    return v_sel(v_lt(x, v_set(-1.0f)), v_set(NAN), y);
}

V_INLINE vf log1p_fast(vf x) { return log1p_fast_end(log1p_fast_begin(x)); }

/* log(1 + f) = log((1 + s) / (1 - s)), s = f / (2 + f), 2 s = f - s f. f is exact where it counts.
 */
V_INLINE vd log1p_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(FLT_MAX)), vd_set(-1 + 0x1p-24));
    log1p_parts e = log1p_reduce(vd_narrow(b));
    vd k = vd_widen(e.k), scale = vd_widen(e.s);
    vd f = vd_mul(vd_fma(b, scale, vd_sub(scale, vd_set(4))), vd_set(0.25));
    vd s = vd_div(f, vd_add(f, vd_set(2))), u = vd_mul(s, s);
    vd rest = vd_fma(k, vd_set(0x1p-23 * VD_LN2_LO), vd_mul(vd_mul(s, u), VD_POLY(u, ATANH_F64)));
    vd y = vd_fma(k, vd_set(0x1p-23 * VD_LN2_HI), vd_add(f, vd_fnma(s, f, rest)));
    y = vd_except(y, x, 0x1.800006p-21, 0x1.7ffffep-21);
    y = vd_except(y, x, 0x1.200036p-17, 0x1.1fffe6p-17);
    y = vd_except(y, x, 0x1.fb035ap-2, 0x1.9bddc2p-2);
    y = vd_except(y, x, 0x1.0f1fd6p+3, 0x1.1fcbcep+1);
    y = vd_except(y, x, 0x1.b121a6p+76, 0x1.a9a3f2p+5);
    y = vd_except(y, x, 0x1.6351d8p+95, 0x1.08b512p+6);
    y = vd_except(y, x, -0x1.7ffffap-21, -0x1.800002p-21);
    y = vd_except(y, x, -0x1.1fffcap-17, -0x1.20001ap-17);
    y = vd_except(y, x, -0x1.1d9188p-9, -0x1.1de14ap-9);
    y = vd_copysign(vd_abs(y), x);
    y = vd_sel(vd_gt(x, vd_set(FLT_MAX)), x, y);
    y = vd_sel(vd_lt(x, vd_set(-1 + 0x1p-24)), vd_set(-INFINITY), y);
    return vd_sel(vd_lt(x, vd_set(-1)), vd_set(NAN), y);
}

/* As log1p_exact, with 1 + x and f in two pieces. */
V_INLINE vd log1p_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(DBL_MAX)), vd_set(-1 + 0x1p-53)), one = vd_set(1);
    vd2 u = vd2_sum(one, b);
    /* 2^k nearest to u: u sqrt(2) has its exponent */
    vd k = vd_exponent(vd_mul(vd_at_most(u.hi, vd_set(0x1p1023)), vd_set(1.41421356)));
    vd scale = vd_pow2(vd_sub(vd_set(VD_POW2_MAGIC + 1), k)), half = vd_set(0.5); /* 2^(1 - k) */
    vd m = vd_mul(vd_mul(u.hi, half), scale), m_lo = vd_mul(vd_mul(u.lo, scale), half);
    vd2 f = vd2_sum(vd_sub(m, one), m_lo);
    vd s = vd_div(f.hi, vd_add(f.hi, vd_set(2))), q = vd_mul(s, s);
    vd rest = vd_fma(k, vd_set(VD_LN2_LO), vd_mul(vd_mul(s, q), VD_POLY(q, ATANH_F64)));
    rest = vd_add(vd_fnma(s, f.hi, rest), f.lo);
    vd y = vd_fma(k, vd_set(VD_LN2_HI), vd_add(f.hi, rest));
    y = vd_copysign(vd_abs(y), x);
    y = vd_sel(vd_gt(x, vd_set(DBL_MAX)), x, y);
    y = vd_sel(vd_lt(x, vd_set(-1 + 0x1p-53)), vd_set(-INFINITY), y);
    return vd_sel(vd_lt(x, vd_set(-1)), vd_set(NAN), y);
}
