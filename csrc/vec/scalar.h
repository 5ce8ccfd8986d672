/* The vocabulary on plain C: one lane. The other headers have the same verbs.
 *
 * Without FMA hardware fmaf is a slow call. There a float is held in double, in which the product
 * of two is exact, and every verb rounds its result to float: for sums, products and quotients of
 * floats that is as good as rounding once (Figueroa 1995). */
#define V_LANES 1
#define V_FMA 1
#ifdef FP_FAST_FMA
#define V_FMA64 1
#else
#define V_FMA64 0
#endif

#ifdef FP_FAST_FMAF
typedef float vf;
#else
typedef double vf;
#endif
typedef int32_t vi;
typedef int vm;
typedef uint16_t vh;

static inline vf v_set(float a) { return a; }
static inline vf v_load(const float *p) { return *p; }
/* The empty statement keeps gcc from vectorising a kernel's loop: there it would compile isless to
 * a compare that raises "invalid" on a quiet NaN. */
static inline void v_store(float *p, vf a) {
    __asm__ volatile("");
    *p = (float)a;
}
static inline vf v_load_n(const float *p, size_t n) { return n ? *p : 0.0f; }
static inline void v_store_n(float *p, vf a, size_t n) {
    if (n) *p = (float)a;
}

static inline vi v_bits(vf a) {
    float x = (float)a;
    int32_t i;
    memcpy(&i, &x, sizeof i);
    return i;
}
static inline vf v_float(vi i) {
    float a;
    memcpy(&a, &i, sizeof a);
    return a;
}
static inline vi vi_set(int32_t a) { return a; }
static inline vi vi_add(vi a, vi b) { return (int32_t)((uint32_t)a + (uint32_t)b); }
static inline vi vi_sub(vi a, vi b) { return (int32_t)((uint32_t)a - (uint32_t)b); }
static inline vi vi_and(vi a, vi b) { return a & b; }
static inline vi vi_or(vi a, vi b) { return a | b; }
static inline vi vi_xor(vi a, vi b) { return a ^ b; }
static inline vi vi_shl20(vi a) { return (int32_t)((uint32_t)a << 20); }
static inline vi vi_shl23(vi a) { return (int32_t)((uint32_t)a << 23); }
static inline vf v_from_int(vi a) { return (vf)a; }
static inline int vi_none_zero(vi a) { return a != 0; }
static inline vi vi_shr16(vi a) { return (int32_t)((uint32_t)a >> 16); }

/* Bytes; vb_table holds 256 of them, of which vb_lookup takes those at the indices. */
#define VB_LANES 1
typedef uint8_t vb;
typedef const uint8_t *vb_table;
static inline vb vb_load(const uint8_t *p) { return *p; }
static inline void vb_store(uint8_t *p, vb a) { *p = a; }
static inline vb_table vb_table_load(const uint8_t *p) { return p; }
static inline vb vb_lookup(vb_table table, vb index) { return table[index]; }

static inline vh vh_set(uint16_t a) { return a; }
static inline vh vh_load(const uint16_t *p) { return *p; }
static inline void vh_store(uint16_t *p, vh a) {
    __asm__ volatile("");
    *p = a;
}
static inline vh vh_load_n(const uint16_t *p, size_t n) { return n ? *p : 0; }
static inline void vh_store_n(uint16_t *p, vh a, size_t n) {
    if (n) *p = a;
}
/* What a bfloat16 is of a float, and back. */
static inline vi vi_upper(vh a) { return (int32_t)((uint32_t)a << 16); }
static inline vh vh_upper(vi a) { return (uint16_t)((uint32_t)a >> 16); }

/* The exponent of float16 has a bias of 15, that of float32 one of 127. */
static inline vf v_from_f16(vh h) {
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, a = (uint32_t)(h & 0x7fff) << 13;
    if (h % 0x8000 < 0x400) return copysignf((float)(h % 0x8000) * 0x1p-24f, h < 0x8000 ? 1 : -1);
    a += (uint32_t)(127 - 15) << (h % 0x8000 < 0x7c00 ? 23 : 24); /* twice for inf and NaN */
    return v_float((int32_t)(sign | a));
}
static inline vh v_to_f16(vf y) {
    uint32_t bits = (uint32_t)v_bits(y), sign = bits >> 16 & 0x8000, a = bits & 0x7fffffff;
    if (a > 0x7f800000) return (uint16_t)(sign | 0x7e00 | (a >> 13 & 0x3ff));
    if (a < (127 - 14) << 23) {
        /* The sum with 1/2 has its last bit at 2^-24, where float16 has. */
        float half = 0.5f, sum = (float)v_float((int32_t)a) + half;
        return (uint16_t)(sign | (uint32_t)(v_bits(sum) - v_bits(half)));
    }
    a = (a - ((127 - 15) << 23) + 0xfff + (a >> 13 & 1)) >> 13;
    return (uint16_t)(sign | (a < 0x7c00 ? a : 0x7c00));
}

static inline uint64_t vd_bits(double a) {
    uint64_t i;
    memcpy(&i, &a, sizeof i);
    return i;
}
static inline double vd_float(uint64_t i) {
    double a;
    memcpy(&a, &i, sizeof a);
    return a;
}

/* Not 0, and below the normal floats: there a conversion to float rounds to fewer bits. */
static inline int vd_tiny(double a) { return vd_bits(a) * 2 - 1 < vd_bits(FLT_MIN) * 2 - 1; }

/* Rounds to float. To a subnormal by a sum whose last bit is 2^-149: computing with what a
 * conversion makes subnormal stalls a CPU (Zen 4: some 20 ns). */
static inline vf v_round(double a) {
    if (vd_tiny(a)) return (vf)copysign(fabs(a) + 0x1.8p-97 - 0x1.8p-97, a);
    return (float)a;
}

static inline vf v_add(vf a, vf b) { return (float)(a + b); }
static inline vf v_sub(vf a, vf b) { return (float)(a - b); }
static inline vf v_mul(vf a, vf b) { return v_round((double)a * b); }
static inline vf v_div(vf a, vf b) { return (float)(a / b); }

#ifdef FP_FAST_FMAF
static inline vf v_fma(vf a, vf b, vf c) { return fmaf(a, b, c); }
#else
/* product + c, whose sum in double may be inexact: then its last bit is made to say so (rounding to
 * odd), and rounding to float sees on which side of a middle the true sum lies (Boldo and Melquiond
 * 2008). */
static vf __attribute__((noinline, cold)) v_round_sum(double product, double c) {
    double sum = product + c, c_added = sum - product;
    double error = (product - (sum - c_added)) + (c - c_added);
    if (error != 0) {
        int beyond = (error < 0) != (sum < 0); /* sum has the larger magnitude */
        sum = vd_float((vd_bits(sum) - (uint64_t)beyond) | 1);
    }
    return v_round(sum);
}

/* The sum rounds once more, which is harmless unless it lies halfway between two floats. */
static inline vf v_fma(vf a, vf b, vf c) {
    double sum = a * b + c;
    int halfway = (uint32_t)vd_bits(sum) << 3 == 0x80000000;
    return halfway || vd_tiny(sum) ? v_round_sum(a * b, c) : (float)sum;
}
#endif
static inline vf v_fms(vf a, vf b, vf c) { return v_fma(a, b, -c); }
static inline vf v_fnma(vf a, vf b, vf c) { return v_fma(-a, b, c); }

static inline vm v_lt(vf a, vf b) { return isless(a, b); }
static inline vm v_gt(vf a, vf b) { return isgreater(a, b); }
#define v_sel(m, a, b) ((m) ? (a) : (b)) /* a macro, so that one lane computes one of the two */
/* Whether any lane of a differs from b's, or is NaN. */
static inline int v_differ(vf a, vf b) { return a != b; }

/* Entry index % 8, 16 or 32 of a table. */
static inline vf v_lookup8(const float table[8], vi index) { return table[index & 7]; }
static inline vf v_lookup(const float table[16], vi index) { return table[index & 15]; }
static inline vf v_lookup32(const float table[32], vi index) { return table[index & 31]; }
/* Entry index of a table in memory. */
static inline vf v_gather(const float *table, vi index) { return table[index]; }

/* 2^n from the bits of n + 1023, as vd_pow2 has it. */
#define V_SCALE
static inline vf v_scale(vf a, vf n) {
    return v_round(a * vd_float(vd_bits(n + (0x1.8p52 + 1023)) << 52));
}

/* In double, as many lanes as of float. */
typedef double vd;
typedef int vdm;

static inline vd vd_set(double a) { return a; }
static inline vd vd_load(const double *p) { return *p; }
static inline void vd_store(double *p, vd a) {
    __asm__ volatile(""); /* as in v_store */
    *p = a;
}
static inline vd vd_widen(vf a) { return a; }
static inline vf vd_narrow(vd a) { return (float)a; }

static inline vd vd_add(vd a, vd b) { return a + b; }
static inline vd vd_sub(vd a, vd b) { return a - b; }
static inline vd vd_mul(vd a, vd b) { return a * b; }
static inline vd vd_div(vd a, vd b) { return a / b; }
/* a * b + c, rounded once where the CPU has an instruction for it, else twice. */
#if V_FMA64
static inline vd vd_fma(vd a, vd b, vd c) { return fma(a, b, c); }
static inline vd vd_fnma(vd a, vd b, vd c) { return fma(-a, b, c); }
#else
static inline vd vd_fma(vd a, vd b, vd c) { return a * b + c; }
static inline vd vd_fnma(vd a, vd b, vd c) { return c - a * b; }
#endif

static inline vdm vd_lt(vd a, vd b) { return isless(a, b); }
static inline vdm vd_gt(vd a, vd b) { return isgreater(a, b); }
static inline vdm vd_eq(vd a, vd b) { return a == b; }
static inline vd vd_sel(vdm m, vd a, vd b) { return m ? a : b; }
static inline vd vd_at_most(vd a, vd high) { return isgreater(a, high) ? high : a; }
static inline vd vd_at_least(vd a, vd low) { return isless(a, low) ? low : a; }
static inline vd vd_abs(vd a) { return fabs(a); }
static inline vd vd_binade(vd a) { return vd_float(vd_bits(a) & vd_bits(INFINITY)); }
static inline vd vd_copysign(vd mag, vd sign) { return copysign(mag, sign); }
static inline vd vd_shl52(vd a) { return vd_float(vd_bits(a) << 52); }
/* 2^52 + the biased exponent, a > 0 */
static inline vd vd_biased(vd a) { return vd_float(vd_bits(a) >> 52 | vd_bits(0x1p52)); }
static inline vd vd_top(vd a) { return vd_float(vd_bits(a) & ~(uint64_t)0x7ffffff); }
