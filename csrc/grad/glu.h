#pragma once
#include "act/sigmoid.h"
#include "math/sech2.h"

/* d glu / dx = sigmoid(gate), whatever x */
V_INLINE vf glu_grad_fast(vf x, vf gate) { return v_add(sigmoid_fast(gate), v_nan_or_0(x)); }
/* d glu / d gate = x sigmoid'(gate), in double: a huge x brings back what a float would lose. */
V_INLINE vf glu_grad_gate_fast(vf x, vf gate) {
    vd b = vd_sub(vd_set(0), vd_abs(vd_widen(gate)));
    vd slope = vd_decay_ratio(vd_at_least(b, vd_set(-300))); /* FLT_MAX e^-300 rounds to 0 */
    return vd_narrow(vd_mul(vd_widen(x), slope));
}

V_INLINE vd glu_grad_f64(vd x, vd gate) { return vd_add(sigmoid_f64(gate), vd_nan_or_0(x)); }

V_INLINE vd glu_grad_gate_f64(vd x, vd gate) {
    vd b = vd_at_least(f64_neg(vd_abs(gate)), vd_set(-1500)); /* DBL_MAX e^-1500 rounds to 0 */
    f64_decay r = f64_decay_ratio(b, vd_set(0));
    vd half = vd_mul(r.y.hi, vd_set(0.5)); /* the product does not overflow */
    return f64_scale_down(vd_mul(x, half), vd_add(r.n, vd_set(1)));
}
