#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* silu(x) = x / (1 + e^-x) (Hendrycks and Gimpel 2016; Elfwing et al. 2017).
 * On the left tail numerator and denominator are scaled by c = 2^-64: neither overflows, and the
 * quotient alone rounds into the subnormals. */
V_INLINE vf silu_fast(vf x) {
    vf b = x, c = v_set(1.0f), magic = v_set(SCALED_MAGIC);
    int far = v_seldom(v_gt(v_abs(x), v_set(PLUS_1_EXACT)));
    if (far) {
        x = v_at_least(x, v_set(-110.0f)); /* x e^x rounds to -0 */
        b = v_at_most(x, v_set(70.0f));    /* 1 + e^-x = 1 */
        vm tail = v_lt(x, v_set(-64.0f));
        c = v_sel(tail, v_set(0x1p-64f), c);
        magic = v_sel(tail, v_set(SCALED_MAGIC - 64.0f), magic);
    }
    exp_parts e = exp_reduce_neg(b, magic);
    vf s = scaled_s(e.t), w = scaled_w(e.t, e.r, -1);
    if (!far) return v_div(x, v_fma(s, w, v_add(s, c)));
    return v_div(v_mul(x, c), plus_scaled(c, s, w));
}

V_INLINE vd silu_exact(vd x) {
    x = vd_at_least(x, vd_set(-110));
    return vd_times_sigmoid(x, x);
}

V_INLINE vd silu_f64(vd x) {
    x = vd_at_least(x, vd_set(-760)); /* x e^x rounds to -0 */
    vd b = vd_at_most(x, vd_set(40)); /* 1 + e^-x = 1 */
    return f64_over_1_plus(x, f64_exp(f64_neg(b)));
}
