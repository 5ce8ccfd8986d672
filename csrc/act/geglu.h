#pragma once
#include "act/gelu.h"

/* geglu(gate, up) = gelu(gate) up (Shazeer 2020), as in two passes: gelu(gate) rounds first. */
V_INLINE vf geglu_fast(vf gate, vf up) { return v_mul(gelu_fast(gate), up); }

V_INLINE vd geglu_f64(vd gate, vd up) { return vd_mul(gelu_f64(gate), up); }
