#pragma once
#include "act/silu.h"

/* swiglu(gate, up) = silu(gate) up (Shazeer 2020), as in two passes: silu(gate) rounds first. */
V_INLINE vf swiglu_fast(vf gate, vf up) { return v_mul(silu_fast(gate), up); }
static inline double swiglu_f64(double gate, double up) { return silu_f64(gate) * up; }
