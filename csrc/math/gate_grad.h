#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"
#include "math/sech2.h"

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

/* The same for double, -760 <= u <= 60, u and v in two pieces and of one sign: with t = e^-|u| and
 * h = t (1 + t - |v|) / (1 + t)^2 it is h where u < 0, 1 - h elsewhere. */
V_INLINE vd f64_gate_grad(vd2 u, vd2 v) {
    vdm left = vd_lt(u.hi, vd_set(0));
    vd flip = vd_sel(left, vd_set(1), vd_set(-1));
    f64_decay r = f64_decay_ratio(vd_mul(u.hi, flip), vd_mul(u.lo, flip));
    vd2 rest = vd2_sum(r.d.hi, vd_mul(v.hi, flip));
    vd h = vd_mul(r.y, vd_add(rest.hi, vd_add(rest.lo, vd_fma(v.lo, flip, r.d.lo))));
    h = vd_scale(h, r.n);
    return vd_sel(left, h, vd_sub(vd_set(1), h));
}
