#pragma once
#include "data/gelu_root_f64.gen.h"
#include "act/gelu.h"
#include "math/root.h"

#define ONE_OVER_ROOT_TWO_PI 0x1.9884533d43651p-2

/* gelu'(x) = Phi(x) + x phi(x), for x = -a: e^(-a^2/2) (mills - a / sqrt(2 pi)), with mills(a) =
 * e^(a^2/2) Phi(-a) as in gelu_exact; and 1 less that for x = a. */
V_INLINE vd gelu_grad_exact(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(14.7)), four = vd_set(4); /* beyond: 1 and -0 */
    vd_exp_parts e = vd_exp(vd_mul(vd_mul(a, a), vd_set(-0.5)));
    vd mills = VD_POLY(vd_div(vd_sub(a, four), vd_add(a, four)), MILLS_F64);
    vd rest = vd_fnma(a, vd_set(ONE_OVER_ROOT_TWO_PI), mills);
    vd left = vd_mul(vd_fma(rest, e.w, rest), e.s);
    return vd_sel(vd_lt(x, vd_set(0)), left, vd_sub(vd_set(1), left));
}

/* Its zero at -0.75 takes more than float holds. */
V_INLINE vf gelu_grad_fast(vf x) { return vd_narrow(gelu_grad_exact(vd_widen(x))); }

static inline double gelu_grad_f64(double x) {
    if (isless(fabs(x - GELU_ROOT_F64_HI), 0.375)) {
        return f64_near_root(x, GELU_ROOT_F64_HI, GELU_ROOT_F64_LO, GELU_ROOT_F64);
    }
    if (!isless(x, -1)) {
        double b = isgreater(x, 40) ? 40 : x;
        double slope = b * ONE_OVER_ROOT_TWO_PI * exp(-0.5 * b * b);
        return 0.5 + (0.5 * erf(b * 0x1.6a09e667f3bcdp-1) + slope);
    }
    double b = f64_at_least(x, -40); /* beyond: -0 */
    f64_pair square = f64_product(b, b);
    double slope = b * ONE_OVER_ROOT_TWO_PI * (1 - 0.5 * square.lo);
    return gelu_f64(b) / b + f64_times_exp(slope, -0.5 * square.hi);
}
