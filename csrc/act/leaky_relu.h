#pragma once
/* leaky_relu(x, slope) = x where x >= 0, else slope x (Maas et al. 2013): one rounding. */
V_INLINE vf leaky_relu_fast(vf x, vf slope) {
    return v_sel(v_lt(x, v_set(0.0f)), v_mul(slope, x), x);
}

/* The product of two floats is exact in double. */
V_INLINE vd leaky_relu_exact(vd x, vd slope) {
    return vd_sel(vd_lt(x, vd_set(0)), vd_mul(slope, x), x);
}

V_INLINE vd leaky_relu_f64(vd x, vd slope) { return leaky_relu_exact(x, slope); }
