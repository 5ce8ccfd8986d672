#pragma once
#include "data/gelu_root_f64.gen.h"
#include "act/gelu.h"
#include "math/root.h"

#define ONE_OVER_ROOT_TWO_PI 0x1.9884533d43651p-2
/* HI + REST to 2^-86: HI has 29 bits, so that its product with a float is exact in double. */
#define ONE_OVER_ROOT_TWO_PI_HI 0x1.9884534p-2
#define ONE_OVER_ROOT_TWO_PI_REST -0x1.5e4d7b9781a62p-33

/* gelu'(x) = Phi(x) + x phi(x), for x = -a: e^(-a^2/2) (mills - a / sqrt(2 pi)), with mills(a) =
 * e^(a^2/2) Phi(-a) as in gelu_exact; and 1 less that for x = a. */
V_INLINE vd gelu_grad_exact(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(14.7)), four = vd_set(4); /* beyond: 1 and -0 */
    vd_exp_parts e = vd_exp(vd_mul(vd_mul(a, a), vd_set(-0.5)));
    vd mills = VD_POLY(vd_div(vd_sub(a, four), vd_add(a, four)), MILLS_F64);
    vd rest = vd_fnma(a, vd_set(ONE_OVER_ROOT_TWO_PI_HI), mills);
    rest = vd_fnma(a, vd_set(ONE_OVER_ROOT_TWO_PI_REST), rest);
    vd left = vd_mul(vd_fma(rest, e.w, rest), e.s);
    vd y = vd_sel(vd_lt(x, vd_set(0)), left, vd_sub(vd_set(1), left));
    y = vd_except(y, x, 0x1.40d932p-25, 0x1.000002p-1);
    return vd_except(y, x, -0x1.a1becap-14, 0x1.ffeb2ap-2);
}

/* Its zero at -0.75 takes more than float holds. */
V_INLINE vf gelu_grad_fast(vf x) { return vd_narrow(gelu_grad_exact(vd_widen(x))); }

#define ONE_OVER_ROOT_TWO_PI_LO -0x1.cbc0d30ebfd15p-56

/* Near 0, Phi(x) = 1/2 + x c(x^2) as in gelu_f64. */
V_INLINE vd gelu_grad_f64(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(38.7)), b = vd_copysign(a, x); /* beyond: 1 and -0 */
    vd2 square = vd2_product(vd_mul(a, vd_set(-0.5)), a);
    f64_exp_parts e = f64_exp2(square.hi, square.lo);
    vd n = f64_exponent(e), w = vd_add(e.w, e.lo), density = vd_set(ONE_OVER_ROOT_TWO_PI);
    vd phi = vd_scale(vd_fma(density, w, density), n);
    vd center = vd_fma(b, vd_add(VD_POLY(vd_mul(a, a), NORMAL_CDF_F64), phi), vd_set(0.5));

    vd c = vd_at_least(a, vd_set(0.5));
    vd2 h = f64_normal_tail(c);
    vd mills = vd_div(h.hi, c);
    vd2 product = vd2_product(mills, c), slope = vd2_product(c, density);
    vd mills_lo = vd_div(vd_add(vd_sub(vd_sub(h.hi, product.hi), product.lo), h.lo), c);
    vd slope_lo = vd_fma(c, vd_set(ONE_OVER_ROOT_TWO_PI_LO), slope.lo);
    vd rest = vd_add(vd_sub(mills, slope.hi), vd_sub(mills_lo, slope_lo));
    vd left = vd_scale(vd_fma(rest, w, rest), n);
    vd far = vd_sel(vd_lt(x, vd_set(0)), left, vd_sub(vd_set(1), left));

    vd near = f64_near_root((vd2){b, vd_set(0)}, GELU_ROOT_F64_HI, GELU_ROOT_F64_LO, GELU_ROOT_F64);
    vd away = vd_sel(vd_lt(a, vd_set(0.6)), center, far);
    return vd_sel(f64_is_near(b, GELU_ROOT_F64_HI), near, away);
}
