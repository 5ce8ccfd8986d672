#pragma once
/* log1p'(x) = 1 / (1 + x); inf at -1, where log1p is -inf, and NaN below, where it has no value. As
 * there, without a flag. */
V_INLINE vf log1p_grad_fast(vf x) {
    vf b = v_at_least(x, v_set(-1 + 0x1p-24f));
    vf y = v_div(v_set(1.0f), v_add(v_set(1.0f), b));
    y = v_sel(v_lt(x, v_set(-1 + 0x1p-24f)), v_set(INFINITY), y);
    return v_sel(v_lt(x, v_set(-1.0f)), v_set(NAN), y);
}

V_INLINE vd log1p_grad_f64(vd x) {
    vd b = vd_at_least(x, vd_set(-1 + 0x1p-53));
    vd y = vd_div(vd_set(1), vd_add(vd_set(1), b));
    y = vd_sel(vd_lt(x, vd_set(-1 + 0x1p-53)), vd_set(INFINITY), y);
    return vd_sel(vd_lt(x, vd_set(-1)), vd_set(NAN), y);
}

V_INLINE vd log1p_grad_exact(vd x) {
    vd y = log1p_grad_f64(x);
    return vd_except(y, x, 0x1.e691c6p-12, 0x1.ffc336p-1);
}
