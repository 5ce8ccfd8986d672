#pragma once
/* e^x = 2^n e^r: n an integer, r = x - n ln 2, |r| <= ln(2) / 2. */
#include "data/exp.gen.h"
#include "data/exp_sixteenth.gen.h"
#include "data/power.gen.h"

/* Cody-Waite: LN2_HI has 15 bits, so n * LN2_HI and x - n * LN2_HI are exact for |n| < 2^9 with or
 * without FMA; LN2_HI + LN2_LO = ln 2 to 2^-44. */
#define LN2_HI 0x1.62e4p-1f
#define LN2_LO 0x1.7f7d1cp-20f
#define LN2 0x1.62e43p-1f /* to 2^-28 of it */
#define LOG2E 0x1.715476p+0f

/* e^x rounds to infinity above this. */
#define EXP_MOST 0x1.62e42ep+6f

typedef struct exp_parts {
    vf t; /* n + magic, for v_pow2 or a power below */
    vf n;
    vf r;
} exp_parts;

/* The first of two stages of a function of x. far: whether the short way will not do */
typedef struct exp_begun {
    vf x;
    exp_parts e;
    int far;
} exp_begun;

/* Where what falls as e^x on the left has 2^n scaled, before the result gets subnormal. */
V_INLINE vm exp_scaled(vf x) { return v_lt(x, v_set(-64.0f)); }

/* magic: POW2_MAGIC, or POW2_MAGIC + k for 2^(n + k) from v_pow2(t); or so POWER_MAGIC. */
V_INLINE exp_parts exp_reduce(vf x, vf magic) {
    exp_parts e;
    e.t = v_fma(x, v_set(LOG2E), magic);
    e.n = v_sub(e.t, magic);
    e.r = v_fnma(e.n, v_set(LN2_LO), v_fnma(e.n, v_set(LN2_HI), x));
    return e;
}

/* e^-x, as 2^n e^-r */
V_INLINE exp_parts exp_reduce_neg(vf x, vf magic) {
    exp_parts e;
    e.t = v_fma(x, v_set(-LOG2E), magic);
    e.n = v_sub(e.t, magic);
    e.r = v_fma(e.n, v_set(LN2_LO), v_fma(e.n, v_set(LN2_HI), x));
    return e;
}

/* e^-(x + lo)/2, lo far smaller than x. */
V_INLINE exp_parts exp_reduce_half(vf x, vf lo) {
    exp_parts e;
    e.t = v_fma(x, v_set(-0.5f * LOG2E), v_set(POW2_MAGIC));
    e.n = v_sub(e.t, v_set(POW2_MAGIC));
    vf twice = v_add(v_fma(e.n, v_set(2 * LN2_HI), x), v_fma(e.n, v_set(2 * LN2_LO), lo));
    e.r = v_mul(twice, v_set(-0.5f));
    return e;
}

/* For 1 - e^x, x <= 0. One product will do: its error, n 2^-29 of e^x, fades as e^x does. */
V_INLINE exp_parts exp_reduce_decay(vf x) {
#if V_FMA
    exp_parts e;
    e.t = v_fma(x, v_set(LOG2E), v_set(POW2_MAGIC));
    e.n = v_sub(e.t, v_set(POW2_MAGIC));
    e.r = v_fnma(e.n, v_set(LN2), x);
    return e;
#else
    return exp_reduce(x, v_set(POW2_MAGIC)); /* n * LN2 would round */
#endif
}

/* For 1 - e^2x, x <= 0 */
V_INLINE exp_parts exp_reduce_decay2(vf x) {
#if V_FMA
    exp_parts e;
    e.t = v_fma(x, v_set(2 * LOG2E), v_set(POW2_MAGIC));
    e.n = v_sub(e.t, v_set(POW2_MAGIC));
    e.r = v_fnma(e.n, v_set(LN2), v_add(x, x));
    return e;
#else
    return exp_reduce(v_add(x, x), v_set(POW2_MAGIC));
#endif
}

/* (e^z - 1 - z) / r^2 for z = unit r, unit a constant, which the coefficients take up. */
V_INLINE vf exp_rest(vf r, vf square, float unit) {
    const float u2 = unit * unit, u3 = u2 * unit;
    vf low = v_fma(v_set(EXP_3 * u3), r, v_set(EXP_2 * u2)); /* pairs shorten the chain (Estrin) */
    vf high = v_fma(v_set(EXP_5 * u2 * u3), r, v_set(EXP_4 * u2 * u2));
    high = v_fma(v_set(EXP_6 * u3 * u3), square, high);
    return v_fma(high, square, low);
}

/* e^(unit r) - 1. Adding it to a power of two as the last step, not to 1 first, saves a rounding.
 */
V_INLINE vf expm1_poly_of(vf r, float unit) {
    vf square = v_mul(r, r), rest = exp_rest(r, square, unit);
    if (unit == -1) return v_fms(rest, square, r);
    return v_fma(rest, square, unit == 1 ? r : v_mul(r, v_set(unit)));
}
V_INLINE vf expm1_poly(vf r) { return expm1_poly_of(r, 1); }
V_INLINE vf expm1_poly_neg(vf r) { return expm1_poly_of(r, -1); }

/* c + s (1 + w) for powers of two s and c, rounded once: s + c is exact unless one of them is 2^24
 * times the other, and then what the sum lost is added to the small term s w first. */
V_INLINE vf plus_scaled(vf c, vf s, vf w) {
    vf sum = v_add(s, c);
    vf lost = v_sub(c, v_sub(sum, s));
    return v_add(sum, v_fma(s, w, lost));
}

/* Up to this |x| the sum of 1 and the power of two nearest to e^x is exact. */
#define PLUS_1_EXACT 15.0f

#if V_FMA
/* With n in eighths |r| is at most ln(2) / 16, and e^r 2^n has the factors POWER_0 + POWER_1 r ...
 * and an entry of a table, its exponent added. */
#define EIGHTHS_MAGIC 0x1.8p20f /* the last bit of a sum with it is 1/8 */
V_INLINE vf power_entry(vf t) {
    vi i = v_bits(t);
    return v_float(vi_add(vi_shl20(i), v_bits(v_lookup8(POWER_BITS, i))));
}
#endif

/* What exp_reduce_neg gives for POWER_MAGIC: e^-r 2^n, of which nothing near 1 is subtracted. */
#ifdef V_PIECES
#define POWER_MAGIC EIGHTHS_MAGIC
/* c + e^-r 2^n, c a power of two */
V_INLINE vf plus_power_neg(vf c, vf t, vf r) {
    vf p = v_fnma(v_set(POWER_4), r, v_set(POWER_3));
    p = v_fnma(v_fnma(p, r, v_set(POWER_2)), r, v_set(POWER_1));
    return v_fma(power_entry(t), v_fnma(p, r, v_set(POWER_0)), c);
}
/* e^-r 2^n = entry POWER_0 (1 + w): POWER_0 may be a factor of what it is multiplied by. */
V_INLINE vf power_neg_w(vf r) {
    const float over = 1 / POWER_0;
    vf p = v_fms(v_set(POWER_4 * over), r, v_set(POWER_3 * over));
    p = v_fms(v_fma(p, r, v_set(POWER_2 * over)), r, v_set(POWER_1 * over));
    return v_mul(p, r);
}
#else
#define POWER_MAGIC POW2_MAGIC
V_INLINE vf power_neg_w(vf r) { return expm1_poly_neg(r); }
V_INLINE vf plus_power_neg(vf c, vf t, vf r) {
    return plus_scaled(c, v_pow2(t), expm1_poly_neg(r));
}
#endif

/* e^(unit r) 2^n = s (1 + w), s a power of two, 2^scaled_n, |w| < 0.42, from what exp_reduce and
 * its kin give for SCALED_MAGIC; unit is a constant. */
#if V_PIECES == 16
#define SCALED_MAGIC (0x1.8p19f + 127.5f) /* n in sixteenths, and s the nearest power */
V_INLINE vf scaled_n(vf t) {
    return v_sub(v_float(vi_and(v_bits(t), vi_set(~15))), v_set(0x1.8p19f + 127.0f));
}
V_INLINE vf scaled_s(vf t) {
    return v_float(vi_and(vi_shl19(v_bits(t)), v_bits(v_set(-INFINITY))));
}
V_INLINE vf scaled_w(vf t, vf r, float unit) {
    vf less_1 = v_lookup(EXP_SIXTEENTH_LESS_1, v_bits(t));
    const float square = unit * unit;
    vf p = v_fma(v_set(EXP_SIXTEENTH_3 * square * unit), r, v_set(EXP_SIXTEENTH_2 * square));
    p = v_mul(v_fma(p, r, v_set(unit)), r);
    return v_fma(v_add(less_1, v_set(1.0f)), p, less_1);
}
#else
#define SCALED_MAGIC POW2_MAGIC
V_INLINE vf scaled_n(vf t) { return v_sub(t, v_set(POW2_MAGIC)); }
V_INLINE vf scaled_s(vf t) { return v_pow2(t); }
V_INLINE vf scaled_w(vf t, vf r, float unit) {
    (void)t;
    return expm1_poly_of(r, unit);
}
#endif
