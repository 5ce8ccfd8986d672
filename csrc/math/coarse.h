#pragma once
/* What the kernels of tier coarse share. Its error is absolute, 2^-11: one piece of degree 2, or
 * one short polynomial, is good enough, and clamped to where the function has become its limit it
 * needs no other path.
 *
 * A table has three coefficients an entry, of a polynomial in a itself; what a * per rounds to is
 * the entry's number. The last entry is the limit (csrc/data/..._table.gen.h); beyond it a is
 * clamped. */
#include "data/exp2_short.gen.h"
#include "data/sigmoid_short.gen.h"
#include "math/exp.h"

V_INLINE vf coarse_quadratic(vf a, vf c0, vf c1, vf c2) { return v_fma(v_fma(c2, a, c1), a, c0); }

/* A function of |x|; NaN where x is. */
#define COARSE_16(x, T) coarse_16(x, T##_PER, T##_0, T##_1, T##_2)
V_INLINE vf coarse_16(vf x, float per, const float c0[16], const float c1[16], const float c2[16]) {
    vf a = v_at_most(v_abs(x), v_set(15 / per));
    vi i = v_bits(v_fma(a, v_set(per), v_set(ROUND_MAGIC)));
    return coarse_quadratic(a, v_lookup(c0, i), v_lookup(c1, i), v_lookup(c2, i));
}

#define COARSE_32(x, T) coarse_32(x, T##_PER, T##_0, T##_1, T##_2)
V_INLINE vf coarse_32(vf x, float per, const float c0[32], const float c1[32], const float c2[32]) {
    vf a = v_at_most(v_abs(x), v_set(31 / per));
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

V_INLINE coarse_exp_parts coarse_exp(vf x, vf magic) {
    vf t = v_fma(x, v_set(LOG2E), magic), n = v_sub(t, magic), r = v_fms(x, v_set(LOG2E), n);
    vf p = v_fma(v_fma(v_set(EXP2_SHORT_3), r, v_set(EXP2_SHORT_2)), r, v_set(EXP2_SHORT_1));
    return (coarse_exp_parts){t, n, v_fma(p, r, v_set(1.0f))};
}

/* Above it e^x is infinite in tier coarse, too: the float next to the largest whose power p could
 * round beyond FLT_MAX. */
#define COARSE_EXP_MOST (EXP_MOST - 0x1p-12f)
