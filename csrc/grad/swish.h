#pragma once
#include "grad/silu.h"

/* d swish / dx = silu'(beta x): the product of two floats is exact in double. */
V_INLINE vd swish_grad_exact(vd x, vd beta) { return silu_grad_exact(vd_mul(x, beta)); }

V_INLINE vf swish_grad_fast(vf x, vf beta) {
    return vd_narrow(swish_grad_exact(vd_widen(x), vd_widen(beta)));
}

/* beta x, which does not overflow: |beta x| <= 1400 is enough */
V_INLINE vd2 f64_swish_product(vd x, vd beta) {
    vd most = vd_div(vd_set(1400), vd_at_least(vd_abs(beta), vd_set(0x1p-1011)));
    return vd2_product(beta, vd_at_least(vd_at_most(x, most), f64_neg(most)));
}

V_INLINE vd swish_grad_f64(vd x, vd beta) { return f64_silu_grad(f64_swish_product(x, beta)); }
