#pragma once
#include "act/swish.h"
#include "grad/silu.h"

/* d swish / dx = silu'(beta x): the product of two floats is exact in double. */
V_INLINE vd swish_grad_exact(vd x, vd beta) { return silu_grad_exact(vd_mul(x, beta)); }

#if V_FMA
/* beta x in two pieces, 128 at most, for no product may overflow: there silu' is 0 or 1. */
V_INLINE vf2 swish_grad_argument(vf x, vf beta) {
    vf most = v_div(v_set(128.0f), v_at_least(v_abs(beta), v_set(0x1p-120f)));
    return vf2_product(v_at_least(v_at_most(x, most), v_neg(most)), beta);
}

V_INLINE vf swish_grad_fast(vf x, vf beta) {
    vf2 u = swish_grad_argument(x, beta);
    return silu_grad2(u.hi, vf2_abs(u));
}
#else /* as gelu_quick_grad_fast */
V_INLINE vf swish_grad_fast(vf x, vf beta) {
    return vd_narrow(swish_grad_exact(vd_widen(x), vd_widen(beta)));
}
#endif

V_INLINE vd swish_grad_f64(vd x, vd beta) { return f64_silu_grad(f64_swish_product(x, beta)); }
