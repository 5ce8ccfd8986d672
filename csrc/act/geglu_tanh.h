#pragma once
#include "act/gelu_tanh.h"

/* geglu_tanh(gate, up) = gelu_tanh(gate) up, as in two passes: gelu_tanh(gate) rounds first. */
#define STAGED_geglu_tanh_fast STAGED_gelu_tanh_fast
V_INLINE gate_begun geglu_tanh_fast_begin(vf gate, vf up) {
    (void)up;
    return gelu_tanh_fast_begin(gate);
}
V_INLINE vf geglu_tanh_fast_end(gate_begun b, vf up) { return v_mul(gelu_tanh_fast_end(b), up); }
V_INLINE vf geglu_tanh_fast(vf gate, vf up) { return v_mul(gelu_tanh_fast(gate), up); }

V_INLINE vd geglu_tanh_f64(vd gate, vd up) { return vd_mul(gelu_tanh_f64(gate), up); }
