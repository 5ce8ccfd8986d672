#pragma once
#include "math/exp.h"
#include "math/log1p_f64.h"

/* softmax(x) = e^(x - m) / sum e^(x - m), m the row's maximum. A rounded x - m would be a wrong
 * e^(x - m), so none is: where m is of moderate size the powers are scaled by 2^-N, N = m / ln 2
 * rounded, not by e^-m; elsewhere x - m is exact for every x that counts (Sterbenz). */

/* Below m - 126 nothing counts: 2^31 times e^-126 rounds to 0. */
#define SOFTMAX_DEPTH 126.0f

/* Times 2^64 no power that counts is subnormal: the quotient alone rounds into those. Where there
 * is an FMA a power is an entry of the table but for a factor near 1: POWER_0 is left out, it
 * cancels in the quotient. */
#if V_FMA
#define SOFTMAX_SCALE (0x1p64 / POWER_0)
#define SOFTMAX_MAGIC (EIGHTHS_MAGIC + 64.0f)
#else
#define SOFTMAX_SCALE 0x1p64
#define SOFTMAX_MAGIC (POW2_MAGIC + 64.0f)
#endif

typedef struct softmax_row {
    float max;
    int far;     /* the maximum is subtracted, */
    float floor; /* from no less than this, lest it overflow */
    float m, n;  /* the maximum, or 0 for what is left of it, and N */
} softmax_row;

V_PLAIN softmax_row softmax_row_of(float max) {
    softmax_row row = {.max = max, .m = max};
    if (max <= -SOFTMAX_DEPTH || max >= 2 * SOFTMAX_DEPTH) {
        row.far = 1;
        row.floor = max > 0 ? 0 : -INFINITY;
        row.m = 0;
    }
    row.n = row.m * LOG2E + ROUND_MAGIC - ROUND_MAGIC;
    return row;
}

/* e^x 2^-N SOFTMAX_SCALE = s (1 + w) */
typedef struct softmax_power {
    vf s, w;
} softmax_power;

/* The first steps of up to four powers, and the others, each step of all of them in turn: that
 * keeps the CPU busy where one power's chain of them would not. */
enum { SOFTMAX_MOST = 4 };
#define EACH_POWER \
    V_UNROLL(4)    \
    for (int k = 0; k < n; k++)

V_INLINE void softmax_reduce(int n, vf x[], const softmax_row *row, exp_parts e[]) {
    const vf magic = v_set(SOFTMAX_MAGIC - row->n), least = v_set(row->m - SOFTMAX_DEPTH);
    if (row->far) {
        EACH_POWER x[k] = v_sub(v_at_least(x[k], v_set(row->floor)), v_set(row->max));
    }
#ifdef V_INT_ORDER
    /* The bits of negative floats are the larger, as integers without a sign, the lower those are;
     * a NaN with a sign counts as lowest. */
    vi lowest = v_bits(x[0]);
    EACH_POWER lowest = k == 0 ? lowest : vi_umax(lowest, v_bits(x[k]));
    if (row->m >= SOFTMAX_DEPTH || v_seldom(vi_ult(v_bits(least), lowest))) {
        EACH_POWER x[k] = v_at_least(x[k], least);
    }
#else
    EACH_POWER x[k] = v_at_least(x[k], least);
#endif
    EACH_POWER e[k] = exp_reduce(x[k], magic);
}

V_INLINE void softmax_powers(int n, const exp_parts e[], softmax_power power[]) {
#if V_FMA
    EACH_POWER {
        vf r = e[k].r, square = v_mul(r, r);
        vf p = v_fma(v_set(POWER_4 / POWER_0), r, v_set(POWER_3 / POWER_0));
        power[k].w = v_fma(v_fma(p, r, v_set(POWER_2 / POWER_0)), square, r);
    }
    EACH_POWER power[k].s = power_entry(e[k].t);
#else
    EACH_POWER power[k] = (softmax_power){v_pow2(e[k].t), expm1_poly(e[k].r)};
#endif
}
#undef EACH_POWER

V_INLINE softmax_power softmax_power_of(vf x, const softmax_row *row) {
    exp_parts e;
    softmax_power power;
    softmax_reduce(1, &x, row, &e);
    softmax_powers(1, &e, &power);
    return power;
}

/* What a sum that took up no more than added of a power has lost. With the table a power as it is
 * written is off by at most 1.09 2^-24, a sum of such powers by as much on the other side, and the
 * quotient rounds: 2.68 ULP. Without the table it is off by more, and the sum is one of the powers
 * before they were rounded. */
V_INLINE vf softmax_lost(softmax_power e, vf power, vf added) {
#if V_FMA
    (void)e;
    return v_sub(power, added);
#else
    (void)power;
    return v_fma(e.s, e.w, v_sub(e.s, added));
#endif
}

/* power * inverse, inverse with twice the bits of a float: rounding it would be one error more. */
V_INLINE vf softmax_quotient(vf power, double inverse) {
#if V_FMA
    float hi = (float)inverse, lo = (float)(inverse - hi);
    return v_fma(power, v_set(hi), v_mul(power, v_set(lo)));
#else
    return vd_narrow(vd_mul(vd_widen(power), vd_set(inverse)));
#endif
}

/* log_softmax(x) = (x - m) - log(1 + rest), both terms negative: rest is the sum of the other
 * powers, divided by the largest. */
V_PLAIN double softmax_largest(const softmax_row *row) {
    return SOFTMAX_SCALE * (1 + f64_expm1_poly(row->m - row->n * VD_LN2));
}

/* log x for a normal x, to 2^-35 and what a double rounds: log(2^k f), f near 1, as math/log1p.h */
V_PLAIN double softmax_log_of(double x) {
    double f;
    uint64_t bits, root = 0x3fe6a09e667f3bcd; /* of sqrt(1/2) */
    memcpy(&bits, &x, sizeof bits);
    uint64_t k = (bits - root) & (uint64_t)0xfff << 52;
    bits -= k;
    memcpy(&f, &bits, sizeof f);
    double s = (f - 1) / (f + 1), u = s * s;
    double high = ATANH_F64[2] + u * ATANH_F64[3] + u * u * (ATANH_F64[4] + u * ATANH_F64[5]);
    double p = ATANH_F64[0] + u * ATANH_F64[1] + u * u * high;
    return (double)((int64_t)k >> 52) * VD_LN2 + (2 * s + s * u * p);
}

/* Where the sum of all powers is at least twice the largest, the logarithm alone is large enough to
 * bear their errors: 1 + rest is the sum by the scale of the powers, and what was not subtracted.
 */
#define SOFTMAX_MANY (2.9 * SOFTMAX_SCALE)
V_PLAIN double softmax_log_sum(double sum, const softmax_row *row) {
    return softmax_log_of(sum * (1 / SOFTMAX_SCALE)) + row->n * VD_LN2;
}

/* Else from that sum, less the largest as it was summed. Where rest is less than SOFTMAX_REST the
 * error of that sum, up to 2^-28, is too large a part of it: then there is one maximum, and the
 * powers below it are summed without it. */
#define SOFTMAX_REST 0x1p-4
V_INLINE double softmax_rest(double sum, const softmax_row *row) {
    softmax_power e = softmax_power_of(v_set(row->max), row);
#if V_FMA
    float largest[V_LANES];
    v_store(largest, v_fma(e.s, e.w, e.s));
    return (sum - largest[0]) / softmax_largest(row);
#else
    float s[V_LANES], w[V_LANES];
    v_store(s, e.s);
    v_store(w, e.w);
    return (sum - s[0] * (1 + (double)w[0])) / softmax_largest(row);
#endif
}

V_PLAIN double softmax_log_1p(double rest) {
    if (rest < 0x1p-150) return 0; /* -rest rounds to 0 */
    return f64_log1p((f64_pair){rest, 0}).hi;
}

V_INLINE vf softmax_difference(vf x, double max, double log_sum) {
    return vd_narrow(vd_sub(vd_sub(vd_widen(x), vd_set(max)), vd_set(log_sum)));
}

/* The same of the sum of both in two floats, for a maximum of moderate size. Near the maximum the
 * first difference is exact (Sterbenz); elsewhere it rounds, one error more. */
V_INLINE vf softmax_difference2(vf x, double both) {
    float hi = (float)both, lo = (float)(both - hi);
    return v_sub(v_sub(x, v_set(hi)), v_set(lo));
}

/* What flows back to one value, sum being that of the row: rows_backward.inc says of what.
 *
 * e^y = s (1 + w) with a power of two s, which is 1 near y = 0: there dy - s sum loses nothing, and
 * where that is 0, as for the label's own dx, it is the error of w that counts. */
V_INLINE vf log_softmax_back(vf dy, vf y, double sum) {
    vf b = v_at_least(v_at_most(y, v_set(240.0f)), v_set(-240.0f)); /* beyond: 0 */
    exp_parts e = exp_reduce(b, v_set(ROUND_MAGIC));
    vd s = vd_pow2(vd_add(vd_widen(e.n), vd_set(VD_POW2_MAGIC)));
    s = vd_sel(vd_lt(vd_widen(y), vd_set(-240)), vd_set(0), s);
    vd part = vd_mul(s, vd_set(sum)), rest = vd_mul(part, vd_widen(expm1_poly(e.r)));
    return vd_narrow(vd_sub(vd_sub(vd_widen(dy), part), rest));
}

V_INLINE vf softmax_back(vf dy, vf y, double sum) {
    return vd_narrow(vd_mul(vd_widen(y), vd_sub(vd_widen(dy), vd_set(sum))));
}

/* A row is taken in steps of ROW_STEP values whatever the lanes, so that every isa with FMA, and
 * CUDA, gives the same bits. A step that is not whole is filled up with what does no harm. */
#define ROW_STEP 32

/* The values i, i + ROW_STEP, i + 2 ROW_STEP ... have a sum of their own. In softmax, to widen each
 * to double would take too long. A float that was larger than any power from the beginning has room
 * for a block of them: what it loses is known exactly (Dekker 1971), and has a sum of its own. That
 * sum rounds, the less the shorter the block: with K steps and rows of n values by at most K / 2
 * 2^-24 of n 2^-22, or 2^-27 in all. */
#define ROW_ROOM 0x1p65f

V_PLAIN size_t row_block(int log, size_t n) {
    size_t steps = ((size_t)1 << (log ? 18 : 20)) / n;
    return ROW_STEP * (steps > 128 ? 128 : steps > 1 ? steps : 1);
}
