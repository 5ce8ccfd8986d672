#pragma once
#include "act/softplus.h"

/* logsigmoid(x) = log(1 / (1 + e^-x)) = -softplus(-x) */
V_INLINE vf logsigmoid_fast(vf x) { return v_neg(softplus_fast(v_neg(x))); }

V_INLINE vd logsigmoid_exact(vd x) {
    vd zero = vd_set(-0.0); /* -0 - x is -x, and the sign of 0 changes, too */
    return vd_sub(zero, softplus_exact(vd_sub(zero, x)));
}

V_INLINE vd logsigmoid_f64(vd x) { return f64_neg(softplus_f64(f64_neg(x))); }
