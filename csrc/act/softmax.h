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

static inline softmax_row softmax_row_of(float max) {
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
    x = v_at_least(x, v_set(row->m - SOFTMAX_DEPTH));
    exp_parts e = exp_reduce(x, v_set(SOFTMAX_MAGIC - row->n));
    return (softmax_power){v_pow2(e.t), expm1_poly(e.r)};
}

/* power * inverse / SOFTMAX_SCALE, inverse with twice the bits of a float: rounding it would be one
 * error more. */
V_INLINE vf softmax_quotient(vf power, double inverse) {
#if V_FMA
    float hi = (float)inverse, lo = (float)(inverse - hi);
    vf y = v_fma(power, v_set(hi), v_mul(power, v_set(lo)));
    return v_mul(y, v_set((float)(1 / SOFTMAX_SCALE)));
#else
    return vd_narrow(vd_mul(vd_widen(power), vd_set(inverse / SOFTMAX_SCALE)));
#endif
}

/* log_softmax(x) = (x - m) - log(1 + rest), both terms negative. The power of one maximum is the 1,
 * and the powers below the maximum have been summed without it: nothing is lost where it outweighs
 * them all. */
static inline double softmax_log(double below, double count, const softmax_row *row) {
    if (isnan(below)) return below;
    double r = row->m - row->n * VD_LN2, power = 1 + f64_expm1_poly(r);
    double rest = count - 1 + below / (power * SOFTMAX_SCALE);
    if (rest < 0x1p-150) return 0; /* -rest rounds to 0 */
    return f64_log1p((f64_pair){rest, 0}).hi;
}

V_INLINE vf softmax_difference(vf x, double max, double log_sum) {
    return vd_narrow(vd_sub(vd_sub(vd_widen(x), vd_set(max)), vd_set(log_sum)));
}
