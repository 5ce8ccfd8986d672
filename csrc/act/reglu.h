#pragma once
#include "act/relu.h"

/* reglu(gate, up) = relu(gate) up (Shazeer 2020): one rounding */
V_INLINE vf reglu_fast(vf gate, vf up) { return v_mul(relu_fast(gate), up); }

V_INLINE vd reglu_f64(vd gate, vd up) { return vd_mul(relu_f64(gate), up); }
