#pragma once
#include "act/silu.h"

/* swiglu(gate, up) = silu(gate) up (Shazeer 2020), as in two passes: silu(gate) rounds first. */
#define STAGED_swiglu_fast STAGED_silu_fast
V_INLINE exp_begun swiglu_fast_begin(vf gate, vf up) {
    (void)up;
    return silu_fast_begin(gate);
}
V_INLINE vf swiglu_fast_end(exp_begun b, vf up) { return v_mul(silu_fast_end(b), up); }
V_INLINE vf swiglu_fast(vf gate, vf up) { return v_mul(silu_fast(gate), up); }

V_INLINE vd swiglu_f64(vd gate, vd up) { return vd_mul(silu_f64(gate), up); }
