#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"

/* log2(e) = LOG2E + LOG2E_LO to 2^-50 */
#define LOG2E_LO 0x1.4ae0cp-26f

/* x / (1 + 2^-(z + z_lo)), which is x sigmoid(z ln 2), for -196 <= z <= 120; z_lo far smaller than
 * z. far: whether a z may be below -124. */
typedef struct gate_begun {
    vf x, z, z_lo;
    int far;
} gate_begun;

/* Below -64 numerator and denominator are scaled by c = 2^-72: neither overflows, and the quotient
 * alone rounds into the subnormals. plain: whether the bound leaves no room for a power from a
 * table, as gelu_quick's, which would be 2.0016 ULP off. */
V_INLINE vf through_gate(gate_begun g, int plain) {
    const float whole = plain ? POW2_MAGIC : SCALED_MAGIC;
    vf z = g.z, c = v_set(1.0f), magic = v_set(whole);
    if (g.far) {
        vm tail = v_lt(z, v_set(-64.0f));
        c = v_sel(tail, v_set(0x1p-72f), c);
        magic = v_sel(tail, v_set(whole - 72.0f), magic);
    }
    vf t = v_sub(magic, z), n = v_sub(t, magic);
    vf r = v_add(v_add(z, n), g.z_lo); /* z + n is exact */
    vf s = plain ? v_pow2(t) : scaled_s(t);
    vf w = plain ? expm1_poly(v_mul(r, v_set(-LN2))) : scaled_w(t, r, -LN2);
    return v_div(v_mul(g.x, c), plus_scaled(c, s, w));
}

/* The same for |z| <= 320 and any x. A huge x brings back what 2^z takes away: below -192, where
 * 1 + 2^-z is 2^-z, x and 2^z trade 2^84, and at -280 even FLT_MAX rounds to 0. */
V_INLINE vf times_any_sigmoid2(vf x, vf z, vf z_lo) {
    vm far = v_lt(z, v_set(-192.0f));
    x = v_sel(far, v_mul(x, v_set(0x1p-84f)), x);
    z = v_sel(far, v_at_least(v_add(z, v_set(84.0f)), v_set(-196.0f)), z);
    z = v_at_most(z, v_set(64.0f)); /* 1 + 2^-64 = 1 */
    return through_gate((gate_begun){x, z, z_lo, 1}, 0);
}
