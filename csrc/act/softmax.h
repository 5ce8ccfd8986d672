#pragma once
#include "math/exp.h"
#include "math/log1p_f64.h"

/* softmax(x) = e^(x - m) / sum e^(x - m), m the row's maximum. A rounded x - m would be a wrong
 * e^(x - m), so none is: where m is of moderate size the powers are scaled by 2^-N, N = m / ln 2
 * rounded, not by e^-m; elsewhere x - m is exact for every x that counts (Sterbenz). */

/* Below m - 126 nothing counts: 2^31 times e^-126 rounds to 0. */
#define SOFTMAX_DEPTH 126.0f

/* Times 2^64 no power that counts is subnormal: the quotient alone rounds into those. */
#define SOFTMAX_SCALE 0x1p64
#define SOFTMAX_MAGIC (POW2_MAGIC + 64.0f)

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

/* e^x 2^-N SOFTMAX_SCALE = s (1 + w), s a power of two */
typedef struct softmax_power {
    vf s, w;
} softmax_power;

V_INLINE softmax_power softmax_power_of(vf x, const softmax_row *row) {
    if (row->far) x = v_sub(v_at_least(x, v_set(row->floor)), v_set(row->max));
    vf least = v_set(row->m - SOFTMAX_DEPTH);
    if (v_seldom_clamps(v_lt(x, least))) x = v_at_least(x, least);
    exp_parts e = exp_reduce(x, v_set(SOFTMAX_MAGIC - row->n));
    return (softmax_power){v_pow2(e.t), expm1_poly(e.r)};
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

/* From the sum of all powers, less the largest as it was summed. Where rest is less than
 * SOFTMAX_REST the error of that sum, up to 2^-28, is too large a part of it: then there is one
 * maximum, and the powers below it are summed without it. */
#define SOFTMAX_REST 0x1p-4
V_INLINE double softmax_rest(double sum, const softmax_row *row) {
    float s[V_LANES], w[V_LANES];
    softmax_power e = softmax_power_of(v_set(row->max), row);
    v_store(s, e.s);
    v_store(w, e.w);
    return (sum - s[0] * (1 + (double)w[0])) / softmax_largest(row);
}

/* log(1 + rest), rest at least SOFTMAX_REST: as f64_log1p, but one double is enough. */
V_PLAIN double softmax_log_1_plus(double rest) {
    double f = 1 + rest; /* 2^k f */
    uint64_t bits;
    memcpy(&bits, &f, sizeof bits);
    int k = (int)(bits >> 52) - 1023;
    bits -= (uint64_t)k << 52;
    memcpy(&f, &bits, sizeof f);
    double s = (f - 1) / (f + 1), u = s * s, p = 0;
    for (int i = 9; i >= 0; i--)
        p = p * u + ATANH_F64[i];
    return k * VD_LN2 + (2 * s + s * u * p);
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
 * for a block of them: what it loses is known exactly (Dekker 1971), and has a sum of its own,
 * along with what the power lost when it was rounded. That sum rounds, the less the shorter the
 * block: with K steps and rows of n values by at most K / 2 2^-24 of n 2^-22, or 2^-27 in all. */
#define ROW_ROOM (float)(2 * SOFTMAX_SCALE)

V_PLAIN size_t row_block(int log, size_t n) {
    size_t steps = ((size_t)1 << (log ? 18 : 20)) / n;
    return ROW_STEP * (steps > 128 ? 128 : steps > 1 ? steps : 1);
}
