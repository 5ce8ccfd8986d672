#pragma once
/* What the kernels of tier coarse share. Its error is absolute, 2^-11: a polynomial of degree 2 in
 * a sixteenth of the range, or one short polynomial, is good enough, and clamped to where the
 * function has become its limit it needs no other path.
 *
 * A table has three coefficients an entry, of a polynomial in a itself; what a * per rounds to is
 * the entry's number. The last entry is the limit (csrc/data/..._table.gen.h); beyond it a is
 * clamped. Where 8 entries are cheaper than 16 by more than a coefficient is, those of degree 3
 * serve. */
#include "data/exp2_short.gen.h"
#include "data/sigmoid_short.gen.h"
#include "math/exp.h"

V_INLINE vf coarse_quadratic(vf a, vf c0, vf c1, vf c2) { return v_fma(v_fma(c2, a, c1), a, c0); }

/* A function of |x|; NaN where x is. */
#ifdef V_TABLE8
#define COARSE_16(x, T) coarse_8(x, T##8_PER, T##8_0, T##8_1, T##8_2, T##8_3)
#else
#define COARSE_16(x, T) coarse_16(x, T##_PER, T##_0, T##_1, T##_2)
#endif
V_INLINE vf coarse_8(vf x, float per, const float c0[8], const float c1[8], const float c2[8],
                     const float c3[8]) {
    vf a = v_abs_at_most(x, 7 / per);
    vi i = v_bits(v_fma(a, v_set(per), v_set(ROUND_MAGIC)));
    vf c = v_fma(v_lookup8(c3, i), a, v_lookup8(c2, i));
    return coarse_quadratic(a, v_lookup8(c0, i), v_lookup8(c1, i), c);
}

V_INLINE vf coarse_16(vf x, float per, const float c0[16], const float c1[16], const float c2[16]) {
    vf a = v_abs_at_most(x, 15 / per);
    vi i = v_bits(v_fma(a, v_set(per), v_set(ROUND_MAGIC)));
    return coarse_quadratic(a, v_lookup(c0, i), v_lookup(c1, i), v_lookup(c2, i));
}

#define COARSE_32(x, T) coarse_32(x, T##_PER, T##_0, T##_1, T##_2)
V_INLINE vf coarse_32(vf x, float per, const float c0[32], const float c1[32], const float c2[32]) {
    vf a = v_abs_at_most(x, 31 / per);
    vi i = v_bits(v_fma(a, v_set(per), v_set(ROUND_MAGIC)));
    return coarse_quadratic(a, v_lookup32(c0, i), v_lookup32(c1, i), v_lookup32(c2, i));
}

/* 1 / (1 + e^a) for 0 <= a <= 9, given 9 - a */
V_INLINE vf coarse_sigmoid_tail(vf u) {
    vf square = v_mul(u, u);
    vf low = v_fma(v_set(SIGMOID_SHORT_4), u, v_set(SIGMOID_SHORT_3));
    vf middle = v_fma(v_set(SIGMOID_SHORT_6), u, v_set(SIGMOID_SHORT_5));
    vf high = v_fma(v_set(SIGMOID_SHORT_8), u, v_set(SIGMOID_SHORT_7));
    vf p = v_fma(v_fma(high, square, middle), square, low);
    return v_mul(v_mul(square, u), p);
}

/* e^x = 2^n p. An error of the product with log2(e) counts for little, as n < 2^8. */
typedef struct coarse_exp_parts {
    vf t; /* n + magic */
    vf n, p;
} coarse_exp_parts;

V_INLINE coarse_exp_parts coarse_exp2(vf x, float log2e, vf magic) {
    vf t = v_fma(x, v_set(log2e), magic), n = v_sub(t, magic), r = v_fms(x, v_set(log2e), n);
    vf p = v_fma(v_fma(v_set(EXP2_SHORT_3), r, v_set(EXP2_SHORT_2)), r, v_set(EXP2_SHORT_1));
    return (coarse_exp_parts){t, n, v_fma(p, r, v_set(1.0f))};
}

V_INLINE coarse_exp_parts coarse_exp(vf x, vf magic) { return coarse_exp2(x, LOG2E, magic); }

/* x / (1 + e^-kz), -20 <= z <= 20 */
V_INLINE vf coarse_over_1_plus(vf x, vf z, float k) {
    coarse_exp_parts e = coarse_exp2(z, -k * LOG2E, v_set(POW2_MAGIC));
    return v_div(x, v_fma(e.p, v_pow2(e.t), v_set(1.0f)));
}

/* e^x - 1, which is -1 from -18 on; 0 for x > 0 */
V_INLINE vf coarse_expm1(vf x) {
    vf b = v_negative(x);
    if (v_seldom_clamps(v_lt(b, v_set(-80.0f)))) b = v_at_least(b, v_set(-20.0f));
    coarse_exp_parts e = coarse_exp(b, v_set(POW2_MAGIC));
    return v_fms(e.p, v_pow2(e.t), v_set(1.0f));
}

/* Above it e^x is infinite in tier coarse, too: the float next to the largest whose power p could
 * round beyond FLT_MAX. */
#define COARSE_EXP_MOST (EXP_MOST - 0x1p-12f)
