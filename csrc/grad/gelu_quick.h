#pragma once
#include "act/gelu_quick.h"
#include "grad/silu.h"

/* gelu_quick'(x) = silu'(1.702 x), the product in two pieces */
V_INLINE vd gelu_quick_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(40)), vd_set(-66)); /* beyond: 1 and -0 */
    vd hi = vd_mul(b, vd_set(QUICK_F64_HI)), lo = vd_mul(b, vd_set(QUICK_F64_LO));
    return vd_except(vd_gate_grad(hi, lo, hi), x, 0x1.69a2fp+0, 0x1.198efep+0);
}

/* 1.702 = HI + LO to 2^-50 */
#define QUICK_F32_HI 0x1.b3b646p+0f
#define QUICK_F32_LO -0x1.78d4fep-26f

#if V_FMA
V_INLINE vf gelu_quick_grad_fast(vf x) {
    vf a = v_at_most(v_abs(x), v_set(64.0f)); /* beyond: 1 and -0 */
    vf2 u = vf2_product(a, v_set(QUICK_F32_HI));
    u.lo = v_fma(a, v_set(QUICK_F32_LO), u.lo);
    return silu_grad2(x, u);
}
#else /* 1.702 x in two pieces would be too coarse near the zero */
V_INLINE vf gelu_quick_grad_fast(vf x) { return vd_narrow(gelu_quick_grad_exact(vd_widen(x))); }
#endif

V_INLINE vd gelu_quick_grad_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(40)), vd_set(-450)); /* beyond: 1 and -0 */
    vd2 u = vd2_product(b, vd_set(QUICK2_HI));
    u.lo = vd_fma(b, vd_set(QUICK2_LO), u.lo);
    return f64_silu_grad(u);
}
