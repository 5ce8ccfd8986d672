#pragma once

/* softshrink(x, lambd) = x less what [-lambd, lambd] has nearest to it: one rounding. */
V_INLINE vf softshrink_fast(vf x, vf lambd) {
    return v_sub(x, v_at_most(v_at_least(x, v_neg(lambd)), lambd));
}

V_INLINE vd softshrink_exact(vd x, vd lambd) {
    return vd_sub(x, vd_at_most(vd_at_least(x, vd_sub(vd_set(0), lambd)), lambd));
}

V_INLINE vd softshrink_f64(vd x, vd lambd) { return softshrink_exact(x, lambd); }
