#pragma once
#include "math/exp_f64.h"
#include "math/exp.h"

/* sigmoid(x) = 1 / (1 + e^-x), as c / (c + c e^-x) with c = 2^-24: so scaled, the denominator
 * neither overflows at the left tail nor underflows at the right one, and the quotient alone
 * rounds into the subnormals. */
static inline vf sigmoid_fast(vf x) {
    const vf c = v_set(0x1p-24f);
    x = v_at_least(v_at_most(x, v_set(70.0f)), v_set(-105.0f)); /* beyond: 0 and 1 */
    exp_parts e = exp_reduce(v_neg(x), v_set(POW2_MAGIC - 24.0f));
    return v_div(c, plus_scaled(c, v_pow2(e.t), expm1_poly(e.r)));
}

static inline vd sigmoid_exact(vd x) {
    x = vd_at_least(vd_at_most(x, vd_set(60)), vd_set(-105));
    vd_exp_parts e = vd_exp(vd_sub(vd_set(0), x));
    return vd_div(vd_set(1), vd_fma(e.s, e.w, vd_add(e.s, vd_set(1))));
}

static inline double sigmoid_f64(double x) {
    double e = exp(-fabs(x));
    return (isless(x, 0) ? e : 1) / (1 + e);
}
