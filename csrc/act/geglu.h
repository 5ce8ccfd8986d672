#pragma once
#include "act/gelu.h"

/* geglu(gate, up) = gelu(gate) up (Shazeer 2020), as in two passes: gelu(gate) rounds first. */
V_INLINE vf geglu_fast(vf gate, vf up) { return v_mul(gelu_fast(gate), up); }
#ifdef STAGED_gelu_fast
#define STAGED_geglu_fast STAGED_gelu_fast
V_INLINE gelu_begun geglu_fast_begin(vf gate, vf up) {
    (void)up;
    return gelu_fast_begin(gate);
}
V_INLINE vf geglu_fast_end(gelu_begun b, vf up) { return v_mul(gelu_fast_end(b), up); }
#endif

V_INLINE vd geglu_f64(vd gate, vd up) { return vd_mul(gelu_f64(gate), up); }
