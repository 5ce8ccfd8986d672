#pragma once
#include "act/elu.h"
#include "math/f64.h"

/* y e^(x + lo) for x <= 0, 0 above; lo far smaller than x. The power is halved for the product,
 * which then does not overflow, and where it is tiny, y gives way, so that the last scaling alone
 * rounds into the subnormals. */
V_INLINE vf times_exp_negative(vf y, vf x, vf lo) {
    vf b = v_at_most(x, v_set(0.0f)), up = v_set(1.0f);
    int far = v_seldom(v_lt(b, v_set(-80.0f)));
    if (far) {
        b = v_at_least(b, v_set(-240.0f)); /* FLT_MAX e^-240 rounds to 0 */
        vm tiny = v_lt(b, v_set(-170.0f));
        y = v_sel(tiny, v_mul(y, v_set(0x1p-100f)), y);
        up = v_sel(tiny, v_set(101.0f), up);
    }
    exp_parts e = exp_reduce(b, v_set(POW2_MAGIC));
    vf w = expm1_poly(v_add(e.r, lo)), half = v_fma(v_set(0.5f), w, v_set(0.5f));
    if (!far) return v_mul(v_mul(y, half), v_pow2(v_add(e.t, up)));
    return v_scale(v_mul(y, half), v_add(e.n, up));
}

/* elu'(x, alpha) = 1 where x > 0, else alpha e^x */
V_INLINE vf elu_grad_fast(vf x, vf alpha) {
    vf negative = times_exp_negative(alpha, x, v_set(0.0f));
    return v_sel(v_gt(x, v_set(0.0f)), v_set(1.0f), negative);
}

V_INLINE vd vd_exp_negative(vd x) {
    return vd_exp_product(vd_exp(vd_at_least(vd_at_most(x, vd_set(0)), vd_set(-250))));
}

V_INLINE vd elu_grad_exact(vd x, vd alpha) {
    vd negative = vd_mul(alpha, vd_exp_negative(x));
    return vd_sel(vd_gt(x, vd_set(0)), vd_set(1), negative);
}

/* d elu / d alpha = min(e^x - 1, 0), whatever alpha */
V_INLINE vf elu_grad_alpha_fast(vf x, vf alpha) {
    vf one = v_add(v_set(1.0f), v_nan_or_0(alpha));
    return v_sel(v_lt(x, v_set(0.0f)), elu_negative(x, one), v_zero(x));
}

V_INLINE vd elu_grad_alpha_exact(vd x, vd alpha) {
    vd one = vd_add(vd_set(1), vd_nan_or_0(alpha));
    return vd_sel(vd_lt(x, vd_set(0)), vd_elu_negative(x, one), vd_zero(x));
}

/* y e^(x + lo) for x <= 0, as times_exp_negative */
V_INLINE vd f64_times_exp_negative(vd y, vd x, vd lo) {
    vd b = vd_at_least(vd_at_most(x, vd_set(0)), vd_set(-1500)); /* DBL_MAX e^-1500 rounds to 0 */
    f64_exp_parts e = f64_exp2(b, lo);
    vd half = vd_fma(vd_set(0.5), e.w, vd_fma(vd_set(0.5), e.lo, vd_set(0.5)));
    return f64_scale_down(vd_mul(y, half), vd_add(f64_exponent(e), vd_set(1)));
}

V_INLINE vd elu_grad_f64(vd x, vd alpha) {
    vd negative = f64_times_exp_negative(alpha, x, vd_set(0));
    return vd_sel(vd_gt(x, vd_set(0)), vd_set(1), negative);
}

V_INLINE vd elu_grad_alpha_f64(vd x, vd alpha) {
    vd one = vd_add(vd_set(1), vd_nan_or_0(alpha));
    return vd_sel(vd_lt(x, vd_set(0)), f64_elu_negative(x, one), vd_zero(x));
}
