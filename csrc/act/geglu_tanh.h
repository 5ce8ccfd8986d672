#pragma once
#include "act/gelu_tanh.h"

/* geglu_tanh(gate, up) = gelu_tanh(gate) up, as in two passes: gelu_tanh(gate) rounds first. */
V_INLINE vf geglu_tanh_fast(vf gate, vf up) { return v_mul(gelu_tanh_fast(gate), up); }

V_INLINE vd geglu_tanh_f64(vd gate, vd up) { return vd_mul(gelu_tanh_f64(gate), up); }
