#pragma once
#include "act/sigmoid.h"
#include "grad/sigmoid.h"
#include "math/sech2.h"

/* d glu / dx = sigmoid(gate), whatever x */
V_INLINE vf glu_grad_fast(vf x, vf gate) { return v_add(sigmoid_fast(gate), v_nan_or_0(x)); }
/* d glu / d gate = x sigmoid'(gate). From 64 on sigmoid' is e^-|gate|, and a huge x brings back
 * what a float would lose: x and the power trade 2^60. */
V_INLINE vf glu_grad_gate_fast(vf x, vf gate) {
    vf a = v_abs(gate), near = v_mul(x, sigmoid_grad_fast(gate));
    vm far = v_gt(a, v_set(64.0f));
    if (!v_seldom(far)) return near;
    /* FLT_MAX e^-200 rounds to 0 */
    exp_parts e = exp_reduce_neg(v_at_most(a, v_set(200.0f)), v_set(POW2_MAGIC));
    vf power = v_add(v_set(1.0f), expm1_poly_neg(e.r)), part = v_mul(x, v_set(0x1p-60f));
    return v_sel(far, v_scale(v_mul(part, power), v_add(e.n, v_set(60.0f))), near);
}

V_INLINE vd glu_grad_f64(vd x, vd gate) { return vd_add(sigmoid_f64(gate), vd_nan_or_0(x)); }

V_INLINE vd glu_grad_gate_f64(vd x, vd gate) {
    vd b = vd_at_least(f64_neg(vd_abs(gate)), vd_set(-1500)); /* DBL_MAX e^-1500 rounds to 0 */
    f64_decay r = f64_decay_ratio(b, vd_set(0));
    vd half = vd_mul(r.y.hi, vd_set(0.5)); /* the product does not overflow */
    return f64_scale_down(vd_mul(x, half), vd_add(r.n, vd_set(1)));
}
