#pragma once
#include "math/f64.h"

/* A derivative around its zero hi + lo + rest: a polynomial in the distance from it, for the terms
 * of any other formula cancel there. A product of two doubles may be as near as 2^-106. */
V_INLINE vd f64_near_root(vd2 x, double hi, double lo, double rest, const double c[16]) {
    vd from_hi = vd_sub(x.hi, vd_set(hi));
    from_hi = vd_at_least(vd_at_most(from_hi, vd_set(1)), vd_set(-1)); /* beyond it is not used */
    vd2 from = vd2_sum(from_hi, x.lo), near = vd2_sum(from.hi, vd_set(-lo));
    vd d = vd_add(near.hi, vd_add(near.lo, vd_sub(from.lo, vd_set(rest))));
    vd2 first = vd2_product(d, vd_set(c[0]));
    return vd_add(first.hi, vd_fma(vd_mul(d, d), vd_poly(d, c + 1, 15), first.lo));
}

V_INLINE vdm f64_is_near(vd x, double root) {
    return vd_lt(vd_abs(vd_sub(x, vd_set(root))), vd_set(0.375));
}
