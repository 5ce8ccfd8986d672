#pragma once
#include "math/sech2.h"

/* tanh'(x) = 1 - tanh(x)^2 = 4 e^-2|x| / (1 + e^-2|x|)^2 = 4 / (2 + e^2|x| + e^-2|x|) */
V_INLINE vf tanh_grad_fast(vf x) {
    vf a = v_abs_at_most(x, 60.0f); /* beyond: 0; twice the largest x overflows */
    return over_2_plus_powers(v_set(4.0f), (vf2){v_add(a, a), v_set(-0.0f)});
}

V_INLINE vd tanh_grad_exact(vd x) {
    vd b = vd_at_least(vd_mul(vd_abs(x), vd_set(-2)), vd_set(-110));
    return vd_mul(vd_set(4), vd_decay_ratio(b));
}

V_INLINE vd tanh_grad_f64(vd x) {
    vd b = vd_at_least(f64_neg(vd_abs(x)), vd_set(-375)); /* beyond: 0 */
    f64_decay r = f64_decay_ratio(vd_add(b, b), vd_set(0));
    return vd_scale(r.y.hi, vd_add(r.n, vd_set(2)));
}
