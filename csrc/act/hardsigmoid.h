#pragma once
/* 1/6 = SIXTH_HI + SIXTH_LO to 2^-53 */
#define SIXTH_HI 0x1.555556p-3f
#define SIXTH_LO -0x1.555556p-28f

/* a / 6, to less than an ULP without a division */
V_INLINE vf v_sixth(vf a) {
#if V_FMA
    return v_fma(a, v_set(SIXTH_HI), v_mul(a, v_set(SIXTH_LO)));
#else
    return v_div(a, v_set(6.0f));
#endif
}

/* hardsigmoid(x) = min(max(x + 3, 0), 6) / 6. Near -3, where the sum cancels, it is exact. */
V_INLINE vf hardsigmoid_fast(vf x) {
    return v_sixth(v_at_least(v_at_most(v_add(x, v_set(3.0f)), v_set(6.0f)), v_set(0.0f)));
}

/* A middle between two floats, s = 6 m, comes out as m, for 1/6 is right to 2^-54 of it. */
V_INLINE vd hardsigmoid_exact(vd x) {
    vd s = vd_at_least(vd_at_most(vd_add(x, vd_set(3)), vd_set(6)), vd_set(0));
    return vd_mul(s, vd_set(0x1.5555555555555p-3));
}

/* Below -1 the sum x + 3 is exact, and above, where it is not, x / 6 + 1/2 rounds less. */
V_INLINE vd hardsigmoid_f64(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(3)), vd_set(-3)), zero = vd_set(0);
    vdm low = vd_lt(b, vd_set(-1));
    vd sixth = vd_div(vd_add(b, vd_sel(low, vd_set(3), zero)), vd_set(6));
    return vd_add(sixth, vd_sel(low, zero, vd_set(0.5)));
}
