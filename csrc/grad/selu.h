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
    return v_sel(v_gt(x, v_set(0.0f)), v_set((float)SELU_SCALE), v_scale(power, e.n));
}

V_INLINE vd selu_grad_exact(vd x) {
    vd negative = vd_mul(vd_set(SELU_ALPHA), vd_exp_negative(x));
    return vd_sel(vd_gt(x, vd_set(0)), vd_set(SELU_SCALE), negative);
}

#define SELU_ALPHA_F64_LO 0x1.05161b045a1fep-56

V_INLINE vd selu_grad_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(0)), vd_set(-750)); /* beyond: 0 */
    f64_exp_parts e = f64_exp(b);
    vd alpha = vd_set(SELU_ALPHA);
    vd rest = vd_fma(alpha, e.w, vd_fma(alpha, e.lo, vd_set(SELU_ALPHA_F64_LO)));
    vd negative = vd_scale(vd_add(alpha, rest), f64_exponent(e));
    return vd_sel(vd_gt(x, vd_set(0)), vd_set(SELU_SCALE), negative);
}
