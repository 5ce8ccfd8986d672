#pragma once
#include "act/tanh.h"
#include "act/tanhshrink.h"

/* tanhshrink'(x) = tanh(x)^2. Near 0 x^2 may be the middle between two floats, and 1 - 2 x^2 / 3,
 * which double does not see, decides: 1 - 2^-50 decides alike, for x^2 has 48 bits. */
V_INLINE vd tanhshrink_grad_exact(vd x) {
    vd tanh = tanh_exact(x), near = vd_mul(vd_mul(x, x), vd_set(1 - 0x1p-50));
    return vd_sel(vd_lt(vd_abs(x), vd_set(0x1p-24)), near, vd_mul(tanh, tanh));
}

/* The square of a tanh within 2 ULP would not be. */
V_INLINE vf tanhshrink_grad_fast(vf x) { return vd_narrow(tanhshrink_grad_exact(vd_widen(x))); }

/* Below 1 x^2 (1 - x^2 p)^2, where tanhshrink(x) = x^3 p; beyond (1 - r)^2, r = 2 e / (1 + e). */
V_INLINE vd tanhshrink_grad_f64(vd x) {
    vd a = vd_abs(x), one = vd_set(1), b = vd_at_most(a, one);
    vd2 shrunk = f64_tanhshrink_near_0(b);
    vd tanh = vd_sub(b, shrunk.hi), lost = vd_sub(vd_sub(vd_sub(b, tanh), shrunk.hi), shrunk.lo);
    vd2 square = vd2_product(tanh, tanh);
    vd near = vd_add(square.hi, vd_fma(vd_add(tanh, tanh), lost, square.lo));

    f64_exp_parts e = f64_exp(vd_mul(vd_at_most(a, vd_set(40)), vd_set(-2))); /* beyond: 1 */
    vd s = vd_pow2(e.t), twice = vd_add(s, s);
    vd r = vd_div(vd_fma(twice, vd_add(e.w, e.lo), twice), f64_one_plus(s, e));
    vd far = vd_fma(r, vd_sub(r, vd_set(2)), one);
    return vd_sel(vd_lt(a, one), near, far);
}
