#pragma once
#include "math/f64.h"
/* softsign'(x) = 1 / (1 + |x|)^2, with 1 + |x| in two pieces. Far out both are scaled by c = 2^-40:
 * the square does not overflow, and the quotient alone rounds into the subnormals. */
V_INLINE vf softsign_grad_fast(vf x) {
    vf a = v_at_most(v_abs(x), v_set(0x1p76f)); /* beyond: 0 */
    vf c = v_sel(v_gt(a, v_set(0x1p30f)), v_set(0x1p-40f), v_set(1.0f));
    vf b = v_mul(a, c), d = v_add(b, c), high = v_at_least(b, c);
    vf low = v_at_most(b, c), d_lo = v_sub(low, v_sub(d, high));
    vf square_lo, square = v_mul2(d, d, &square_lo);
    square = v_add(square, v_fma(v_add(d, d), d_lo, square_lo));
    return v_div(v_mul(c, c), square);
}

V_INLINE vd softsign_grad_exact(vd x) {
    vd d = vd_add(vd_at_most(vd_abs(x), vd_set(0x1p76)), vd_set(1));
    return vd_div(vd_set(1), vd_mul(d, d));
}

V_INLINE vd softsign_grad_f64(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(0x1p539)); /* beyond: 0 */
    vd c = vd_sel(vd_gt(a, vd_set(0x1p60)), vd_set(0x1p-270), vd_set(1));
    vd2 d = vd2_sum(vd_mul(a, c), c), square = vd2_product(d.hi, d.hi);
    square.lo = vd_fma(vd_add(d.hi, d.hi), d.lo, square.lo);
    return vd_div(vd_mul(c, c), vd_add(square.hi, square.lo));
}
