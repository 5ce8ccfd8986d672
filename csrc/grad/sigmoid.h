#pragma once
#include "math/sech2.h"

/* sigmoid'(x) = e^-|x| / (1 + e^-|x|)^2 = 1 / (2 + e^|x| + e^-|x|) */
V_INLINE vf sigmoid_grad_fast(vf x) { return over_2_plus_powers(v_set(1.0f), v_abs(x)); }

V_INLINE vd sigmoid_grad_exact(vd x) {
    return vd_decay_ratio(vd_at_least(vd_sub(vd_set(0), vd_abs(x)), vd_set(-110)));
}

V_INLINE vd sigmoid_grad_f64(vd x) {
    vd b = vd_at_least(f64_neg(vd_abs(x)), vd_set(-750)); /* beyond: 0 */
    f64_decay r = f64_decay_ratio(b, vd_set(0));
    return vd_scale(r.y.hi, r.n);
}
