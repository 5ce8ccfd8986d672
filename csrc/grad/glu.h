#pragma once
#include "act/sigmoid.h"
#include "math/sech2.h"

/* d glu / dx = sigmoid(gate), whatever x */
V_INLINE vf glu_grad_fast(vf x, vf gate) { return v_add(sigmoid_fast(gate), v_nan_or_0(x)); }
static inline double glu_grad_f64(double x, double gate) {
    return sigmoid_f64(gate) + f64_nan_or_0(x);
}

/* d glu / d gate = x sigmoid'(gate), in double: a huge x brings back what a float would lose. */
V_INLINE vf glu_grad_gate_fast(vf x, vf gate) {
    vd b = vd_sub(vd_set(0), vd_abs(vd_widen(gate)));
    vd slope = vd_decay_ratio(vd_at_least(b, vd_set(-300))); /* FLT_MAX e^-300 rounds to 0 */
    return vd_narrow(vd_mul(vd_widen(x), slope));
}

static inline double glu_grad_gate_f64(double x, double gate) {
    double u = f64_at_least(-fabs(gate), -1500), d = 1 + exp(u);
    return f64_times_exp(x / (d * d), u);
}
