/* Verbs that follow from those of the isa; included after vec/ISA.h. */

V_INLINE vf v_abs(vf a) { return v_float(vi_and(v_bits(a), vi_set(0x7fffffff))); }

#ifndef V_MINMAX
/* NaN is neither: it stays. */
V_INLINE vf v_at_most(vf a, vf high) { return v_sel(v_gt(a, high), high, a); }
V_INLINE vf v_at_least(vf a, vf low) { return v_sel(v_lt(a, low), low, a); }
#endif

/* 0 with the sign of a zero a; NaN where a is. */
V_INLINE vf v_zero(vf a) { return v_at_most(v_at_least(a, v_set(0.0f)), v_set(0.0f)); }
V_INLINE vd vd_zero(vd a) { return vd_at_most(vd_at_least(a, vd_set(0)), vd_set(0)); }

/* mag is not negative, or has the sign already */
V_INLINE vf v_copysign(vf mag, vf sign) {
    return v_float(vi_or(v_bits(mag), vi_and(v_bits(sign), vi_set(INT32_MIN))));
}

V_INLINE vf v_neg(vf a) { return v_float(vi_xor(v_bits(a), vi_set(INT32_MIN))); }

/* a * b = result + *lo: exactly where V_FMA, else to 2^-34 of the product. */
V_INLINE vf v_mul2(vf a, vf b, vf *lo) {
#if V_FMA
    vf product = v_mul(a, b);
    *lo = v_fms(a, b, product);
#else
    const vi top = vi_set(-4096); /* keeps 12 bits, so that a product of two is exact */
    vf a_hi = v_float(vi_and(v_bits(a), top)), b_hi = v_float(vi_and(v_bits(b), top));
    vf exact = v_mul(a_hi, b_hi);
    vf rest = v_add(v_mul(a_hi, v_sub(b, b_hi)), v_mul(v_sub(a, a_hi), b));
    vf product = v_add(exact, rest);
    *lo = v_add(v_sub(exact, product), rest);
#endif
    return product;
}

/* a * b + c = result + *lo, as exactly as v_mul2, for a c so round that c - result is exact. */
V_INLINE vf v_fma2(vf a, vf b, vf c, vf *lo) {
#if V_FMA
    vf sum = v_fma(a, b, c);
    *lo = v_fma(a, b, v_sub(c, sum));
#else
    vf product_lo, product = v_mul2(a, b, &product_lo);
    vf sum = v_add(product, c);
    *lo = v_add(v_sub(product, v_sub(sum, c)), product_lo);
#endif
    return sum;
}

/* Adding ROUND_MAGIC to |a| < 2^22 rounds a to an integer and leaves it in the low bits. */
#define ROUND_MAGIC 12582912.0f /* 1.5 * 2^23 */

/* 2^n for the integer n that t = n + POW2_MAGIC holds, -127 < n < 128. */
#define POW2_MAGIC (ROUND_MAGIC + 127.0f)
V_INLINE vf v_pow2(vf t) { return v_float(vi_shl23(v_bits(t))); }

#ifndef V_SCALE
/* a * 2^n, rounded once: the first product is exact. |n| <= 252. */
V_INLINE vf v_scale(vf a, vf n) {
    vi i = vi_sub(v_bits(v_add(n, v_set(ROUND_MAGIC))), v_bits(v_set(ROUND_MAGIC)));
    vi half = vi_half(i);
    vf s1 = v_float(vi_shl23(vi_add(half, vi_set(127))));
    vf s2 = v_float(vi_shl23(vi_add(vi_sub(i, half), vi_set(127))));
    return v_mul(v_mul(a, s1), s2);
}
#endif

/* 2^n for the integer n that t = n + VD_POW2_MAGIC holds, |n| < 1022. */
#define VD_POW2_MAGIC                                                           \
    (6755399441055744.0 + 1023.0) /* 1.5 * 2^52: adding it rounds to an integer \
                                   */
V_INLINE vd vd_pow2(vd t) { return vd_shl52(t); }

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1), even and odd powers in chains of their own. Unrolled,
 * for n is a constant wherever it is called. */
V_INLINE vd vd_poly(vd x, const double c[], int n) {
    vd square = vd_mul(x, x), p = vd_set(c[n - 1]), q = vd_set(c[n - 2]);
#pragma GCC unroll 32
    for (int i = n - 3; i > 0; i -= 2) {
        p = vd_fma(p, square, vd_set(c[i]));
        q = vd_fma(q, square, vd_set(c[i - 1]));
    }
    if (n % 2 == 0) return vd_fma(p, x, q);
    return vd_fma(q, x, vd_fma(p, square, vd_set(c[0])));
}
#define VD_POLY(x, c) vd_poly(x, c, (int)(sizeof(c) / sizeof(c)[0]))

/* Rounds to float. Where a is a sum of two floats, its rounding to double did no harm (Figueroa
 * 1995). */
V_INLINE vd vd_to_float(vd a) { return vd_widen(vd_narrow(a)); }

/* y, but for one hard input: one whose result double does not settle, and that result. A sweep over
 * all inputs finds them; MPFR tells the result. */
V_INLINE vd vd_except(vd y, vd x, double hard, double result) {
    return vd_sel(vd_eq(x, vd_set(hard)), vd_set(result), y);
}
