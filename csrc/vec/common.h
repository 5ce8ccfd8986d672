/* Verbs that follow from those of the isa; included after vec/ISA.h. */

V_INLINE vf v_abs(vf a) { return v_float(vi_and(v_bits(a), vi_set(0x7fffffff))); }

V_INLINE vd vd_load_n(const double *p, size_t n) {
    double lane[V_LANES] = {0};
    memcpy(lane, p, n * sizeof *p);
    return vd_load(lane);
}
V_INLINE void vd_store_n(double *p, vd a, size_t n) {
    double lane[V_LANES];
    vd_store(lane, a);
    memcpy(p, lane, n * sizeof *p);
}

/* Stores past the caches, to the beginning of a cache line or where the last one ended; v_fence
 * makes them visible in order with what follows. Elsewhere ordinary ones. */
#ifndef V_STREAM
#define V_STREAM 0
V_INLINE void v_stream(float *p, vf a) { v_store(p, a); }
V_INLINE void vh_stream(uint16_t *p, vh a) { vh_store(p, a); }
V_INLINE void vd_stream(double *p, vd a) { vd_store(p, a); }
V_INLINE void v_fence(void) {}
#endif

/* Whether to go a way that lanes of m need and others may go, too: 0 where there are none. A branch
 * takes what seldom happens out of the long chain of operations that depend on each other; an isa
 * for which asking costs more than that always goes.
 *
 * The limits that are asked for need not be those of the clamps behind the branch: any will do up
 * to which the short way has no power of two that is subnormal or infinite and rounds alike. The
 * bits are those of the long way. */
#ifndef V_SELDOM
V_INLINE int v_seldom(vm m) {
    (void)m;
    return 1;
}
#endif

/* The same where x is greater, or less, than a limit; NaN may ask for the way, too. */
#ifndef V_SELDOM_ORDER
V_INLINE int v_seldom_gt(vf x, float high) { return v_seldom(v_gt(x, v_set(high))); }
V_INLINE int v_seldom_lt(vf x, float low) { return v_seldom(v_lt(x, v_set(low))); }
#endif

/* The same for a way with little more on it than v_at_most and v_at_least. */
V_INLINE int v_seldom_clamps(vm m) {
#ifdef V_MINMAX
    (void)m;
    return 1; /* they are one instruction each */
#else
    return v_seldom(m);
#endif
}

#ifndef V_MINMAX
/* NaN is neither: it stays. */
V_INLINE vf v_at_most(vf a, vf high) { return v_sel(v_gt(a, high), high, a); }
V_INLINE vf v_at_least(vf a, vf low) { return v_sel(v_lt(a, low), low, a); }
#endif

/* a where it is negative or -0, and 0 where it is positive; NaN or 0 where it is NaN. */
#ifndef V_NEGATIVE
V_INLINE vf v_negative(vf a) { return v_at_most(a, v_set(0.0f)); }
#endif

/* a where it is positive or 0, and -0 where it is negative; NaN or -0 where it is NaN. */
#ifndef V_POSITIVE
V_INLINE vf v_positive(vf a) { return v_at_least(a, v_set(-0.0f)); }
#endif

/* a, or x where that is larger; a where x is NaN, or NaN. a is not NaN. */
#ifdef V_MINMAX
V_INLINE vf v_max(vf a, vf x) { return v_at_least(a, x); }
#else
V_INLINE vf v_max(vf a, vf x) { return v_sel(v_gt(x, a), x, a); }
#endif

/* |a|, or high > 0 where that is less; NaN stays. As integers such bits are in the floats' order.
 */
V_INLINE vf v_abs_at_most(vf a, float high) {
    vf abs = v_abs(a);
#ifdef V_INT_ORDER
    vf most = v_float(vi_min(v_bits(abs), v_bits(v_set(high))));
    vm nan = vi_lt(v_bits(v_set(INFINITY)), v_bits(abs));
    return v_seldom(nan) ? v_sel(nan, abs, most) : most;
#else
    return v_at_most(abs, v_set(high));
#endif
}

/* 0 with the sign of a zero a; NaN where a is. */
V_INLINE vf v_zero(vf a) { return v_at_most(v_at_least(a, v_set(0.0f)), v_set(0.0f)); }
V_INLINE vd vd_zero(vd a) { return vd_at_most(vd_at_least(a, vd_set(0)), vd_set(0)); }

/* 0; NaN where a is. */
V_INLINE vf v_nan_or_0(vf a) { return v_abs(v_zero(a)); }
V_INLINE vd vd_nan_or_0(vd a) { return vd_abs(vd_zero(a)); }

/* mag is not negative, or has the sign already */
V_INLINE vf v_copysign(vf mag, vf sign) {
    return v_float(vi_or(v_bits(mag), vi_and(v_bits(sign), vi_set(INT32_MIN))));
}

V_INLINE vf v_neg(vf a) { return v_float(vi_xor(v_bits(a), vi_set(INT32_MIN))); }

/* -|a| */
V_INLINE vf v_neg_abs(vf a) { return v_float(vi_or(v_bits(a), vi_set(INT32_MIN))); }

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

/* hi + lo, unevaluated */
typedef struct vf2 {
    vf hi, lo;
} vf2;

/* a + b exactly (Knuth), and a * b as v_mul2 */
V_INLINE vf2 vf2_sum(vf a, vf b) {
    vf hi = v_add(a, b), of_b = v_sub(hi, a);
    return (vf2){hi, v_add(v_sub(a, v_sub(hi, of_b)), v_sub(b, of_b))};
}

V_INLINE vf2 vf2_product(vf a, vf b) {
    vf lo, hi = v_mul2(a, b, &lo);
    return (vf2){hi, lo};
}

V_INLINE vf2 vf2_abs(vf2 a) {
    return (vf2){v_abs(a.hi), v_sel(v_lt(a.hi, v_set(0.0f)), v_neg(a.lo), a.lo)};
}

V_INLINE vf2 vf2_sel(vm m, vf2 a, vf2 b) {
    return (vf2){v_sel(m, a.hi, b.hi), v_sel(m, a.lo, b.lo)};
}

/* (y.hi + y.lo) a, rounded once, for a y.lo that is next to nothing: an infinite a shall not make
 * much of it, or NaN. */
V_INLINE vf vf2_times(vf2 y, vf a) {
    vf most = v_set(FLT_MAX), b = v_at_least(v_at_most(a, most), v_neg(most));
    return v_fma(y.hi, a, v_mul(y.lo, b));
}

/* Adding ROUND_MAGIC to |a| < 2^22 rounds a to an integer and leaves it in the low bits. */
#define ROUND_MAGIC 12582912.0f /* 1.5 * 2^23 */

#ifdef V_PIECES
/* For v_piece: in which of V_PIECES / 4 pieces to the octave a + 1 lies, 0 <= a < 15, by the last
 * two bits of its exponent and the first of its significand. They are 110.. in binary for a = 0. */
V_INLINE vi v_octave_piece(vf a) { return vi_piece(v_bits(v_add(a, v_set(1.0f)))); }

/* c[first] + c[first + 1] d + ..., c[k] a table of V_PIECES, k < n */
V_INLINE vf v_piecewise(const float c[][V_PIECES], int first, int n, vi i, vf d) {
    vf p = v_piece(c[n - 1], i);
    V_UNROLL(8)
    for (int k = n - 2; k >= first; k--)
        p = v_fma(p, d, v_piece(c[k], i));
    return p;
}

#define V_ROWS(c) (int)(sizeof(c) / sizeof(c)[0])

/* What a b + c loses when it is rounded to sum, as v_fma2 does, but for any c: c - sum may round,
 * too. */
V_INLINE vf v_fma_lost(vf a, vf b, vf c, vf sum) {
    vf back = v_sub(c, sum);
    return v_add(v_fma(a, b, back), v_sub(v_sub(c, back), sum));
}

/* v_piecewise from c[0] on, and what its last sum loses. */
V_INLINE vf2 v_piecewise2(const float c[][V_PIECES], int n, vi i, vf d) {
    vf c0 = v_piece(c[0], i), p = v_piecewise(c, 1, n, i, d), sum = v_fma(p, d, c0);
    return (vf2){sum, v_fma_lost(p, d, c0, sum)};
}

/* The piece i of a table in which an argument lies, and where in it: d from the center. */
typedef struct v_place {
    vi i;
    vf d;
} v_place;

/* The first of two stages of a function of x. far: whether a lane is beyond the pieces */
typedef struct v_placed {
    vf x;
    v_place at;
    int far;
} v_placed;
#define V_AT(c, place) v_piecewise(c, 0, V_ROWS(c), (place).i, (place).d)

/* Pieces of one width, of a + lo, lo far smaller than a: piece i is where the product of a and per
 * rounds to i. They end where that is V_PIECES - 0.51 (tools/coefficients.py), and V_EVEN_MOST(c),
 * for what lo adds and the product rounds, a little below. */
V_INLINE v_place v_even_place(const float center[V_PIECES], float per, vf a, vf lo) {
    vi i = v_bits(v_fma(a, v_set(per), v_set(ROUND_MAGIC)));
    return (v_place){i, v_add(v_sub(a, v_piece(center, i)), lo)};
}
#define V_EVEN_PLACE2(c, a, lo) v_even_place(c##_CENTER, c##_PER, a, lo)
#define V_EVEN_PLACE(c, a) V_EVEN_PLACE2(c, a, v_set(-0.0f))
#define V_EVEN_PIECES2(c, a, lo) V_AT(c, V_EVEN_PLACE2(c, a, lo))
#define V_EVEN_MOST(c) ((V_PIECES - 0.52f) / c##_PER)
#endif

/* The integer nearest to a, 0 <= a < 2^22, for the verbs that look an entry of a table up: they
 * read the low bits only. NaN gives any, and raises no flag as a conversion would. */
V_INLINE vi v_nearest(vf a) { return v_bits(v_add(a, v_set(ROUND_MAGIC))); }

#if V_PIECES == 16 /* and there is a permute of 32 entries */
/* v_piecewise of 32 pieces, for a p that is the coefficient behind the n-th, or what follows it */
V_INLINE vf v_piecewise32(vf p, const float c[][32], int first, int n, vi i, vf d) {
    V_UNROLL(8)
    for (int k = n - 1; k >= first; k--)
        p = v_fma(p, d, v_lookup32(c[k], i));
    return p;
}

/* A function that falls, in pieces that shrink: piece i is where the product of a and per +
 * steep a rounds to i. Centers are where it is least: terms mostly have one sign. Of the last
 * coefficients a table has the upper halves. */
V_INLINE vf v_steep_pieces(const float c[][32], int n, const uint16_t upper[][32], int n_upper,
                           const float center[32], vf a, float per, float steep) {
    vi i = v_bits(v_fma(a, v_fma(a, v_set(steep), v_set(per)), v_set(ROUND_MAGIC)));
    vi i_upper = vi_shl16(i);
    vf d = v_sub(a, v_lookup32(center, i)), p = v_lookup_upper(upper[n_upper - 1], i_upper);
    V_UNROLL(8)
    for (int k = n_upper - 2; k >= 0; k--)
        p = v_fma(p, d, v_lookup_upper(upper[k], i_upper));
    return v_piecewise32(p, c, 0, n, i, d);
}
#define V_STEEP_PIECES(c, a) \
    v_steep_pieces(c, V_ROWS(c), c##_UPPER, V_ROWS(c##_UPPER), c##_CENTER, a, c##_PER, c##_STEEP)
#endif

/* 2^n for the integer n that t = n + POW2_MAGIC holds, -127 < n < 128. */
#define POW2_MAGIC (ROUND_MAGIC + 127.0f)
V_INLINE vf v_pow2(vf t) { return v_float(vi_shl23(v_bits(t))); }

#ifndef V_SCALE
/* a * 2^n, rounded once: of two products the first is exact. |n| <= 252. Some CPUs take long for a
 * product that is subnormal, but not for a difference: adding 2^-126 rounds to what a subnormal can
 * hold. */
V_INLINE vf v_scale(vf a, vf n) {
    if (!v_seldom(v_gt(v_abs(n), v_set(126.0f))))
        return v_mul(a, v_pow2(v_add(n, v_set(POW2_MAGIC))));
    vi i = vi_sub(v_bits(v_add(n, v_set(ROUND_MAGIC))), v_bits(v_set(ROUND_MAGIC)));
    vi half = vi_half(i);
    vf s1 = v_float(vi_shl23(vi_add(half, vi_set(127))));
    vi rest = vi_sub(i, half);
    vf product = v_mul(a, s1), s2 = v_float(vi_shl23(vi_add(rest, vi_set(127))));
#ifdef V_SELDOM
    vf subnormal =
        v_float(vi_shl23(vi_sub(vi_set(1), rest))); /* below 2^-126 / s2, if that is > 0 */
    vm is_subnormal = v_lt(v_abs(product), subnormal);
    vf least = v_sel(is_subnormal, v_copysign(v_set(0x1p-126f), a), v_set(0.0f));
    return v_copysign(v_sub(v_fma(product, s2, least), least), a);
#else
    return v_mul(product, s2);
#endif
}
#endif

/* 2^n for the integer n that t = n + VD_POW2_MAGIC holds, |n| < 1022. */
#define VD_POW2_MAGIC                                                           \
    (6755399441055744.0 + 1023.0) /* 1.5 * 2^52: adding it rounds to an integer \
                                   */
V_INLINE vd vd_pow2(vd t) { return vd_shl52(t); }

/* n for 2^n <= a < 2^(n + 1), a normal */
V_INLINE vd vd_exponent(vd a) { return vd_sub(vd_biased(a), vd_set(0x1p52 + 1023)); }

#ifndef VD_SCALE
/* a * 2^n, rounded once: the first product is exact. |n| <= 2044. */
V_INLINE vd vd_scale(vd a, vd n) {
    vd half = vd_sub(vd_fma(n, vd_set(0.5), vd_set(VD_POW2_MAGIC)), vd_set(VD_POW2_MAGIC));
    vd s1 = vd_pow2(vd_add(half, vd_set(VD_POW2_MAGIC)));
    vd s2 = vd_pow2(vd_add(vd_sub(n, half), vd_set(VD_POW2_MAGIC)));
    return vd_mul(vd_mul(a, s1), s2);
}
#endif

/* hi + lo, unevaluated */
typedef struct vd2 {
    vd hi, lo;
} vd2;

/* a * b: exactly where V_FMA64, else to 2^-106 of it (Dekker 1971). */
V_INLINE vd2 vd2_product(vd a, vd b) {
    vd hi = vd_mul(a, b);
#if V_FMA64
    vd lo = vd_fma(a, b, vd_sub(vd_set(0), hi));
#else
    vd at = vd_top(a), al = vd_sub(a, at), bt = vd_top(b), bl = vd_sub(b, bt);
    vd lo = vd_sub(vd_mul(at, bt), hi);
    lo = vd_add(vd_add(vd_add(lo, vd_mul(at, bl)), vd_mul(al, bt)), vd_mul(al, bl));
#endif
    return (vd2){hi, lo};
}

/* a + b exactly (Knuth) */
V_INLINE vd2 vd2_sum(vd a, vd b) {
    vd hi = vd_add(a, b), of_b = vd_sub(hi, a);
    vd lo = vd_add(vd_sub(a, vd_sub(hi, of_b)), vd_sub(b, of_b));
    return (vd2){hi, lo};
}

V_INLINE vd2 vd2_add(vd2 a, vd2 b) {
    vd2 s = vd2_sum(a.hi, b.hi);
    return vd2_sum(s.hi, vd_add(s.lo, vd_add(a.lo, b.lo)));
}

V_INLINE vd2 vd2_mul(vd2 a, vd2 b) {
    vd2 p = vd2_product(a.hi, b.hi);
    return vd2_sum(p.hi, vd_add(p.lo, vd_fma(a.hi, b.lo, vd_mul(a.lo, b.hi))));
}

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1), even and odd powers in chains of their own. Unrolled,
 * for n is a constant wherever it is called. */
V_INLINE vd vd_poly(vd x, const double c[], int n) {
    vd square = vd_mul(x, x), p = vd_set(c[n - 1]), q = vd_set(c[n - 2]);
    V_UNROLL(32)
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

/* The same in one chain: longer, but where c alternates in sign and x does not, even and odd powers
 * would nearly cancel. */
V_INLINE vd vd_horner(vd x, const double c[], int n) {
    vd p = vd_set(c[n - 1]);
    V_UNROLL(32)
    for (int i = n - 2; i >= 0; i--)
        p = vd_fma(p, x, vd_set(c[i]));
    return p;
}

/* y, but for one hard input: one whose result double does not settle, and that result. A sweep over
 * all inputs finds them; MPFR tells the result. */
V_INLINE vd vd_except(vd y, vd x, double hard, double result) {
    return vd_sel(vd_eq(x, vd_set(hard)), vd_set(result), y);
}
