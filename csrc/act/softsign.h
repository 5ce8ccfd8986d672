#pragma once
/* softsign(x) = x / (1 + |x|) (Turian et al. 2009) */
V_INLINE vf softsign_fast(vf x) {
    vf a = v_abs_at_most(x, 0x1p26f); /* rounds to 1, and inf / inf is no number */
    return v_copysign(v_div(a, v_add(a, v_set(1.0f))), x);
}

V_INLINE vd softsign_exact(vd x) {
    vd sign = x;
    x = vd_at_most(vd_abs(x), vd_set(0x1p26));
    vd y = vd_div(x, vd_add(x, vd_set(1)));
    y = vd_except(y, x, 0x1.17022cp-7, 0x1.14a722p-7);
    return vd_copysign(y, sign);
}

V_INLINE vd softsign_f64(vd x) {
    vd a = vd_at_most(vd_abs(x), vd_set(0x1p55));
    return vd_copysign(vd_div(a, vd_add(a, vd_set(1))), x);
}
