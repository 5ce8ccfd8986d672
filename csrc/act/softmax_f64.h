#pragma once
#include "math/exp_f64.h"
#include "math/log1p_f64.h"

/* softmax and log_softmax in double, one number at a time. */

/* As in act/softmax.h, with a power in two pieces and their sum in two. */
#define SOFTMAX_F64_DEPTH 767.0 /* 2^31 times e^-767 rounds to 0 */
#define SOFTMAX_F64_SCALE 0x1p128
#define SOFTMAX_F64_BLOCK 4096 /* values until the sum's pieces are made disjoint again */

typedef struct softmax_f64_row {
    double max;
    int far;
    double floor, m, n;
} softmax_f64_row;

V_PLAIN softmax_f64_row softmax_f64_row_of(double max) {
    softmax_f64_row r = {.max = max, .m = max};
    if (max <= -SOFTMAX_F64_DEPTH || max >= 2 * SOFTMAX_F64_DEPTH) {
        r.far = 1;
        r.floor = max > 0 ? 0 : -INFINITY;
        r.m = 0;
    }
    r.n = r.m * VD_LOG2E + VD_POW2_MAGIC - VD_POW2_MAGIC;
    return r;
}

/* e^x 2^-N SOFTMAX_F64_SCALE, for x from which the maximum has been subtracted if it is far */
V_PLAIN f64_pair softmax_f64_power(double x, const softmax_f64_row *r) {
    double magic = VD_POW2_MAGIC + 128 - r->n;
    double t = x * VD_LOG2E + magic, n = t - magic;
    double rest = x - n * F64_LN2_HI - n * F64_LN2_LO;
    double s = vd_pow2(t), sw = s * f64_expm1_poly(rest), hi = s + sw;
    return (f64_pair){hi, sw - (hi - s)};
}

V_PLAIN double softmax_f64_near(double x, const softmax_f64_row *r) {
    if (r->far) x = f64_at_least(x, r->floor) - r->max;
    return f64_at_least(x, r->m - SOFTMAX_F64_DEPTH);
}

V_PLAIN f64_pair softmax_f64_add(f64_pair sum, f64_pair power, size_t i) {
    f64_pair s = f64_sum(sum.hi, power.hi);
    s.lo += sum.lo + power.lo;
    return i % SOFTMAX_F64_BLOCK ? s : f64_sum(s.hi, s.lo);
}

/* What a power is multiplied by, sum being that of the row. */
V_PLAIN f64_pair softmax_f64_inverse(f64_pair sum) {
    sum = f64_sum(sum.hi / SOFTMAX_F64_SCALE, sum.lo / SOFTMAX_F64_SCALE);
    return f64_quotient((f64_pair){1, 0}, sum);
}

V_PLAIN double softmax_f64_quotient(double power, f64_pair inverse) {
    f64_pair q = f64_product(power, inverse.hi);
    return (q.hi + (q.lo + power * inverse.lo)) / SOFTMAX_F64_SCALE;
}

/* x - max - log, log being that of the sum of all e^(x - max). */
V_PLAIN double softmax_f64_difference(double x, double max, f64_pair log) {
    double hi = x - max;
    if (hi < -DBL_MAX) return hi;
    f64_pair difference = f64_sum(x, -max), s = f64_sum(difference.hi, -log.hi);
    return s.hi + (s.lo + (difference.lo - log.lo));
}

/* What flows back to one value, sum being that of the row. */
V_PLAIN double softmax_f64_back(double dy, double y, f64_pair sum) {
    f64_pair difference = f64_sum(dy, -sum.hi);
    double rest = isfinite(sum.hi) ? difference.lo - sum.lo : 0;
    return y * (difference.hi + rest);
}

/* 2^n in two steps, for it may be too small for a double. */
V_PLAIN double log_softmax_f64_back(double dy, double y, f64_pair sum) {
    double b = f64_at_least(y > 700 ? 700 : y, -1400); /* beyond: 0 */
    double n = b * VD_LOG2E + VD_POW2_MAGIC - VD_POW2_MAGIC;
    double w = f64_expm1_poly(b - n * F64_LN2_HI - n * F64_LN2_LO);
    double half = n * 0.5 + VD_POW2_MAGIC - VD_POW2_MAGIC;
    double s1 = vd_pow2(half + VD_POW2_MAGIC), s2 = vd_pow2(n - half + VD_POW2_MAGIC);
    if (y < -1400) s1 = 0;
    double part = sum.hi * s1 * s2;
    f64_pair difference = f64_sum(dy, -part);
    double rest = isfinite(sum.hi) ? difference.lo - sum.lo * s1 * s2 : 0;
    return difference.hi + (rest - part * w);
}
