#pragma once
#include "grad/elu.h"

/* celu'(x, alpha) = 1 where x > 0, else e^(x / alpha), the quotient in two pieces; alpha > 0 */
V_INLINE vf celu_grad_fast(vf x, vf alpha) {
    vf b = v_at_least(v_at_most(x, v_set(0.0f)), v_mul(alpha, v_set(-110.0f)));
    vf lo, z = v_div(b, alpha), product = v_mul2(z, alpha, &lo);
    lo = v_div(v_sub(v_sub(b, product), lo), alpha);
    return v_sel(v_gt(x, v_set(0.0f)), v_set(1.0f), times_exp_negative(v_set(1.0f), z, lo));
}

V_INLINE vd celu_grad_exact(vd x, vd alpha) {
    vd negative = vd_exp_negative(vd_div(vd_at_most(x, vd_set(0)), alpha));
    return vd_sel(vd_gt(x, vd_set(0)), vd_set(1), negative);
}

static inline double celu_grad_f64(double x, double alpha) {
    if (isgreater(x, 0)) return 1;
    double b = f64_at_least(x, -800 * alpha), z = b / alpha;
    f64_pair product = f64_product(z, alpha);
    return f64_times_exp(1 + ((b - product.hi) - product.lo) / alpha, z);
}
