#pragma once
static inline double f64_poly(double x, const double c[], int n) {
    double p = c[n - 1];
    for (int i = n - 2; i >= 0; i--)
        p = p * x + c[i];
    return p;
}

/* The derivative around its zero hi + lo: a polynomial in the distance from it, for the terms of
 * any formula cancel there. */
static inline double f64_near_root(double x, double hi, double lo, const double c[16]) {
    double d = (x - hi) - lo;
    return d * f64_poly(d, c, 16);
}
