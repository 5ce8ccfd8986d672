#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* silu(x) = x / (1 + e^-x) (Hendrycks and Gimpel 2016; Elfwing et al. 2017).
 * On the left tail numerator and denominator are scaled by c = 2^-64: neither overflows, and the
 * quotient alone rounds into the subnormals. */
#define STAGED_silu_fast exp_begun,

V_INLINE exp_begun silu_fast_begin(vf x) {
    vf b = x, magic = v_set(SCALED_MAGIC);
    int far = v_seldom_gt(v_abs(x), PLUS_1_EXACT);
    if (far) {
        x = v_at_least(x, v_set(-110.0f)); /* x e^x rounds to -0 */
        b = v_at_most(x, v_set(70.0f));    /* 1 + e^-x = 1 */
        magic = v_sel(exp_scaled(x), v_set(SCALED_MAGIC - 64.0f), magic);
    }
    return (exp_begun){x, exp_reduce_neg(b, magic), far};
}

V_INLINE vf silu_fast_end(exp_begun b) {
    vf s = scaled_s(b.e.t), w = scaled_w(b.e.t, b.e.r, -1), one = v_set(1.0f);
    if (!b.far) return v_div(b.x, v_fma(s, w, v_add(s, one)));
    vf c = v_sel(exp_scaled(b.x), v_set(0x1p-64f), one);
    return v_div(v_mul(b.x, c), plus_scaled(c, s, w));
}

V_INLINE vf silu_fast(vf x) { return silu_fast_end(silu_fast_begin(x)); }

V_INLINE vd silu_exact(vd x) {
    x = vd_at_least(x, vd_set(-110));
    return vd_times_sigmoid(x, x);
}

V_INLINE vd silu_f64(vd x) {
    x = vd_at_least(x, vd_set(-760)); /* x e^x rounds to -0 */
    vd b = vd_at_most(x, vd_set(40)); /* 1 + e^-x = 1 */
    return f64_over_1_plus(x, f64_exp(f64_neg(b)));
}
