/* The row-wise kernels in double: plain loops, the same for every isa, and the same bits. */
#include "kernels.h"
#include "target.h"

#include "vec/scalar.h" /* math/ has functions of vectors, too */
#include "vec/common.h"

#include "math/exp_f64.h"
#include "math/log1p_f64.h"

/* As in act/softmax.h, with a power in two pieces and their sum in two. */
#define DEPTH 767.0 /* 2^31 times e^-767 rounds to 0 */
#define SCALE 0x1p128
#define BLOCK 4096 /* values until the sum's pieces are made disjoint again */

typedef struct row {
    double max;
    int far;
    double floor, m, n;
} row;

static row row_of(double max) {
    row r = {.max = max, .m = max};
    if (max <= -DEPTH || max >= 2 * DEPTH) {
        r.far = 1;
        r.floor = max > 0 ? 0 : -INFINITY;
        r.m = 0;
    }
    r.n = r.m * VD_LOG2E + VD_POW2_MAGIC - VD_POW2_MAGIC;
    return r;
}

/* e^x 2^-N SCALE, for x from which the maximum has been subtracted if it is far */
static inline f64_pair power_of(double x, const row *r) {
    double magic = VD_POW2_MAGIC + 128 - r->n;
    double t = x * VD_LOG2E + magic, n = t - magic;
    double rest = x - n * F64_LN2_HI - n * F64_LN2_LO;
    double s = vd_pow2(t), sw = s * f64_expm1_poly(rest), hi = s + sw;
    return (f64_pair){hi, sw - (hi - s)};
}

static inline double near(double x, const row *r) {
    if (r->far) x = f64_at_least(x, r->floor) - r->max;
    return f64_at_least(x, r->m - DEPTH);
}

#define X(i) (*(const double *)(x + (ptrdiff_t)(i)*x_step))
#define Y(i) (*(double *)(y + (ptrdiff_t)(i)*y_step))

static double max_of(const char *x, ptrdiff_t x_step, size_t n) {
    double max = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (isnan(X(i))) return X(i);
        max = X(i) > max ? X(i) : max;
    }
    return max;
}

static inline f64_pair add(f64_pair sum, f64_pair power, size_t i) {
    f64_pair s = f64_sum(sum.hi, power.hi);
    s.lo += sum.lo + power.lo;
    return i % BLOCK ? s : f64_sum(s.hi, s.lo);
}

static void softmax_row(const char *x, ptrdiff_t x_step, char *y, ptrdiff_t y_step, size_t n,
                        double max) {
    row r = row_of(max);
    f64_pair sum = {0, 0};
    for (size_t i = 0; i < n; i++) {
        f64_pair power = power_of(near(X(i), &r), &r);
        Y(i) = power.hi;
        sum = add(sum, power, i);
    }
    sum = f64_sum(sum.hi / SCALE, sum.lo / SCALE);
    f64_pair inverse = f64_quotient((f64_pair){1, 0}, sum);
    for (size_t i = 0; i < n; i++) {
        f64_pair q = f64_product(Y(i), inverse.hi);
        Y(i) = (q.hi + (q.lo + Y(i) * inverse.lo)) / SCALE;
    }
}

static void log_softmax_row(const char *x, ptrdiff_t x_step, char *y, ptrdiff_t y_step, size_t n,
                            double max) {
    row r = row_of(max);
    f64_pair below = {0, 0};
    double count = 0;
    for (size_t i = 0; i < n; i++) {
        if (X(i) == max) {
            count++;
        } else {
            below = add(below, power_of(near(X(i), &r), &r), i);
        }
    }
    f64_pair rest = f64_quotient(below, power_of(r.m, &r));
    rest = f64_add((f64_pair){count - 1, 0}, rest);
    f64_pair log = f64_log1p(rest);
    for (size_t i = 0; i < n; i++) {
        double hi = X(i) - max;
        if (hi >= -DBL_MAX) {
            f64_pair difference = f64_sum(X(i), -max), s = f64_sum(difference.hi, -log.hi);
            hi = s.hi + (s.lo + (difference.lo - log.lo));
        }
        Y(i) = hi;
    }
}

#define KERNEL(name)                                                          \
    static void name##_rows(char *const args[], const ptrdiff_t row_steps[],  \
                            const ptrdiff_t steps[], size_t rows, size_t n) { \
        ptrdiff_t x_step = steps[0], y_step = steps[1];                       \
        for (size_t r = 0; r < rows; r++) {                                   \
            const char *x = args[0] + (ptrdiff_t)r * row_steps[0];            \
            char *y = args[1] + (ptrdiff_t)r * row_steps[1];                  \
            double max = max_of(x, x_step, n);                                \
            if (isfinite(max)) {                                              \
                name##_row(x, x_step, y, y_step, n, max);                     \
            } else {                                                          \
                for (size_t i = 0; i < n; i++)                                \
                    Y(i) = NAN;                                               \
            }                                                                 \
        }                                                                     \
    }
KERNEL(softmax)
KERNEL(log_softmax)

/* What flows back, as in rows_backward.inc. */
#define DY(i) (*(const double *)(dy + (ptrdiff_t)(i)*dy_step))
#define DX(i) (*(double *)(dx + (ptrdiff_t)(i)*dx_step))

/* The sum of dy y, or of dy; in one piece where it is not finite. */
static f64_pair back_sum(const char *dy, ptrdiff_t dy_step, const char *y, ptrdiff_t y_step,
                         size_t n, int log) {
    f64_pair sum = {0, 0};
    for (size_t i = 0; i < n; i++)
        sum = add(sum, log ? (f64_pair){DY(i), 0} : f64_product(DY(i), Y(i)), i);
    if (isfinite(sum.hi + sum.lo)) return f64_sum(sum.hi, sum.lo);
    double plain = 0;
    for (size_t i = 0; i < n; i++)
        plain += log ? DY(i) : DY(i) * Y(i);
    return (f64_pair){plain, 0};
}

static inline double softmax_back(double dy, double y, f64_pair sum) {
    f64_pair difference = f64_sum(dy, -sum.hi);
    double rest = isfinite(sum.hi) ? difference.lo - sum.lo : 0;
    return y * (difference.hi + rest);
}

/* 2^n in two steps, for it may be too small for a double. */
static inline double log_softmax_back(double dy, double y, f64_pair sum) {
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

#define BACK_KERNEL(name, log)                                                     \
    static void name##_back_rows(char *const args[], const ptrdiff_t row_steps[],  \
                                 const ptrdiff_t steps[], size_t rows, size_t n) { \
        ptrdiff_t dy_step = steps[0], y_step = steps[1], dx_step = steps[2];       \
        for (size_t r = 0; r < rows; r++) {                                        \
            const char *dy = args[0] + (ptrdiff_t)r * row_steps[0];                \
            char *y = args[1] + (ptrdiff_t)r * row_steps[1];                       \
            char *dx = args[2] + (ptrdiff_t)r * row_steps[2];                      \
            f64_pair sum = back_sum(dy, dy_step, y, y_step, n, log);               \
            for (size_t i = 0; i < n; i++)                                         \
                DX(i) = name##_back(DY(i), Y(i), sum);                             \
        }                                                                          \
    }
BACK_KERNEL(softmax, 0)
BACK_KERNEL(log_softmax, 1)

#define ROW(name, ...) [ROW_##name] = {[EDGEACT_F64] = name##_rows},
const edgeact_row_table edgeact_rows_f64 = {
#include "rows.def"
};
#undef ROW
#define ROW(name, ...) [ROW_##name] = {[EDGEACT_F64] = name##_back_rows},
const edgeact_row_table edgeact_rows_backward_f64 = {
#include "rows.def"
};
#undef ROW
