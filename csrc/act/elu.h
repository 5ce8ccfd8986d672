#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"

/* elu(x) = x where x > 0, else alpha (e^x - 1) (Clevert et al. 2015), through expm1. */
static inline vf elu_fast(vf x, vf alpha) {
    vf zero = v_set(0.0f);
    vf b = v_at_least(v_at_most(x, zero), v_set(-30.0f)); /* e^-30 - 1 rounds to -1 */
    exp_parts e = exp_reduce_decay(b);
    vf s = v_pow2(e.t);
    vf em1 = v_fma(s, expm1_poly(e.r), v_sub(s, v_set(1.0f)));
    return v_sel(v_lt(x, zero), v_mul(alpha, em1), x);
}

static inline vd elu_exact(vd x, vd alpha) {
    vd zero = vd_set(0);
    vd_exp_parts e = vd_exp_decay(vd_at_least(vd_at_most(x, zero), vd_set(-30)));
    vd em1 = vd_fma(e.s, e.w, vd_sub(e.s, vd_set(1)));
    return vd_sel(vd_lt(x, zero), vd_mul(alpha, em1), x);
}

static inline double elu_f64(double x, double alpha) {
    return isgreater(x, 0) ? x : alpha * expm1(x);
}
