#pragma once
#include "math/f64.h"
#include "math/gate.h"

/* glu(x, gate) = x / (1 + e^-gate) (Dauphin et al. 2017) = x / (1 + 2^-z), z = gate log2(e) in two
 * pieces */
V_INLINE vf glu_fast(vf x, vf gate) {
    vf b = v_at_least(v_at_most(gate, v_set(200.0f)), v_set(-200.0f)), z_lo;
    vf z = v_mul2(b, v_set(LOG2E), &z_lo);
    return times_any_sigmoid2(x, z, v_fma(b, v_set(LOG2E_LO), z_lo));
}

static inline double glu_f64(double x, double gate) {
    /* x e^-1400 rounds to 0 unless |x| > 2^945 */
    if (isless(gate, -1400)) return x * 0x1p-1000 * 0x1p-1000 * 0x1p-1000;
    return f64_times_sigmoid(x, (f64_pair){gate, 0});
}
