#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"

/* log2(e) = LOG2E + LOG2E_LO to 2^-50 */
#define LOG2E_LO 0x1.4ae0cp-26f

/* x / (1 + 2^-(z + z_lo)), which is x sigmoid(z ln 2), for -196 <= z <= 120; z_lo far smaller than
 * z. Below -64 numerator and denominator are scaled by c = 2^-72: neither overflows, and the
 * quotient alone rounds into the subnormals. plain: whether the bound leaves no room for a power
 * from a table, as gelu_quick's, which would be 2.0016 ULP off. */
typedef struct gate_begun {
    vf x, c; /* x c, and 2^-(z + z_lo) c from the two below */
    vf t, r;
    int far;
} gate_begun;

/* t is the magic number yet. far: whether a z may be below -124 */
V_INLINE gate_begun gate_scaled(vf x, vf z, int far, float magic) {
    gate_begun g = {x, v_set(1.0f), v_set(magic), z, far};
    if (far) {
        vm tail = v_lt(z, v_set(-64.0f));
        g.c = v_sel(tail, v_set(0x1p-72f), g.c);
        g.t = v_sel(tail, v_set(magic - 72.0f), g.t);
        g.x = v_mul(x, g.c);
    }
    return g;
}

V_INLINE gate_begun gate_begin(vf x, vf z, vf z_lo, int far, int plain) {
    gate_begun g = gate_scaled(x, z, far, plain ? POW2_MAGIC : SCALED_MAGIC);
    vf t = v_sub(g.t, z), n = v_sub(t, g.t);
    g.r = v_add(v_add(z, n), z_lo); /* z + n is exact */
    g.t = t;
    return g;
}

/* The same for z + z_lo = b (v + v_lo) */
V_INLINE gate_begun gate_begin_product(vf x, vf b, vf v, vf v_lo, int far) {
#if V_PIECES == 16 /* r is so small that it may round twice: z itself is for gate_scaled alone */
    gate_begun g = gate_scaled(x, far ? v_mul(b, v) : b, far, SCALED_MAGIC);
    vf t = v_fnma(b, v, g.t), n = v_sub(t, g.t);
    g.r = v_fma(b, v_lo, v_fma(b, v, n));
    g.t = t;
    return g;
#else
    vf z_lo, z = v_mul2(b, v, &z_lo);
    return gate_begin(x, z, v_fma(b, v_lo, z_lo), far, 0);
#endif
}

V_INLINE vf gate_end(gate_begun g, int plain) {
    vf s = plain ? v_pow2(g.t) : scaled_s(g.t);
    vf w = plain ? expm1_poly(v_mul(g.r, v_set(-LN2))) : scaled_w(g.t, g.r, -LN2);
    vf c = g.far ? g.c : v_set(1.0f); /* that it is 1 need not be handed on */
    return v_div(g.x, plus_scaled(c, s, w));
}

/* The first of two stages for any z: b is what limits it, near will do unless far. */
typedef struct any_gate_begun {
    vf x, b;
    gate_begun near;
    int far;
} any_gate_begun;

/* The same for |z| <= 320 and any x. A huge x brings back what 2^z takes away: below -192, where
 * 1 + 2^-z is 2^-z, x and 2^z trade 2^84, and at -280 even FLT_MAX rounds to 0. */
V_INLINE vf times_any_sigmoid2(vf x, vf z, vf z_lo) {
    vm far = v_lt(z, v_set(-192.0f));
    x = v_sel(far, v_mul(x, v_set(0x1p-84f)), x);
    z = v_sel(far, v_at_least(v_add(z, v_set(84.0f)), v_set(-196.0f)), z);
    z = v_at_most(z, v_set(64.0f)); /* 1 + 2^-64 = 1 */
    return gate_end(gate_begin(x, z, z_lo, 1, 0), 0);
}
