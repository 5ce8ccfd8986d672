#pragma once
/* e^x = s (1 + w) in double, s a power of two, |log(1 + w)| <= ln(2) / 2: for tier exact. */
#include "data/exp_f64.gen.h"

#define VD_LN2 0x1.62e42fefa39efp-1
/* Cody-Waite: VD_LN2_HI has 42 bits, so that n * VD_LN2_HI is exact for |n| < 2^11. */
#define VD_LN2_HI 0x1.62e42fefa38p-1
#define VD_LN2_LO 0x1.ef35793c7673p-45
#define VD_LOG2E 0x1.71547652b82fep+0

typedef struct vd_exp_parts {
    vd s, w;
} vd_exp_parts;

V_INLINE vd vd_expm1_poly(vd r) { return vd_fma(VD_POLY(r, EXP_F64), vd_mul(r, r), r); }

/* The same in plain double: without FMA, so that every machine has the same bits. */
V_PLAIN double f64_expm1_poly(double r) {
    double p = EXP_F64[9];
    for (int i = 8; i >= 0; i--)
        p = p * r + EXP_F64[i];
    return r + r * r * p;
}

/* s, and r = log(1 + w) in the place of w. |x| < 500 */
V_INLINE vd_exp_parts vd_exp_reduce(vd x) {
    vd t = vd_fma(x, vd_set(VD_LOG2E), vd_set(VD_POW2_MAGIC));
    vd n = vd_sub(t, vd_set(VD_POW2_MAGIC));
    vd r = vd_fnma(n, vd_set(VD_LN2_LO), vd_fnma(n, vd_set(VD_LN2_HI), x));
    return (vd_exp_parts){vd_pow2(t), r};
}

V_INLINE vd_exp_parts vd_exp(vd x) {
    vd_exp_parts e = vd_exp_reduce(x);
    return (vd_exp_parts){e.s, vd_expm1_poly(e.w)};
}

/* e^x */
V_INLINE vd vd_exp_product(vd_exp_parts e) { return vd_fma(e.s, e.w, e.s); }

/* For 1 - e^x, x <= 0: the error of n ln 2, n 2^-55 of e^x, fades as e^x does. */
V_INLINE vd_exp_parts vd_exp_decay(vd x) {
    vd t = vd_fma(x, vd_set(VD_LOG2E), vd_set(VD_POW2_MAGIC));
    vd r = vd_fnma(vd_sub(t, vd_set(VD_POW2_MAGIC)), vd_set(VD_LN2), x);
    return (vd_exp_parts){vd_pow2(t), vd_expm1_poly(r)};
}

/* Away from 0 by 2^-40 at least, NaN kept. Where f(x) = x g(x), g(0) = 1/2 and x is subnormal, half
 * of x may be the middle between two numbers: g of this, not 1/2, gets the right side of it. */
V_INLINE vd vd_off_zero(vd x) { return vd_copysign(vd_at_least(vd_abs(x), vd_set(0x1p-40)), x); }

/* x / (1 + e^-(u + lo)), u > -500, lo far smaller than u */
V_INLINE vd vd_times_sigmoid2(vd x, vd u, vd lo) {
    u = vd_off_zero(vd_at_most(u, vd_set(60))); /* 1 + e^-60 = 1 */
    vd_exp_parts e = vd_exp_reduce(vd_sub(vd_set(0), u));
    vd w = vd_expm1_poly(vd_sub(e.w, lo));
    return vd_div(x, vd_fma(e.s, w, vd_add(e.s, vd_set(1))));
}

V_INLINE vd vd_times_sigmoid(vd x, vd u) { return vd_times_sigmoid2(x, u, vd_set(0)); }
