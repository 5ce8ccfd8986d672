#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* The derivative of x / (1 + e^-(u + lo)), lo far smaller than u = u(x), given v = x u'(x):
 * t (t + 1 + v) / (1 + t)^2 with t = e^u where u < 0, (1 + t (1 + v)) / (1 + t)^2 with t = e^-u
 * elsewhere. |u| < 500. */
V_INLINE vd vd_gate_grad(vd u, vd lo, vd v) {
    vd zero = vd_set(0), one = vd_set(1), negated = vd_sub(zero, u);
    vdm left = vd_lt(u, zero);
    vd_exp_parts e = vd_exp_reduce(vd_sel(left, u, negated));
    vd w = vd_expm1_poly(vd_add(e.w, vd_sel(left, lo, vd_sub(zero, lo))));
    vd t = vd_fma(e.s, w, e.s), d = vd_add(t, one), rest = vd_add(vd_add(v, one), lo);
    vd n = vd_sel(left, vd_mul(t, vd_add(t, rest)), vd_fma(t, rest, one));
    return vd_div(n, vd_mul(d, d));
}

/* As vd_gate_grad, for any u; two roundings of t (1 + t)^-2 matter more than lo squared. */
static inline double f64_gate_grad(f64_pair u, double v) {
    if (isless(u.hi, 0)) {
        double t = exp(u.hi), d = 1 + t;
        return f64_times_exp(((t + 1) + v) / (d * d) * (1 + u.lo), u.hi);
    }
    double t = exp(-u.hi), d = 1 + t;
    return (1 + t * (1 + v - u.lo)) / (d * d);
}
