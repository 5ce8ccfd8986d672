#pragma once
#include "act/silu.h"
#include "grad/silu.h"

/* d swiglu / d gate = silu'(gate) up. Where a table's piece falls to half of what it is at its
 * center, its last sum is most of the error, which a product can double: there silu' comes in two
 * pieces. */
V_INLINE vf swiglu_grad_fast(vf gate, vf up) {
#if V_PIECES == 16
    return vf2_times(silu_grad2_parts(gate, (vf2){v_abs(gate), v_set(-0.0f)}), up);
#else
    return v_mul(silu_grad_fast(gate), up);
#endif
}
/* d swiglu / d up = silu(gate), whatever up; subtracting 0 keeps a -0 */
V_INLINE vf swiglu_grad_up_fast(vf gate, vf up) { return v_sub(silu_fast(gate), v_nan_or_0(up)); }

V_INLINE vd swiglu_grad_f64(vd gate, vd up) { return vd_mul(silu_grad_f64(gate), up); }
V_INLINE vd swiglu_grad_up_f64(vd gate, vd up) { return vd_sub(silu_f64(gate), vd_nan_or_0(up)); }
