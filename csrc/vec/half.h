/* float16 and bfloat16 over the verbs of the isa: vh holds as many of them as vf holds floats. They
 * are computed in float, or in double, and rounded once, to nearest, ties to even. */

/* A bfloat16 is the upper half of a float. */
V_INLINE vf v_from_bf16(vh h) { return v_float(vi_upper(h)); }
/* The upper half after adding to the lower one, but to that of a NaN, where the sum might carry
 * into the sign. */
V_INLINE vh v_upper_bf16(vf y, vi addend) {
    vf sum = v_float(vi_add(v_bits(y), addend));
    return vh_upper(v_bits(v_sel(v_lt(v_abs(y), v_set(INFINITY)), sum, y)));
}
V_INLINE vh v_to_bf16(vf y) {
    vi odd = vi_and(vi_shr16(v_bits(y)), vi_set(1));
    return v_upper_bf16(y, vi_add(vi_set(0x7fff), odd));
}

/* Whether all values within that many ULP of y round to one number, which is *rounded then: they do
 * unless the bits that are dropped are near 100...0, the middle between two numbers. No power of
 * two, where an ULP would be two steps, is such a middle. */
V_INLINE int v_settled(vi bits, int dropped, int ulp) {
    const int32_t near = ulp < 4 ? 4 : 16; /* the middle itself counts, too */
    vi past = vi_add(bits, vi_set((1 << (dropped - 1)) + near));
    return vi_none_zero(vi_and(past, vi_set((1 << dropped) - 2 * near)));
}
V_INLINE int v_settled_bf16(vf y, int ulp, vh *rounded) {
    *rounded = v_upper_bf16(y, vi_set(0x8000));
    return v_settled(v_bits(y), 16, ulp);
}
/* float16 has subnormals below 2^-14: there its last bit is where the sum with 2^-14 has it. */
V_INLINE int v_settled_f16(vf y, int ulp, vh *rounded) {
    vf a = v_abs(y), least = v_set(0x1p-14f);
    *rounded = v_to_f16(y);
    return v_settled(v_bits(v_sel(v_lt(a, least), v_add(a, least), a)), 13, ulp);
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
