#pragma once
#include "act/relu.h"

/* reglu(gate, up) = relu(gate) up (Shazeer 2020): one rounding */
V_INLINE vf reglu_fast(vf gate, vf up) { return v_mul(relu_fast(gate), up); }
static inline double reglu_f64(double gate, double up) { return relu_f64(gate) * up; }
