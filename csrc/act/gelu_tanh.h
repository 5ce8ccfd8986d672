#pragma once
#include "math/f64.h"
#include "math/gate.h"

/* gelu_tanh(x) = x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) = x / (1 + 2^-z),
 * z = x (Z1 + Z3 x^2), Z1 = 2 sqrt(2 / pi) log2(e), Z3 = 0.044715 Z1 (Hendrycks and Gimpel 2016).
 * On the left tail an error of z is an error of 100 times that of the result, so z has two
 * pieces. Z1_HI has 16 bits, so that v - Z1_HI is exact. */
#define Z1_HI 0x1.26aep+1f
#define Z1_LO 0x1.84379cp-16f
#define Z3_HI 0x1.a5a7dp-4f
#define Z3_LO -0x1.151aaep-29f

#define STAGED_gelu_tanh_fast gate_begun,
V_INLINE gate_begun gelu_tanh_fast_begin(vf x) {
    vf b = x;
    int far = v_seldom_gt(v_abs(x), 9.5f);
    if (far) {
        x = v_at_least(x, v_set(-11.0f)); /* gelu_tanh(-11) rounds to -0 */
        b = v_at_most(x, v_set(9.0f));    /* 1 + 2^-z = 1 */
    }
    vf u_lo, v_lo;
    vf u = v_mul2(b, b, &u_lo);
    vf v = v_fma2(v_set(Z3_HI), u, v_set(Z1_HI), &v_lo);
    u_lo = v_fma(v_set(Z3_LO / Z3_HI), u, u_lo);
    v_lo = v_fma(v_set(Z3_HI), u_lo, v_add(v_lo, v_set(Z1_LO)));
    return gate_begin_product(x, b, v, v_lo, far);
}

V_INLINE vf gelu_tanh_fast_end(gate_begun g) { return gate_end(g, 0); }

V_INLINE vf gelu_tanh_fast(vf x) { return gelu_tanh_fast_end(gelu_tanh_fast_begin(x)); }

/* u = x (U1 + U3 x^2) for e^-u: U1 = 2 sqrt(2 / pi), U3 = 0.044715 U1. */
#define U1 0x1.9884533d43651p+0
#define U3 0x1.2444f2a4d8b4bp-4

V_INLINE vd gelu_tanh_exact(vd x) {
    x = vd_at_least(x, vd_set(-11));
    vd b = vd_at_most(x, vd_set(9));
    vd u = vd_mul(b, vd_fma(vd_mul(b, b), vd_set(U3), vd_set(U1)));
    return vd_except(vd_times_sigmoid(x, u), x, 0x1.6148dep-16, 0x1.614a62p-17);
}

/* u in two pieces */
#define U1_LO -0x1.cbc0d30ebfd15p-54
#define U3_LO -0x1.6c843a29d1c7p-61

V_INLINE vd gelu_tanh_f64(vd x) {
    x = vd_at_least(x, vd_set(-22));  /* gelu_tanh(-22) rounds to -0 */
    vd b = vd_at_most(x, vd_set(16)); /* 1 + e^-u = 1 */
    const vd2 u1 = {vd_set(U1), vd_set(U1_LO)}, u3 = {vd_set(U3), vd_set(U3_LO)};
    vd2 u = vd2_mul((vd2){f64_neg(b), vd_set(0)}, vd2_add(u1, vd2_mul(u3, vd2_product(b, b))));
    return f64_over_1_plus(x, f64_exp2(u.hi, u.lo));
}
