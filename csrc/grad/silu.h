#pragma once
#include "data/silu_root_f64.gen.h"
#include "math/gate_grad.h"
#include "math/root.h"

/* silu'(x). Near 0, 1/2 + x/2 may lie in the middle between two floats, and -x^3/24 decides, which
 * double does not see: as in sigmoid_exact, a slope too small by 2^-29 decides alike. */
V_INLINE vd silu_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(60)), vd_set(-110)); /* beyond: 1 and -0 */
    vd near = vd_fma(x, vd_set(0.5 - 0x1p-29), vd_set(0.5));
    return vd_sel(vd_lt(vd_abs(x), vd_set(0x1p-14)), near, vd_gate_grad(b, vd_set(0), b));
}

V_INLINE vf silu_grad_fast(vf x) {
    vf a = v_at_most(v_abs(x), v_set(110.0f)); /* beyond: 1 and -0 */
    return silu_grad2(x, (vf2){a, v_set(0.0f)});
}

/* silu'(u), u = hi + lo */
V_INLINE vd f64_silu_grad(vd2 u) {
    vd near =
        f64_near_root(u, SILU_ROOT_F64_HI, SILU_ROOT_F64_LO, SILU_ROOT_F64_REST, SILU_ROOT_F64);
    u.hi = vd_at_least(vd_at_most(u.hi, vd_set(60)), vd_set(-760)); /* beyond: 1 and -0 */
    return vd_sel(f64_is_near(u.hi, SILU_ROOT_F64_HI), near, f64_gate_grad(u, u));
}

V_INLINE vd silu_grad_f64(vd x) { return f64_silu_grad((vd2){x, vd_set(0)}); }
