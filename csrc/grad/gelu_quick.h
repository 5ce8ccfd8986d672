#pragma once
#include "act/gelu_quick.h"
#include "grad/silu.h"

/* gelu_quick'(x) = silu'(1.702 x), the product in two pieces */
V_INLINE vd gelu_quick_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(40)), vd_set(-66)); /* beyond: 1 and -0 */
    vd hi = vd_mul(b, vd_set(QUICK_F64_HI)), lo = vd_mul(b, vd_set(QUICK_F64_LO));
    return vd_gate_grad(hi, lo, hi);
}

/* As silu_grad_fast. */
V_INLINE vf gelu_quick_grad_fast(vf x) { return vd_narrow(gelu_quick_grad_exact(vd_widen(x))); }

static inline double gelu_quick_grad_f64(double x) {
    x = f64_at_least(x, -470); /* beyond: -0 */
    double b = isgreater(x, 470) ? 470 : x;
    return f64_silu_grad(f64_mul((f64_pair){b, 0}, QUICK_F64));
}
