#pragma once
#include "math/f64.h"
#include "math/gate.h"

/* glu(x, gate) = x / (1 + e^-gate) (Dauphin et al. 2017) = x / (1 + 2^-z), z = gate log2(e) in two
 * pieces */
V_INLINE vf glu_fast(vf x, vf gate) {
    vf b = gate, z_lo;
    int far = v_seldom(v_gt(v_abs(gate), v_set(40.0f))); /* else |z| < 64: nothing is scaled */
    if (far) b = v_at_least(v_at_most(gate, v_set(200.0f)), v_set(-200.0f));
    vf z = v_mul2(b, v_set(LOG2E), &z_lo);
    z_lo = v_fma(b, v_set(LOG2E_LO), z_lo);
    if (!far) return through_gate((gate_begun){x, z, z_lo, 0}, 0);
    return times_any_sigmoid2(x, z, z_lo);
}

V_INLINE vd glu_f64(vd x, vd gate) {
    vd u = vd_at_least(vd_at_most(gate, vd_set(40)), vd_set(-1500));
    return f64_times_any_sigmoid(x, u, vd_set(0));
}
