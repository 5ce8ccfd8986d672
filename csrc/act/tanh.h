#pragma once
#include "data/tanh.gen.h"
#include "math/exp.h"

#define TANH_SMALL 0.625f

/* tanh(x): an odd polynomial where 1 - 2 / (e^2|x| + 1) would cancel. */
static inline vf tanh_fast(vf x) {
    vf high = v_set(10.0f), a = v_abs(x); /* tanh(10) rounds to 1 */
    a = v_sel(v_gt(a, high), high, a);
    vf u = v_mul(a, a);
    vf p = v_set(TANH_11);
    p = v_fma(p, u, v_set(TANH_9));
    p = v_fma(p, u, v_set(TANH_7));
    p = v_fma(p, u, v_set(TANH_5));
    p = v_fma(p, u, v_set(TANH_3));
    vf small = v_fma(v_mul(a, u), p, a);

    exp_parts e = exp_reduce(v_add(a, a), v_set(ROUND_MAGIC));
    vf d = plus_scaled(v_set(1.0f), v_pow2(e.t), expm1_poly(e.r));
    vf large = v_sub(v_set(1.0f), v_div(v_set(2.0f), d));
    return v_copysign(v_sel(v_lt(a, v_set(TANH_SMALL)), small, large), x);
}

static inline double tanh_f64(double x) { return tanh(x); }
