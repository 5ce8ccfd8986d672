#pragma once
#include "math/f64.h"
#include "math/gate.h"

/* swish(x, beta) = x / (1 + e^-(beta x)) (Ramachandran et al. 2017) = x / (1 + 2^-z), with
 * z = x beta log2(e) in two pieces. */
V_INLINE vf swish_fast(vf x, vf beta) {
    vf beta2_lo, z_lo, beta2 = v_mul2(beta, v_set(LOG2E), &beta2_lo);
    beta2_lo = v_fma(beta, v_set(LOG2E_LO), beta2_lo);
    /* |z| <= 320: x may be huge where beta is small, and no product may overflow. */
    vf most = v_div(v_set(320.0f), v_at_least(v_abs(beta2), v_set(0x1.41p-120f)));
    vf b = x;
    int far = v_seldom(v_gt(v_abs(x), v_mul(most, v_set(0.2f)))); /* |z| may be more than 64 */
    if (far) b = v_at_least(v_at_most(x, most), v_neg(most));
    vf z = v_mul2(b, beta2, &z_lo);
    z_lo = v_fma(b, beta2_lo, z_lo);
    if (!far) return through_gate((gate_begun){x, z, z_lo, 0}, 0);
    vf finite = v_at_least(v_at_most(x, v_set(FLT_MAX)), v_set(-FLT_MAX)); /* the gate wins */
    x = v_sel(v_lt(z, v_set(-64.0f)), finite, x);
    return times_any_sigmoid2(x, z, z_lo);
}

/* The product of two floats is exact in double. */
V_INLINE vd swish_exact(vd x, vd beta) {
    vd u = vd_mul(x, beta), lowest = vd_set(-400);
    vd y = vd_times_sigmoid(x, vd_at_least(u, lowest));
    return vd_sel(vd_lt(u, lowest), vd_copysign(vd_set(0), x), y);
}

/* beta x where |beta x| <= 1500: x may be huge where beta is small, and no product may overflow. */
V_INLINE vd2 f64_swish_product(vd x, vd beta) {
    vd most = vd_div(vd_set(1500), vd_at_least(vd_abs(beta), vd_set(0x1p-1011)));
    return vd2_product(beta, vd_at_least(vd_at_most(x, most), f64_neg(most)));
}

/* Where the gate is shut it wins over an infinite x. */
V_INLINE vd swish_f64(vd x, vd beta) {
    vd2 u = f64_swish_product(x, beta);
    vd finite = vd_at_least(vd_at_most(x, vd_set(DBL_MAX)), vd_set(-DBL_MAX));
    x = vd_sel(vd_lt(u.hi, vd_set(-64)), finite, x);
    vd b = vd_at_most(u.hi, vd_set(40));
    return f64_times_any_sigmoid(x, b, u.lo);
}
