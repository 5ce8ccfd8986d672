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

V_INLINE vd celu_f64(vd x, vd alpha) {
    vd z = vd_div(vd_at_least(x, vd_mul(alpha, vd_set(-40))), alpha);
    return vd_sel(vd_lt(z, vd_set(-0x1p-54)), f64_elu_negative(z, alpha), x);
}
