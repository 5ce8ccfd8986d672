#pragma once
#include "act/celu.h"
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

V_INLINE vd celu_grad_f64(vd x, vd alpha) {
    vd b = vd_at_least(vd_at_most(x, vd_set(0)), vd_mul(alpha, vd_set(-750)));
    vd2 z = f64_celu_quotient(b, alpha);
    return vd_sel(vd_gt(x, vd_set(0)), vd_set(1), f64_times_exp_negative(vd_set(1), z.hi, z.lo));
}
