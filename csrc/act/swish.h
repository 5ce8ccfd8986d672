#pragma once
#include "math/f64.h"
#include "math/gate.h"

/* swish(x, beta) = x / (1 + e^-(beta x)) (Ramachandran et al. 2017) = x / (1 + 2^-z), with
 * z = x beta log2(e) in two pieces. */
#define STAGED_swish_fast any_gate_begun,

/* beta log2(e) */
V_INLINE vf2 swish_beta2(vf beta) {
    vf2 beta2 = vf2_product(beta, v_set(LOG2E));
    return (vf2){beta2.hi, v_fma(beta, v_set(LOG2E_LO), beta2.lo)};
}

/* |z| <= 320 up to this |x|, which may be huge where beta is small; no product may overflow. */
V_INLINE vf swish_most(vf2 beta2) {
    return v_div(v_set(320.0f), v_at_least(v_abs(beta2.hi), v_set(0x1.41p-120f)));
}

V_INLINE any_gate_begun swish_fast_begin(vf x, vf beta) {
    vf2 beta2 = swish_beta2(beta);
    vf b = x, most = swish_most(beta2);
    int far = v_seldom(v_gt(v_abs(x), v_mul(most, v_set(0.2f)))); /* |z| may be more than 64 */
    if (far) b = v_at_least(v_at_most(x, most), v_neg(most));
    return (any_gate_begun){x, b, gate_begin_product(x, b, beta2.hi, beta2.lo, 0), far};
}

V_INLINE vf swish_fast_end(any_gate_begun b, vf beta) {
    if (!b.far) return gate_end(b.near, 0);
    vf2 beta2 = swish_beta2(beta), z = vf2_product(b.b, beta2.hi);
    vf finite = v_at_least(v_at_most(b.x, v_set(FLT_MAX)), v_set(-FLT_MAX)); /* the gate wins */
    vf x = v_sel(v_lt(z.hi, v_set(-64.0f)), finite, b.x);
    return times_any_sigmoid2(x, z.hi, v_fma(b.b, beta2.lo, z.lo));
}

V_INLINE vf swish_fast(vf x, vf beta) { return swish_fast_end(swish_fast_begin(x, beta), beta); }

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
