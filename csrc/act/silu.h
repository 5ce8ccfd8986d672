#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* silu(x) = x / (1 + e^-x) (Hendrycks and Gimpel 2016; Elfwing et al. 2017).
 * On the left tail numerator and denominator are scaled by c = 2^-64: neither overflows, and the
 * quotient alone rounds into the subnormals. */
#if V_PIECES == 8
#define SILU_MAGIC POWER_MAGIC
#define SILU_NEAR 80.0f
#else
#define SILU_MAGIC SCALED_MAGIC
#define SILU_NEAR PLUS_1_EXACT
#endif
V_INLINE vf silu_fast(vf x) {
    vf b = x, c = v_set(1.0f), magic = v_set(SILU_MAGIC);
    int far = v_seldom(v_gt(v_abs(x), v_set(SILU_NEAR)));
    if (far) {
        x = v_at_least(x, v_set(-110.0f)); /* x e^x rounds to -0 */
        b = v_at_most(x, v_set(70.0f));    /* 1 + e^-x = 1 */
        vm tail = v_lt(x, v_set(-64.0f));
        c = v_sel(tail, v_set(0x1p-64f), c);
        magic = v_sel(tail, v_set(SILU_MAGIC - 64.0f), magic);
    }
    exp_parts e = exp_reduce_neg(b, magic);
#if V_PIECES == 8
    return v_div(far ? v_mul(x, c) : x, plus_power(c, e.t, e.r, -1));
#else
    vf s = scaled_s(e.t), w = scaled_w(e.t, e.r, -1);
    if (!far) return v_div(x, v_fma(s, w, v_add(s, c)));
    return v_div(v_mul(x, c), plus_scaled(c, s, w));
#endif
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
