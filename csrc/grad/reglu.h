#pragma once
#include "act/relu.h"
#include "math/f64.h"

/* d reglu / d gate = up where gate > 0, else 0 */
V_INLINE vf reglu_grad_fast(vf gate, vf up) {
    return v_sel(v_gt(gate, v_set(0.0f)), up, v_add(v_nan_or_0(gate), v_nan_or_0(up)));
}
static inline double reglu_grad_f64(double gate, double up) {
    return isgreater(gate, 0) ? up : f64_nan_or_0(gate) + f64_nan_or_0(up);
}

/* d reglu / d up = relu(gate), whatever up; subtracting 0 keeps a -0 */
V_INLINE vf reglu_grad_up_fast(vf gate, vf up) { return v_sub(relu_fast(gate), v_nan_or_0(up)); }
static inline double reglu_grad_up_f64(double gate, double up) {
    return relu_f64(gate) - f64_nan_or_0(up);
}
