#pragma once

/* thresholded_relu(x, alpha) = x where x > alpha, else 0 (Konda et al. 2014). As in relu, -0 stays.
 */
V_INLINE vf thresholded_relu_fast(vf x, vf alpha) { return v_sel(v_gt(x, alpha), x, v_zero(x)); }

V_INLINE vd thresholded_relu_exact(vd x, vd alpha) {
    return vd_sel(vd_gt(x, alpha), x, vd_zero(x));
}

V_INLINE vd thresholded_relu_f64(vd x, vd alpha) { return thresholded_relu_exact(x, alpha); }
