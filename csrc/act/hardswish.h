#pragma once
#include "act/hardsigmoid.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* hardswish(x) = x hardsigmoid(x) (Howard et al. 2019) */
V_INLINE vf hardswish_fast(vf x) {
    x = v_at_least(x, v_set(-3.0f)); /* below: 0, and -inf * 0 is no number */
    return v_mul(x, v_sixth(v_at_most(v_add(x, v_set(3.0f)), v_set(6.0f))));
}

V_INLINE vd hardswish_exact(vd x) {
    x = vd_at_least(x, vd_set(-3));
    return vd_mul(vd_mul(x, vd_at_most(vd_add(vd_off_zero(x), vd_set(3)), vd_set(6))),
                  vd_set(0x1.5555555555555p-3)); /* 1/6 */
}

/* hardswish between two affine maps, as networks with learned affine blocks have it */
V_INLINE vf scale_shift_hardswish_fast(vf x, vf scale_in, vf shift_in, vf scale_out, vf shift_out) {
    return v_fma(scale_out, hardswish_fast(v_fma(scale_in, x, shift_in)), shift_out);
}

V_INLINE vd hardswish_f64(vd x) {
    x = vd_at_least(x, vd_set(-3));
    return vd_mul(x, hardsigmoid_f64(x));
}

/* In two pieces, for both sums may cancel: scale_out (h m / 6) + shift_out, m = h + 3 in [0, 6]. */
V_INLINE vd f64_scale_shift_hardswish2(vd x, vd scale_in, vd shift_in, vd scale_out, vd shift_out) {
    vd zero = vd_set(0), six = vd_set(6);
    const vd2 three = {vd_set(3), zero},
              sixth = {vd_set(0x1.5555555555555p-3), vd_set(0x1.5555555555555p-57)};
    vd2 h = vd2_add(vd2_product(scale_in, x), (vd2){shift_in, zero}), m = vd2_add(h, three);
    vd hi = vd_at_most(vd_at_least(m.hi, zero), six);
    m = (vd2){hi, vd_sel(vd_eq(hi, m.hi), m.lo, zero)};
    h = vd2_mul(vd2_mul(h, vd2_mul(m, sixth)), (vd2){scale_out, zero});
    return vd2_add(h, (vd2){shift_out, zero}).hi;
}

/* Where a term is so huge that those could overflow: plain, and where the hardswish is its input,
 * the scales multiplied first, so that nothing overflows before the result. */
V_INLINE vd scale_shift_hardswish_f64(vd x, vd scale_in, vd shift_in, vd scale_out, vd shift_out) {
    vd zero = vd_set(0), z = vd_add(vd_mul(scale_in, x), shift_in);
    vd size =
        vd_add(vd_add(vd_abs(z), vd_abs(shift_in)), vd_add(vd_abs(scale_out), vd_abs(shift_out)));
    vdm small = vd_lt(size, vd_set(0x1p300)), open = vd_gt(z, vd_set(3));
    vd two_pieces = f64_scale_shift_hardswish2(
        vd_sel(small, x, zero), vd_sel(small, scale_in, zero), vd_sel(small, shift_in, zero),
        vd_sel(small, scale_out, zero), vd_sel(small, shift_out, zero));
    vd scale = vd_mul(scale_out, vd_sel(small, zero, scale_in));
    vd linear = vd_add(vd_mul(scale, vd_sel(open, x, zero)),
                       vd_add(vd_mul(scale_out, vd_sel(open, shift_in, zero)), shift_out));
    vd curved = vd_add(vd_mul(scale_out, hardswish_f64(vd_at_most(z, vd_set(3)))), shift_out);
    return vd_sel(small, two_pieces, vd_sel(open, linear, curved));
}
