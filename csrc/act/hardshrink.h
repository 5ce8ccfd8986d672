#pragma once

/* hardshrink(x, lambd) = x where |x| > lambd, else 0. As in relu, -0 stays. */
V_INLINE vf hardshrink_fast(vf x, vf lambd) { return v_sel(v_gt(v_abs(x), lambd), x, v_zero(x)); }

V_INLINE vd hardshrink_exact(vd x, vd lambd) {
    return vd_sel(vd_gt(vd_abs(x), lambd), x, vd_zero(x));
}

V_INLINE vd hardshrink_f64(vd x, vd lambd) { return hardshrink_exact(x, lambd); }
