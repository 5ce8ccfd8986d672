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

static inline double gelu_tanh_grad_f64(double x) {
    if (isless(fabs(x - GELU_TANH_ROOT_F64_HI), 0.375)) {
        return f64_near_root(x, GELU_TANH_ROOT_F64_HI, GELU_TANH_ROOT_F64_LO, GELU_TANH_ROOT_F64);
    }
    double b = f64_at_least(x, -25); /* beyond: -0 */
    if (isgreater(b, 25)) b = 25;
    f64_pair square = f64_product(b, b), u3 = {U3, U3_LO}, u1 = {U1, U1_LO};
    f64_pair u = f64_mul((f64_pair){b, 0}, f64_add(u1, f64_mul(u3, square)));
    return f64_gate_grad(u, b * (3 * U3 * square.hi + U1));
}
