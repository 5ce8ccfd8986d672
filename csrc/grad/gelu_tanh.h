#pragma once
#include "data/gelu_tanh_root_f64.gen.h"
#include "act/gelu_tanh.h"
#include "math/gate_grad.h"
#include "math/root.h"

/* gelu_tanh(x) = x / (1 + e^-u), u = x (U1 + U3 x^2), and x u' = x (U1 + 3 U3 x^2) */
V_INLINE vd gelu_tanh_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(9)), vd_set(-11)); /* beyond: 1 and -0 */
    vd square = vd_mul(b, b);
    vd u = vd_mul(b, vd_fma(square, vd_set(U3), vd_set(U1)));
    return vd_gate_grad(u, vd_set(0), vd_mul(b, vd_fma(square, vd_set(3 * U3), vd_set(U1))));
}

/* As silu_grad_fast. */
V_INLINE vf gelu_tanh_grad_fast(vf x) { return vd_narrow(gelu_tanh_grad_exact(vd_widen(x))); }

V_INLINE vd gelu_tanh_grad_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(16)), vd_set(-22)); /* beyond: 1 and -0 */
    const vd2 u1 = {vd_set(U1), vd_set(U1_LO)}, u3 = {vd_set(U3), vd_set(U3_LO)};
    vd2 factor = {b, vd_set(0)}, bend = vd2_mul(u3, vd2_product(b, b));
    vd2 straight = vd2_add(u1, bend), twice = {vd_add(bend.hi, bend.hi), vd_add(bend.lo, bend.lo)};
    vd2 u = vd2_mul(factor, straight), v = vd2_mul(factor, vd2_add(straight, twice));
    vd near =
        f64_near_root(factor, GELU_TANH_ROOT_F64_HI, GELU_TANH_ROOT_F64_LO, GELU_TANH_ROOT_F64);
    return vd_sel(f64_is_near(b, GELU_TANH_ROOT_F64_HI), near, f64_gate_grad(u, v));
}
