#pragma once
#include "act/softplus.h"

/* logsigmoid(x) = log(1 / (1 + e^-x)) = -softplus(-x) */
#define STAGED_logsigmoid_fast STAGED_softplus_fast

#ifdef V_PIECES
V_INLINE v_placed logsigmoid_fast_begin(vf x) { return softplus_fast_begin(x); }

V_INLINE vf logsigmoid_fast_end(v_placed b) {
    vf near = v_sub(v_negative(b.x), V_AT(LOG1P_EXP_PIECES, b.at));
    if (!b.far) return near;
    return v_sel(v_gt(v_abs(b.x), v_set(LOG1P_EXP_NEAR)), v_neg(softplus_far(v_neg(b.x))), near);
}
#else
V_INLINE exp_begun logsigmoid_fast_begin(vf x) { return softplus_fast_begin(v_neg(x)); }
V_INLINE vf logsigmoid_fast_end(exp_begun b) { return v_neg(softplus_fast_end(b)); }
#endif

V_INLINE vf logsigmoid_fast(vf x) { return logsigmoid_fast_end(logsigmoid_fast_begin(x)); }

V_INLINE vd logsigmoid_exact(vd x) {
    vd zero = vd_set(-0.0); /* -0 - x is -x, and the sign of 0 changes, too */
    return vd_sub(zero, softplus_exact(vd_sub(zero, x)));
}

V_INLINE vd logsigmoid_f64(vd x) { return f64_neg(softplus_f64(f64_neg(x))); }
