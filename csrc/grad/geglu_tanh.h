#pragma once
#include "grad/gelu_tanh.h"

/* d geglu_tanh / d gate = gelu_tanh'(gate) up: the product, in double, rounds alone. */
V_INLINE vf geglu_tanh_grad_fast(vf gate, vf up) {
    return vd_narrow(vd_mul(gelu_tanh_grad_exact(vd_widen(gate)), vd_widen(up)));
}
/* d geglu_tanh / d up = gelu_tanh(gate), whatever up; subtracting 0 keeps a -0 */
V_INLINE vf geglu_tanh_grad_up_fast(vf gate, vf up) {
    return v_sub(gelu_tanh_fast(gate), v_nan_or_0(up));
}

V_INLINE vd geglu_tanh_grad_f64(vd gate, vd up) { return vd_mul(gelu_tanh_grad_f64(gate), up); }
V_INLINE vd geglu_tanh_grad_up_f64(vd gate, vd up) {
    return vd_sub(gelu_tanh_f64(gate), vd_nan_or_0(up));
}
