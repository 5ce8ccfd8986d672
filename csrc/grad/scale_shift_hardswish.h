#pragma once
#include "math/f64.h"

/* The derivative of scale_out hardswish(z) + shift_out by x, z = scale_in x + shift_in: scale_in
 * scale_out hardswish'(z). Near z = -3/2, its zero, both sums cancel: each has two pieces. */
V_INLINE vd scale_shift_hardswish_slope(vd2 z) {
    vd zero = vd_set(0), three = vd_set(3);
    vd2 twice = vd2_sum(vd_add(z.hi, z.hi), three);
    vd slope = vd_div(vd_add(twice.hi, vd_add(twice.lo, vd_add(z.lo, z.lo))), vd_set(6));
    vdm above = vd_gt(vd_add(vd_add(z.hi, three), z.lo), zero);
    vdm below = vd_lt(vd_add(vd_sub(z.hi, three), z.lo), zero);
    return vd_sel(above, vd_sel(below, slope, vd_set(1)), vd_nan_or_0(z.hi));
}

/* The product of two floats is exact in double. */
V_INLINE vf scale_shift_hardswish_grad_fast(vf x, vf scale_in, vf shift_in, vf scale_out,
                                            vf shift_out) {
    vd most = vd_set(0x1p300), scale = vd_widen(scale_in);
    vd product = vd_at_least(vd_at_most(vd_mul(scale, vd_widen(x)), most), f64_neg(most));
    vd slope = scale_shift_hardswish_slope(vd2_sum(product, vd_widen(shift_in)));
    slope = vd_sub(slope, vd_nan_or_0(vd_widen(shift_out)));
    return vd_narrow(vd_mul(vd_mul(scale, vd_widen(scale_out)), slope));
}

V_INLINE vd scale_shift_hardswish_grad_f64(vd x, vd scale_in, vd shift_in, vd scale_out,
                                           vd shift_out) {
    /* Beyond this the product, or a piece of it, might overflow. */
    vd most = vd_div(vd_set(0x1p990), vd_at_least(vd_abs(scale_in), vd_set(1)));
    vd2 product = vd2_product(scale_in, vd_at_least(vd_at_most(x, most), f64_neg(most)));
    vd slope = scale_shift_hardswish_slope(vd2_add(product, (vd2){shift_in, vd_set(0)}));
    slope = vd_sub(slope, vd_nan_or_0(shift_out));
    return vd_mul(vd_mul(scale_in, slope), scale_out);
}
