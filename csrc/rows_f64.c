/* The row-wise kernels in double: plain loops, the same for every isa, and the same bits. */
#include "kernels.h"
#include "target.h"

#include "vec/scalar.h" /* math/ has functions of vectors, too */
#include "vec/common.h"

#include "act/softmax_f64.h"

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

static void softmax_row(const char *x, ptrdiff_t x_step, char *y, ptrdiff_t y_step, size_t n,
                        double max) {
    softmax_f64_row r = softmax_f64_row_of(max);
    f64_pair sum = {0, 0};
    for (size_t i = 0; i < n; i++) {
        f64_pair power = softmax_f64_power(softmax_f64_near(X(i), &r), &r);
        Y(i) = power.hi;
        sum = softmax_f64_add(sum, power, i);
    }
    f64_pair inverse = softmax_f64_inverse(sum);
    for (size_t i = 0; i < n; i++)
        Y(i) = softmax_f64_quotient(Y(i), inverse);
}

static void log_softmax_row(const char *x, ptrdiff_t x_step, char *y, ptrdiff_t y_step, size_t n,
                            double max) {
    softmax_f64_row r = softmax_f64_row_of(max);
    f64_pair below = {0, 0};
    double count = 0;
    for (size_t i = 0; i < n; i++) {
        if (X(i) == max) {
            count++;
        } else {
            below = softmax_f64_add(below, softmax_f64_power(softmax_f64_near(X(i), &r), &r), i);
        }
    }
    f64_pair rest = f64_quotient(below, softmax_f64_power(r.m, &r));
    rest = f64_add((f64_pair){count - 1, 0}, rest);
    f64_pair log = f64_log1p(rest);
    for (size_t i = 0; i < n; i++)
        Y(i) = softmax_f64_difference(X(i), max, log);
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
        sum = softmax_f64_add(sum, log ? (f64_pair){DY(i), 0} : f64_product(DY(i), Y(i)), i);
    if (isfinite(sum.hi + sum.lo)) return f64_sum(sum.hi, sum.lo);
    double plain = 0;
    for (size_t i = 0; i < n; i++)
        plain += log ? DY(i) : DY(i) * Y(i);
    return (f64_pair){plain, 0};
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
                DX(i) = name##_f64_back(DY(i), Y(i), sum);                         \
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
