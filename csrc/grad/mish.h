#pragma once
#include "data/mish_root_f64.gen.h"
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/root.h"

/* mish'(x) = y (4 (x + 1) + y (4 x + 6 + y (4 + y))) / (y (y + 2) + 2)^2, y = e^x (Misra 2019) */
V_INLINE vd mish_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(20)), vd_set(-110)); /* beyond: 1 and -0 */
    vd y = vd_exp_product(vd_exp(b)), four = vd_set(4);
    vd n = vd_fma(y, vd_add(y, four), vd_fma(b, four, vd_set(6)));
    n = vd_mul(y, vd_fma(y, n, vd_fma(b, four, four)));
    vd d = vd_fma(y, vd_add(y, vd_set(2)), vd_set(2));
    return vd_except(vd_div(n, vd_mul(d, d)), x, -0x1.4p-27, 0x1.333332p-1);
}

/* Its zero at -1.19 takes more than float holds of e^x. */
V_INLINE vf mish_grad_fast(vf x) { return vd_narrow(mish_grad_exact(vd_widen(x))); }

/* With y, d = y (y + 2) + 2 and what is divided by d^2 in two pieces each. */
V_INLINE vd mish_grad_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(40)), vd_set(-760)); /* beyond: 1 and -0 */
    f64_exp_parts e = f64_exp(b);
    vd s = vd_pow2(vd_at_least(e.t, vd_set(VD_POW2_MAGIC - 1000)));
    vd y = vd_fma(s, e.w, s), y_lo = vd_fma(s, e.lo, vd_fma(s, e.w, vd_sub(s, y)));
    vd two = vd_set(2), four = vd_set(4), steep = vd_mul(b, four), twice = vd_add(y, y);
    vd2 d = vd2_add(vd2_sum(twice, two), vd2_product(y, y));
    d.lo = vd_fma(y_lo, vd_add(twice, two), d.lo);
    vd2 square = vd2_product(d.hi, d.hi);
    square.lo = vd_fma(vd_add(d.hi, d.hi), d.lo, square.lo);
    vd inverse = vd_div(vd_set(1), square.hi);

    vd2 y2 = {y, y_lo}, y_4 = vd2_add(y2, (vd2){four, vd_set(0)});
    vd2 k = vd2_add(vd2_mul(y2, y_4), vd2_sum(steep, vd_set(6)));
    vd2 n = vd2_add(vd2_mul(y2, k), vd2_sum(steep, four));
    vd q = vd_mul(n.hi, inverse);
    vd2 product = vd2_product(q, square.hi);
    vd lost = vd_add(vd_sub(vd_sub(n.hi, product.hi), product.lo), vd_fnma(q, square.lo, n.lo));
    vd q_lo = vd_mul(lost, inverse), w = vd_add(e.w, e.lo);
    vd rest = vd_fma(q, w, vd_fma(q_lo, w, q_lo));
    vd away = vd_scale(vd_add(q, rest), f64_exponent(e));
    vd near = f64_near_root((vd2){b, vd_set(0)}, MISH_ROOT_F64_HI, MISH_ROOT_F64_LO,
                            MISH_ROOT_F64_REST, MISH_ROOT_F64);
    return vd_sel(f64_is_near(b, MISH_ROOT_F64_HI), near, away);
}
