#pragma once
#include "math/f64.h"

/* softshrink(x, lambd) = x less what [-lambd, lambd] has nearest to it: one rounding. */
V_INLINE vf softshrink_fast(vf x, vf lambd) {
    return v_sub(x, v_at_most(v_at_least(x, v_neg(lambd)), lambd));
}

V_INLINE vd softshrink_exact(vd x, vd lambd) {
    return vd_sub(x, vd_at_most(vd_at_least(x, vd_sub(vd_set(0), lambd)), lambd));
}

static inline double softshrink_f64(double x, double lambd) {
    double nearest = f64_at_least(x, -lambd);
    return x - (isgreater(nearest, lambd) ? lambd : nearest);
}
