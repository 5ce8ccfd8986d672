#pragma once
#include "act/swish.h"
#include "grad/silu.h"

/* d swish / dx = silu'(beta x): the product of two floats is exact in double. */
V_INLINE vd swish_grad_exact(vd x, vd beta) { return silu_grad_exact(vd_mul(x, beta)); }

V_INLINE vf swish_grad_fast(vf x, vf beta) {
    return vd_narrow(swish_grad_exact(vd_widen(x), vd_widen(beta)));
}

V_INLINE vd swish_grad_f64(vd x, vd beta) { return f64_silu_grad(f64_swish_product(x, beta)); }
