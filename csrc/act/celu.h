#pragma once
#include "act/elu.h"

/* celu(x, alpha) = alpha elu(x / alpha, 1), alpha > 0 (Barron 2017). Near 0, where a large alpha
 * would take the quotient's bits below the normal numbers, it is x. */
V_INLINE vf celu_fast(vf x, vf alpha) {
    vf b = v_at_least(x, v_mul(alpha, v_set(-31.0f))); /* the quotient does not overflow */
    vf z = v_div(b, alpha);
    return v_sel(v_lt(z, v_set(-0x1p-26f)), elu_negative(z, alpha), x);
}

V_INLINE vd celu_exact(vd x, vd alpha) {
    return vd_sel(vd_lt(x, vd_set(0)), vd_elu_negative(vd_div(x, alpha), alpha), x);
}

/* x / alpha in two pieces */
V_INLINE vd2 f64_celu_quotient(vd x, vd alpha) {
    vd z = vd_div(x, alpha);
    vd2 product = vd2_product(z, alpha);
    return (vd2){z, vd_div(vd_sub(vd_sub(x, product.hi), product.lo), alpha)};
}

V_INLINE vd celu_f64(vd x, vd alpha) {
    vd b = vd_at_least(vd_at_most(x, vd_set(0)), vd_mul(alpha, vd_set(-40)));
    vd2 z = f64_celu_quotient(b, alpha);
    return vd_sel(vd_lt(z.hi, vd_set(-0x1p-54)), f64_elu_negative2(z.hi, z.lo, alpha), x);
}
