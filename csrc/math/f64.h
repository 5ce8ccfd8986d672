#pragma once
/* What the kernels in double share.
 *
 * Assumed of libm, as glibc keeps it: exp, expm1 and log1p within 1 ULP, erf within 1.5, tanh
 * within 2.5, subnormal results included; no flag but underflow and inexact where the result is
 * finite. erfc, 5 ULP, is not used. Nor is fma(): without the instruction it is a slow call. */

/* ln 2 to 2^-101; F64_LN2_HI has 40 bits, so that n * F64_LN2_HI is exact for |n| < 2^13. */
#define F64_LN2_HI 0x1.62e42fefa2p-1
#define F64_LN2_LO 0x1.9ef35793c7673p-41

/* x where x >= low, or NaN; else low */
static inline double f64_at_least(double x, double low) { return isless(x, low) ? low : x; }

/* 0 with the sign of a zero x; NaN where x is. */
static inline double f64_zero(double x) { return x == 0 || isnan(x) ? x : 0; }

/* y e^x, x <= 0. e^x alone loses bits among the subnormals that a large y brings back: the last
 * product alone may round there. */
static inline double f64_times_exp(double y, double x) {
    if (!isless(x, -700)) return y * exp(x);
    double root = exp(0.5 * x);
    return y * root * root;
}

/* hi + lo, unevaluated; |lo| is at most half a unit in the last place of hi. */
typedef struct f64_pair {
    double hi, lo;
} f64_pair;

/* a + b exactly (Knuth) */
static inline f64_pair f64_sum(double a, double b) {
    double hi = a + b, of_b = hi - a;
    return (f64_pair){hi, (a - (hi - of_b)) + (b - of_b)};
}

/* The 26 leading bits. */
static inline double f64_top(double a) {
    uint64_t bits;
    memcpy(&bits, &a, sizeof bits);
    bits &= ~(uint64_t)0x7ffffff;
    memcpy(&a, &bits, sizeof bits);
    return a;
}

/* a * b to 2^-106 (Dekker), unless the product overflows or its lower half underflows */
static inline f64_pair f64_product(double a, double b) {
    double hi = a * b, at = f64_top(a), al = a - at, bt = f64_top(b), bl = b - bt;
    return (f64_pair){hi, ((at * bt - hi) + at * bl + al * bt) + al * bl};
}

static inline f64_pair f64_add(f64_pair a, f64_pair b) {
    f64_pair s = f64_sum(a.hi, b.hi);
    return f64_sum(s.hi, s.lo + (a.lo + b.lo));
}

static inline f64_pair f64_mul(f64_pair a, f64_pair b) {
    f64_pair p = f64_product(a.hi, b.hi);
    return f64_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

/* x / (1 + e^-u), x and u of one sign. An error of u.lo would be a relative error of e^u. */
static inline double f64_times_sigmoid(double x, f64_pair u) {
    if (isless(u.hi, 0)) return f64_times_exp(x / (1 + (exp(u.hi) - u.lo)), u.hi);
    double e = exp(-u.hi);
    return x / (1 + (e - e * u.lo));
}
