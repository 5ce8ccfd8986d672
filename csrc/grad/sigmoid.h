#pragma once
#if V_PIECES == 16
#include "data/sigmoid_grad_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/sigmoid_grad_pieces_8.gen.h"
#endif
#include "math/sech2.h"

/* sigmoid'(x) = e^-|x| / (1 + e^-|x|)^2 = 1 / (2 + e^|x| + e^-|x|) */
V_INLINE vf sigmoid_grad_by_power(vf a) { return over_2_plus_powers(v_set(1.0f), a); }

V_INLINE vf sigmoid_grad_fast(vf x) {
    vf a = v_abs(x);
#ifdef V_PIECES
    vf most = v_set(V_EVEN_MOST(SIGMOID_GRAD_PIECES));
    vm beyond = v_gt(a, most);
    if (!v_seldom(beyond)) return V_EVEN_PIECES(SIGMOID_GRAD_PIECES, a);
    vf near = V_EVEN_PIECES(SIGMOID_GRAD_PIECES, v_at_most(a, most));
    return v_sel(beyond, sigmoid_grad_by_power(a), near);
#else
    return sigmoid_grad_by_power(a);
#endif
}

V_INLINE vd sigmoid_grad_exact(vd x) {
    return vd_decay_ratio(vd_at_least(vd_sub(vd_set(0), vd_abs(x)), vd_set(-110)));
}

V_INLINE vd sigmoid_grad_f64(vd x) {
    vd b = vd_at_least(f64_neg(vd_abs(x)), vd_set(-750)); /* beyond: 0 */
    f64_decay r = f64_decay_ratio(b, vd_set(0));
    return vd_scale(r.y.hi, r.n);
}
