#pragma once
#include "act/silu.h"

/* swiglu(gate, up) = silu(gate) up (Shazeer 2020), as in two passes: silu(gate) rounds first. */
V_INLINE vf swiglu_fast(vf gate, vf up) { return v_mul(silu_fast(gate), up); }

V_INLINE vd swiglu_f64(vd gate, vd up) { return vd_mul(silu_f64(gate), up); }
