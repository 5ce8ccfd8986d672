#pragma once
#include "act/relu.h"
#include "math/f64.h"

/* d reglu / d gate = up where gate > 0, else 0 */
V_INLINE vf reglu_grad_fast(vf gate, vf up) {
    return v_sel(v_gt(gate, v_set(0.0f)), up, v_add(v_nan_or_0(gate), v_nan_or_0(up)));
}
/* d reglu / d up = relu(gate), whatever up; subtracting 0 keeps a -0 */
V_INLINE vf reglu_grad_up_fast(vf gate, vf up) { return v_sub(relu_fast(gate), v_nan_or_0(up)); }

V_INLINE vd reglu_grad_f64(vd gate, vd up) {
    return vd_sel(vd_gt(gate, vd_set(0)), up, vd_add(vd_nan_or_0(gate), vd_nan_or_0(up)));
}
V_INLINE vd reglu_grad_up_f64(vd gate, vd up) { return vd_sub(relu_f64(gate), vd_nan_or_0(up)); }
