#pragma once
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* erf'(x) = 2 / sqrt(pi) e^-x^2, with x^2 in two pieces; HI + LO is 2 / sqrt(pi) to 2^-49, and with
 * F64_LO the double is to 2^-107. */
#define TWO_OVER_ROOT_PI 0x1.20dd750429b6dp+0
#define TWO_OVER_ROOT_PI_HI 0x1.20dd76p+0f
#define TWO_OVER_ROOT_PI_LO -0x1.f7ac92p-25f

V_INLINE vf erf_grad_fast(vf x) {
    vf a = v_at_most(v_abs(x), v_set(10.3f)), lo, square = v_mul2(a, a, &lo); /* beyond: 0 */
    exp_parts e = exp_reduce(v_neg(square), v_set(POW2_MAGIC));
    vf w = expm1_poly(v_sub(e.r, lo)), hi = v_set(TWO_OVER_ROOT_PI_HI);
    return v_scale(v_add(hi, v_fma(hi, w, v_set(TWO_OVER_ROOT_PI_LO))), e.n);
}

/* The square of a float is exact in double. */
V_INLINE vd erf_grad_exact(vd x) {
    x = vd_at_most(vd_abs(x), vd_set(10.5));
    vd power = vd_exp_product(vd_exp(vd_sub(vd_set(0), vd_mul(x, x))));
    vd y = vd_mul(vd_set(TWO_OVER_ROOT_PI), power);
    return vd_except(y, x, 0x1.ebb6dap-16, 0x1.20dd76p+0);
}

#define TWO_OVER_ROOT_PI_F64_LO 0x1.1ae3a914fed8p-56

V_INLINE vd erf_grad_f64(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(27.4)); /* beyond: 0 */
    vd2 square = vd2_product(a, f64_neg(a));
    f64_exp_parts e = f64_exp2(square.hi, square.lo);
    vd hi = vd_set(TWO_OVER_ROOT_PI);
    vd rest = vd_fma(hi, e.lo, vd_set(TWO_OVER_ROOT_PI_F64_LO));
    return vd_scale(vd_add(hi, vd_fma(hi, e.w, rest)), f64_exponent(e));
}
