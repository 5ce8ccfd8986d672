#pragma once
#include "act/gelu_tanh.h"

/* geglu_tanh(gate, up) = gelu_tanh(gate) up, as in two passes: gelu_tanh(gate) rounds first. */
V_INLINE vf geglu_tanh_fast(vf gate, vf up) { return v_mul(gelu_tanh_fast(gate), up); }
static inline double geglu_tanh_f64(double gate, double up) { return gelu_tanh_f64(gate) * up; }
