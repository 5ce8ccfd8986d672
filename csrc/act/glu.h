#pragma once
#include "math/f64.h"
#include "math/gate.h"

/* glu(x, gate) = x / (1 + e^-gate) (Dauphin et al. 2017) = x / (1 + 2^-z), z = gate log2(e) in two
 * pieces */
#define STAGED_glu_fast any_gate_begun,

V_INLINE any_gate_begun glu_fast_begin(vf x, vf gate) {
    vf b = gate;
    int far = v_seldom_gt(v_abs(gate), 40.0f); /* else |z| < 64: nothing is scaled */
    if (far) b = v_at_least(v_at_most(gate, v_set(200.0f)), v_set(-200.0f));
    return (any_gate_begun){x, b, gate_begin_product(x, b, v_set(LOG2E), v_set(LOG2E_LO), 0), far};
}

V_INLINE vf glu_fast_end(any_gate_begun b, vf gate) {
    (void)gate;
    if (!b.far) return gate_end(b.near, 0);
    vf2 z = vf2_product(b.b, v_set(LOG2E));
    return times_any_sigmoid2(b.x, z.hi, v_fma(b.b, v_set(LOG2E_LO), z.lo));
}

V_INLINE vf glu_fast(vf x, vf gate) { return glu_fast_end(glu_fast_begin(x, gate), gate); }

V_INLINE vd glu_f64(vd x, vd gate) {
    vd u = vd_at_least(vd_at_most(gate, vd_set(40)), vd_set(-1500));
    return f64_times_any_sigmoid(x, u, vd_set(0));
}
