#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"
#include "math/sech2.h"

/* The derivative of x / (1 + e^-u), given v = x u': with t = e^-|u| and h = t (1 + t - |v|) / (1 +
 * t)^2 it is h where x < 0, 1 - h elsewhere. u and v: of |x|, u <= 110. around_0 is 1 + t - |v|
 * where near says that |x| is so close to its zero that float holds too little of t. */
V_INLINE vf gate_grad(vf x, vf2 u, vf2 v, vf2 around_0, vm near) {
    decay p = decay_parts(v_neg(u.hi), v_neg(u.lo));
    vf2 rest = vf2_sum(p.d, v_neg(v.hi));
    rest.lo = v_add(rest.lo, v_sub(p.d_lo, v.lo));
    rest = vf2_sel(near, around_0, rest);
    vf2 h = vf2_product(p.q, rest.hi);
    h.lo = v_fma(p.q, rest.lo, h.lo);
    vf left = v_scale(v_add(h.hi, v_fma(v_add(h.hi, h.lo), p.rest, h.lo)), p.n);
    return v_sel(v_lt(x, v_set(0.0f)), left, v_sub(v_set(1.0f), left));
}

#ifdef V_PIECES
/* What has the value s y at -|x| and 1 less that at |x|, s a power of two. */
V_INLINE vf gate_grad_from_left(vf x, vf y, vf s) {
    vm left = v_lt(x, v_set(0.0f));
    return v_fma(y, v_sel(left, s, v_neg(s)), v_sel(left, v_set(-0.0f), v_set(1.0f)));
}

/* What that gave, y, in two pieces: lost is what the table's last sum lost where s was 1, for a
 * product to round once. At |x| it counts for little. */
V_INLINE vf2 gate_grad_and_lost(vf x, vf y, vf lost) {
    return (vf2){y, v_sel(v_lt(x, v_set(0.0f)), lost, v_set(0.0f))};
}
#endif

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
    rest.lo = vd_add(rest.lo, vd_fma(v.lo, flip, r.d.lo));
    vd2 h = vd2_product(r.y.hi, rest.hi);
    h.lo = vd_fma(r.y.hi, rest.lo, vd_fma(r.y.lo, rest.hi, h.lo));
    vd y = vd_scale(vd_add(h.hi, h.lo), r.n);
    return vd_sel(left, y, vd_sub(vd_set(1), y));
}
