#pragma once
#include "act/selu.h"
#include "grad/elu.h"

/* selu'(x) = scale where x > 0, else scale alpha e^x; SELU_ALPHA_LO: what SELU_ALPHA loses in
 * float.
 */
#define SELU_ALPHA_LO -0x1.9bf37cp-26f

V_INLINE vf selu_grad_fast(vf x) {
    vf b = v_at_least(v_at_most(x, v_set(0.0f)), v_set(-106.0f)); /* beyond: 0 */
    exp_parts e = exp_reduce(b, v_set(POW2_MAGIC));
    vf alpha = v_set((float)SELU_ALPHA);
    vf power = v_add(alpha, v_fma(alpha, expm1_poly(e.r), v_set(SELU_ALPHA_LO)));
    return v_sel(v_gt(x, v_set(0.0f)), v_set(SELU_HI), v_scale(power, e.n));
}

V_INLINE vd selu_grad_exact(vd x) {
    vd negative = vd_mul(vd_set(SELU_ALPHA), vd_exp_negative(x));
    return vd_sel(vd_gt(x, vd_set(0)), vd_set(SELU_SCALE), negative);
}

static inline double selu_grad_f64(double x) {
    return isgreater(x, 0) ? SELU_SCALE : f64_times_exp(SELU_ALPHA, x);
}
