/* float16 and bfloat16 over the verbs of the isa: vh holds as many of them as vf holds floats. They
 * are computed in float, or in double, and rounded once, to nearest, ties to even. */

/* A bfloat16 is the upper half of a float. */
V_INLINE vf v_from_bf16(vh h) { return v_float(vi_upper(h)); }
V_INLINE vh v_to_bf16(vf y) {
    vi bits = v_bits(y), odd = vi_and(vi_shr16(bits), vi_set(1));
    vf rounded = v_float(vi_add(vi_add(bits, vi_set(0x7fff)), odd));
    /* The sum might carry a NaN into the sign. */
    return vh_upper(v_bits(v_sel(v_lt(v_abs(y), v_set(INFINITY)), rounded, y)));
}

/* Whether all values within that many ULP of y round to one number, which is *rounded then. */
V_INLINE int v_settled_f16(vf y, float ulp, vh *rounded) {
    const float beyond = (ulp + 1) * 0x1p-23f; /* 1 more, for the products round */
    vh low = v_to_f16(v_mul(y, v_set(1 - beyond)));
    *rounded = v_to_f16(v_mul(y, v_set(1 + beyond)));
    return vh_equal(low, *rounded);
}
/* In bits: products of subnormals would round too coarsely. A float in the middle between two
 * bfloat16 is no power of two, where an ULP would be two steps. */
V_INLINE int v_settled_bf16(vf y, float ulp, vh *rounded) {
    const int32_t beyond = (int32_t)ulp + 1;
    vi bits = v_bits(y);
    *rounded = v_to_bf16(y);
    return vh_equal(vh_upper(vi_add(bits, vi_set(0x8000 - beyond))),
                    vh_upper(vi_add(bits, vi_set(0x8000 + beyond))));
}

/* x rounded to a format whose smallest normal number is least, and whose ULP of 1 is ulp: adding
 * 1.5 * 2^52 ULP of x leaves no bit below one of them. Beyond 2^200, far above the largest number
 * of any such format, x is only to stay above it. */
V_INLINE vd vd_round(vd x, double least, double ulp) {
    vd binade = vd_at_most(vd_at_least(vd_binade(x), vd_set(least)), vd_set(0x1p200));
    vd magic = vd_mul(binade, vd_set(0x1.8p52 * ulp));
    return vd_copysign(vd_sub(vd_add(vd_abs(x), magic), magic), x);
}
V_INLINE vh vd_to_f16(vd x) { return v_to_f16(vd_narrow(vd_round(x, 0x1p-14, 0x1p-10))); }
V_INLINE vh vd_to_bf16(vd x) { return v_to_bf16(vd_narrow(vd_round(x, 0x1p-126, 0x1p-7))); }
