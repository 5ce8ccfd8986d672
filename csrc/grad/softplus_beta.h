#pragma once
#include "act/sigmoid.h"
#include "act/softplus_beta.h"

/* softplus_beta'(x, beta, threshold) = sigmoid(beta x), and 1 where beta x > threshold, as PyTorch
 * has it. beta x is exact in double. */
V_INLINE vd softplus_beta_grad_exact(vd x, vd beta, vd threshold) {
    vd z = vd_mul(beta, x);
    return vd_sel(vd_gt(z, threshold), vd_set(1), sigmoid_exact(z));
}

#if V_FMA
V_INLINE vf softplus_beta_grad_fast(vf x, vf beta, vf threshold) {
    vf2 z = softplus_beta_product(x, beta);
    return v_sel(softplus_beta_beyond(z, threshold), v_set(1.0f), sigmoid2(z.hi, z.lo));
}
#else /* the pieces would round */
V_INLINE vf softplus_beta_grad_fast(vf x, vf beta, vf threshold) {
    return vd_narrow(softplus_beta_grad_exact(vd_widen(x), vd_widen(beta), vd_widen(threshold)));
}
#endif

V_INLINE vd softplus_beta_grad_f64(vd x, vd beta, vd threshold) {
    vd2 z = f64_softplus_beta_product(x, beta);
    vd b = vd_at_least(vd_at_most(z.hi, vd_set(40)), vd_set(-746)); /* beyond: 0 and 1 */
    vd y = f64_over_1_plus(vd_set(1), f64_exp2(f64_neg(b), f64_neg(z.lo)));
    return vd_sel(f64_softplus_beta_beyond(z, threshold), vd_set(1), y);
}
