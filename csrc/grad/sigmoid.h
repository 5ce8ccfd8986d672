#pragma once
#if V_PIECES == 16
#include "data/sigmoid_grad_pieces_16.gen.h"
#elif V_PIECES == 8
#include "data/sigmoid_grad_pieces_8.gen.h"
#endif
#include "math/sech2.h"

/* sigmoid'(x) = e^-|x| / (1 + e^-|x|)^2 = 1 / (2 + e^|x| + e^-|x|) */
V_INLINE vf sigmoid_grad_by_power(vf a) {
    return over_2_plus_powers(v_set(1.0f), (vf2){a, v_set(-0.0f)});
}

#ifdef V_PIECES
#define STAGED_sigmoid_grad_fast v_placed,

V_INLINE v_placed sigmoid_grad_fast_begin(vf x) {
    vf a = v_abs(x), most = v_set(V_EVEN_MOST(SIGMOID_GRAD_PIECES));
    int far = v_seldom(v_gt(a, most));
    vf b = far ? v_at_most(a, most) : a;
    return (v_placed){a, V_EVEN_PLACE(SIGMOID_GRAD_PIECES, b), far};
}

V_INLINE vf sigmoid_grad_fast_end(v_placed b) {
    vf near = V_AT(SIGMOID_GRAD_PIECES, b.at), most = v_set(V_EVEN_MOST(SIGMOID_GRAD_PIECES));
    return b.far ? v_sel(v_gt(b.x, most), sigmoid_grad_by_power(b.x), near) : near;
}

V_INLINE vf sigmoid_grad_fast(vf x) { return sigmoid_grad_fast_end(sigmoid_grad_fast_begin(x)); }

/* sigmoid'(a), lo far smaller than hi >= 0 */
V_INLINE vf sigmoid_grad2(vf2 a) {
    vf most = v_set(V_EVEN_MOST(SIGMOID_GRAD_PIECES));
    vm beyond = v_gt(a.hi, most);
    int far = v_seldom(beyond);
    vf near = V_EVEN_PIECES2(SIGMOID_GRAD_PIECES, far ? v_at_most(a.hi, most) : a.hi, a.lo);
    return far ? v_sel(beyond, over_2_plus_powers(v_set(1.0f), a), near) : near;
}
#else
V_INLINE vf sigmoid_grad_fast(vf x) { return sigmoid_grad_by_power(v_abs(x)); }
#endif

V_INLINE vd sigmoid_grad_exact(vd x) {
    return vd_decay_ratio(vd_at_least(vd_sub(vd_set(0), vd_abs(x)), vd_set(-110)));
}

V_INLINE vd sigmoid_grad_f64(vd x) {
    vd b = vd_at_least(f64_neg(vd_abs(x)), vd_set(-750)); /* beyond: 0 */
    f64_decay r = f64_decay_ratio(b, vd_set(0));
    return vd_scale(r.y.hi, r.n);
}
