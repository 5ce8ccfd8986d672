#pragma once
#include "grad/gelu_tanh.h"

/* d geglu_tanh / d gate = gelu_tanh'(gate) up, as swiglu_grad_fast */
V_INLINE vf geglu_tanh_grad_fast(vf gate, vf up) {
#if V_PIECES == 8
    return vf2_times(gelu_tanh_grad_parts(gate), up);
#else
    return v_mul(gelu_tanh_grad_fast(gate), up);
#endif
}
/* d geglu_tanh / d up = gelu_tanh(gate), whatever up; subtracting 0 keeps a -0 */
V_INLINE vf geglu_tanh_grad_up_fast(vf gate, vf up) {
    return v_sub(gelu_tanh_fast(gate), v_nan_or_0(up));
}

V_INLINE vd geglu_tanh_grad_f64(vd gate, vd up) { return vd_mul(gelu_tanh_grad_f64(gate), up); }
V_INLINE vd geglu_tanh_grad_up_f64(vd gate, vd up) {
    return vd_sub(gelu_tanh_f64(gate), vd_nan_or_0(up));
}
