#pragma once
#include "act/hardsigmoid.h"
#include "math/exp_f64.h"
#include "math/f64.h"

/* hardswish(x) = x hardsigmoid(x) (Howard et al. 2019) */
V_INLINE vf hardswish_fast(vf x) {
    x = v_at_least(x, v_set(-3.0f)); /* below: 0, and -inf * 0 is no number */
    return v_mul(x, hardsigmoid_fast(x));
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

static inline double hardswish_f64(double x) {
    x = f64_at_least(x, -3);
    return isless(x, -1) ? x * (x + 3) / 6 : x * hardsigmoid_f64(x);
}

/* In two pieces, for both sums may cancel. Where a term is huge enough to overflow there, plain;
 * the scales multiplied first, so that nothing overflows before the result. */
static inline double scale_shift_hardswish_f64(double x, double scale_in, double shift_in,
                                               double scale_out, double shift_out) {
    double z = scale_in * x + shift_in;
    if (!isless(fabs(z) + fabs(shift_in) + fabs(scale_out) + fabs(shift_out), 0x1p300)) {
        if (isgreater(z, 3)) return scale_out * scale_in * x + (scale_out * shift_in + shift_out);
        return scale_out * hardswish_f64(z) + shift_out;
    }
    const f64_pair sixth = {0x1.5555555555555p-3, 0x1.5555555555555p-57};
    f64_pair h = f64_add(f64_product(scale_in, x), (f64_pair){shift_in, 0});
    f64_pair above = f64_add(h, (f64_pair){3, 0});
    if (above.hi <= 0) {
        h = (f64_pair){-0.0, 0};
    } else if (above.hi < 6) {
        h = f64_mul(f64_mul(h, above), sixth);
    }
    return f64_add(f64_mul(h, (f64_pair){scale_out, 0}), (f64_pair){shift_out, 0}).hi;
}
