#pragma once
/* One double at a time, for what is computed once a row. */

/* ln 2 to 2^-101; F64_LN2_HI has 40 bits, so that n * F64_LN2_HI is exact for |n| < 2^13. */
#define F64_LN2_HI 0x1.62e42fefa2p-1
#define F64_LN2_LO 0x1.9ef35793c7673p-41

/* x where x >= low, or NaN; else low */
V_PLAIN double f64_at_least(double x, double low) { return isless(x, low) ? low : x; }

/* hi + lo, unevaluated; |lo| is at most half a unit in the last place of hi. */
typedef struct f64_pair {
    double hi, lo;
} f64_pair;

/* a + b exactly (Knuth) */
V_PLAIN f64_pair f64_sum(double a, double b) {
    double hi = a + b, of_b = hi - a;
    return (f64_pair){hi, (a - (hi - of_b)) + (b - of_b)};
}

/* The 26 leading bits. */
V_PLAIN double f64_top(double a) {
    uint64_t bits;
    memcpy(&bits, &a, sizeof bits);
    bits &= ~(uint64_t)0x7ffffff;
    memcpy(&a, &bits, sizeof bits);
    return a;
}

/* a * b to 2^-106 (Dekker), unless the product overflows or its lower half underflows */
V_PLAIN f64_pair f64_product(double a, double b) {
    double hi = a * b, at = f64_top(a), al = a - at, bt = f64_top(b), bl = b - bt;
    return (f64_pair){hi, ((at * bt - hi) + at * bl + al * bt) + al * bl};
}

V_PLAIN f64_pair f64_add(f64_pair a, f64_pair b) {
    f64_pair s = f64_sum(a.hi, b.hi);
    return f64_sum(s.hi, s.lo + (a.lo + b.lo));
}
