/* The vocabulary on AVX-512 F, DQ, BW, VL: thirty-two lanes in two registers. The kernels are long
 * chains of dependent operations, and two chains side by side keep the execution units busy. */
#define V_LANES 32
#define V_FMA 1
#define V_FMA64 1

typedef struct vf {
    __m512 a, b;
} vf;
typedef struct vi {
    __m512i a, b;
} vi;
typedef struct vm {
    __mmask16 a, b;
} vm;
typedef __m512i vh;

static inline vf v_set(float a) { return (vf){_mm512_set1_ps(a), _mm512_set1_ps(a)}; }
static inline vf v_load(const float *p) {
    return (vf){_mm512_loadu_ps(p), _mm512_loadu_ps(p + 16)};
}
static inline void v_store(float *p, vf x) {
    _mm512_storeu_ps(p, x.a);
    _mm512_storeu_ps(p + 16, x.b);
}
#define V_STREAM 1
static inline void v_stream(float *p, vf x) {
    _mm512_stream_ps(p, x.a);
    _mm512_stream_ps(p + 16, x.b);
}
static inline void v_fence(void) { _mm_sfence(); }
static inline vm v_first(size_t n) {
    uint32_t mask = (uint32_t)(((uint64_t)1 << n) - 1);
    return (vm){(__mmask16)mask, (__mmask16)(mask >> 16)};
}
static inline vf v_load_n(const float *p, size_t n) {
    vm m = v_first(n);
    return (vf){_mm512_maskz_loadu_ps(m.a, p), _mm512_maskz_loadu_ps(m.b, p + 16)};
}
static inline void v_store_n(float *p, vf x, size_t n) {
    vm m = v_first(n);
    _mm512_mask_storeu_ps(p, m.a, x.a);
    _mm512_mask_storeu_ps(p + 16, m.b, x.b);
}

#define V_EACH_1(verb, to, from, f) \
    static inline to verb(from x) { return (to){f(x.a), f(x.b)}; }
#define V_EACH_2(verb, to, from, f) \
    static inline to verb(from x, from y) { return (to){f(x.a, y.a), f(x.b, y.b)}; }
#define V_EACH_3(verb, f) \
    static inline vf verb(vf x, vf y, vf z) { return (vf){f(x.a, y.a, z.a), f(x.b, y.b, z.b)}; }

static inline vi vi_set(int32_t a) { return (vi){_mm512_set1_epi32(a), _mm512_set1_epi32(a)}; }
V_EACH_1(v_bits, vi, vf, _mm512_castps_si512)
V_EACH_1(v_float, vf, vi, _mm512_castsi512_ps)
V_EACH_2(vi_add, vi, vi, _mm512_add_epi32)
V_EACH_2(vi_sub, vi, vi, _mm512_sub_epi32)
V_EACH_2(vi_and, vi, vi, _mm512_and_si512)
V_EACH_2(vi_or, vi, vi, _mm512_or_si512)
V_EACH_2(vi_xor, vi, vi, _mm512_xor_si512)
#define V_SHL23(x) _mm512_slli_epi32(x, 23)
V_EACH_1(vi_shl23, vi, vi, V_SHL23)
V_EACH_1(v_from_int, vf, vi, _mm512_cvtepi32_ps)
#define V_SHL20(x) _mm512_slli_epi32(x, 20)
V_EACH_1(vi_shl20, vi, vi, V_SHL20)
#define V_SHL16(x) _mm512_slli_epi32(x, 16)
V_EACH_1(vi_shl16, vi, vi, V_SHL16)
#define V_SHR16(x) _mm512_srli_epi32(x, 16)
V_EACH_1(vi_shr16, vi, vi, V_SHR16)

V_EACH_2(v_add, vf, vf, _mm512_add_ps)
V_EACH_2(v_sub, vf, vf, _mm512_sub_ps)
V_EACH_2(v_mul, vf, vf, _mm512_mul_ps)
V_EACH_2(v_div, vf, vf, _mm512_div_ps)
V_EACH_3(v_fma, _mm512_fmadd_ps)
V_EACH_3(v_fms, _mm512_fmsub_ps)
V_EACH_3(v_fnma, _mm512_fnmadd_ps)

#define V_LT(x, y) _mm512_cmp_ps_mask(x, y, _CMP_LT_OQ)
#define V_GT(x, y) _mm512_cmp_ps_mask(x, y, _CMP_GT_OQ)
V_EACH_2(v_lt, vm, vf, V_LT)
V_EACH_2(v_gt, vm, vf, V_GT)
static inline vf v_sel(vm m, vf x, vf y) {
    return (vf){_mm512_mask_blend_ps(m.a, y.a, x.a), _mm512_mask_blend_ps(m.b, y.b, x.b)};
}

#define V_SELDOM
static inline int v_seldom(vm m) { return __builtin_expect((m.a | m.b) != 0, 0); }
/* On Zen 4 a comparison takes the ports of FMA and a maximum does not: one comparison for the two
 * registers, true for NaN, for one in x.b hides x.a. Where it is permutes that are short of ports,
 * v_seldom of two comparisons is faster. */
#define V_SELDOM_ORDER
static inline int v_seldom_gt(vf x, float high) {
    __m512 most = _mm512_max_round_ps(x.a, x.b, _MM_FROUND_NO_EXC);
    return __builtin_expect(_mm512_cmp_ps_mask(most, _mm512_set1_ps(high), _CMP_NLE_UQ) != 0, 0);
}
static inline int v_seldom_lt(vf x, float low) {
    __m512 least = _mm512_min_round_ps(x.a, x.b, _MM_FROUND_NO_EXC);
    return __builtin_expect(_mm512_cmp_ps_mask(least, _mm512_set1_ps(low), _CMP_NGE_UQ) != 0, 0);
}
/* Whether any lane of a differs from b's, or is NaN. */
#define V_NE(x, y) _mm512_cmp_ps_mask(x, y, _CMP_NEQ_UQ)
static inline int v_differ(vf x, vf y) { return (V_NE(x.a, y.a) | V_NE(x.b, y.b)) != 0; }

/* VMINPS and VMAXPS return their second operand where one is NaN (Intel SDM), and raise no flag
 * where exceptions are suppressed. */
#define V_MINMAX
#define V_MIN(x, high) _mm512_min_round_ps(high, x, _MM_FROUND_NO_EXC)
#define V_MAX(x, low) _mm512_max_round_ps(low, x, _MM_FROUND_NO_EXC)
V_EACH_2(v_at_most, vf, vf, V_MIN)
V_EACH_2(v_at_least, vf, vf, V_MAX)

/* One instruction that rounds once, as the two multiplications of vec/common.h do. */
#define V_SCALE
V_EACH_2(v_scale, vf, vf, _mm512_scalef_ps)

/* Entry index % 8, 16 or 32 of a table: 16 entries take one instruction. */
static inline vf v_lookup8(const float table[8], vi index) {
    __m512 t = _mm512_broadcast_f32x8(_mm256_loadu_ps(table));
    return (vf){_mm512_permutexvar_ps(index.a, t), _mm512_permutexvar_ps(index.b, t)};
}
static inline vf v_lookup(const float table[16], vi index) {
    __m512 t = _mm512_loadu_ps(table);
    return (vf){_mm512_permutexvar_ps(index.a, t), _mm512_permutexvar_ps(index.b, t)};
}
static inline vf v_lookup32(const float table[32], vi index) {
    __m512 low = _mm512_loadu_ps(table), high = _mm512_loadu_ps(table + 16);
    return (vf){_mm512_permutex2var_ps(low, index.a, high),
                _mm512_permutex2var_ps(low, index.b, high)};
}
/* The float whose upper half is entry index / 2^16 % 32, and the lower one entry 0, for an index
 * without a lower half. A permute of one register hinders FMAs less than v_lookup32's of two. */
#define V_LOOKUP_UPPER(table, index) _mm512_castsi512_ps(_mm512_permutexvar_epi16(index, table))
static inline vf v_lookup_upper(const uint16_t table[32], vi index) {
    __m512i t = _mm512_loadu_si512(table);
    return (vf){V_LOOKUP_UPPER(t, index.a), V_LOOKUP_UPPER(t, index.b)};
}
/* Entry index of a table in memory. */
static inline vf v_gather(const float *table, vi index) {
    return (vf){_mm512_i32gather_ps(index.a, table, 4), _mm512_i32gather_ps(index.b, table, 4)};
}

/* Functions in pieces: tables of V_PIECES entries. vi_piece: the bits of a number from the first
 * two of its significand up. */
#define V_PIECES 16
static inline vf v_piece(const float table[16], vi index) { return v_lookup(table, index); }
#define V_SHR21(x) _mm512_srli_epi32(x, 21)
V_EACH_1(vi_piece, vi, vi, V_SHR21)
/* For v_lookup of two times 8 pieces: by the bits of a from the first of its significand up, and 8
 * more where x is negative. */
#define V_SIDE(a, x)                                                                  \
    _mm512_or_si512(_mm512_and_si512(_mm512_srli_epi32(a, 22), _mm512_set1_epi32(7)), \
                    _mm512_and_si512(_mm512_srli_epi32(x, 28), _mm512_set1_epi32(8)))
V_EACH_2(vi_side_piece, vi, vi, V_SIDE)
#define V_SHL19(x) _mm512_slli_epi32(x, 19)
V_EACH_1(vi_shl19, vi, vi, V_SHL19)
V_EACH_2(vi_max, vi, vi, _mm512_max_epi32)

#define VB_LANES 64
typedef __m512i vb;
static inline vb vb_load(const uint8_t *p) { return _mm512_loadu_si512(p); }
static inline void vb_store(uint8_t *p, vb a) { _mm512_storeu_si512(p, a); }
#define VB_LOAD_N
static inline vb vb_load_n(const uint8_t *p, size_t n) {
    return _mm512_maskz_loadu_epi8(((uint64_t)1 << n) - 1, p);
}
static inline void vb_store_n(uint8_t *p, vb a, size_t n) {
    _mm512_mask_storeu_epi8(p, ((uint64_t)1 << n) - 1, a);
}
static inline vb vb_sel_top(vb top, vb a, vb b) {
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(top), b, a);
}
#ifdef V_VBMI
typedef struct vb_table {
    __m512i quarter[4];
} vb_table;
static inline vb_table vb_table_load(const uint8_t *p) {
    return (vb_table){{vb_load(p), vb_load(p + 64), vb_load(p + 128), vb_load(p + 192)}};
}
static inline vb vb_lookup(vb_table t, vb index) {
    return vb_sel_top(index, _mm512_permutex2var_epi8(t.quarter[2], index, t.quarter[3]),
                      _mm512_permutex2var_epi8(t.quarter[0], index, t.quarter[1]));
}
#else
static inline vb vb_set(uint8_t a) { return _mm512_set1_epi8((char)a); }
static inline vb vb_row(__m128i a) { return _mm512_broadcast_i32x4(a); }
static inline vb vb_and(vb a, vb b) { return _mm512_and_si512(a, b); }
static inline vb vb_xor(vb a, vb b) { return _mm512_xor_si512(a, b); }
static inline vb vb_sub(vb a, vb b) { return _mm512_sub_epi8(a, b); }
static inline vb vb_shuffle(vb row, vb index) { return _mm512_shuffle_epi8(row, index); }
#endif

static inline vh vh_set(uint16_t a) { return _mm512_set1_epi16((int16_t)a); }
static inline vh vh_load(const uint16_t *p) { return _mm512_loadu_si512(p); }
static inline void vh_store(uint16_t *p, vh x) { _mm512_storeu_si512(p, x); }
static inline void vh_stream(uint16_t *p, vh x) { _mm512_stream_si512((__m512i *)p, x); }
static inline __mmask32 vh_first(size_t n) { return (__mmask32)(((uint64_t)1 << n) - 1); }
static inline vh vh_load_n(const uint16_t *p, size_t n) {
    return _mm512_maskz_loadu_epi16(vh_first(n), p);
}
static inline void vh_store_n(uint16_t *p, vh x, size_t n) {
    _mm512_mask_storeu_epi16(p, vh_first(n), x);
}
static inline __m256i vh_low(vh x) { return _mm512_castsi512_si256(x); }
static inline __m256i vh_high(vh x) { return _mm512_extracti64x4_epi64(x, 1); }
static inline vh vh_join(__m256i low, __m256i high) {
    return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}
static inline vi vi_upper(vh x) {
    return (vi){_mm512_slli_epi32(_mm512_cvtepu16_epi32(vh_low(x)), 16),
                _mm512_slli_epi32(_mm512_cvtepu16_epi32(vh_high(x)), 16)};
}
static inline vh vh_upper(vi x) {
    static const uint16_t odd[32] = {1,  3,  5,  7,  9,  11, 13, 15, 17, 19, 21,
                                     23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 43,
                                     45, 47, 49, 51, 53, 55, 57, 59, 61, 63};
    return _mm512_permutex2var_epi16(x.a, vh_load(odd), x.b);
}
static inline int vi_none_zero(vi x) {
    const __m512i zero = _mm512_setzero_si512();
    return (_mm512_cmpeq_epi32_mask(x.a, zero) | _mm512_cmpeq_epi32_mask(x.b, zero)) == 0;
}
static inline vf v_from_f16(vh x) {
    return (vf){_mm512_cvtph_ps(vh_low(x)), _mm512_cvtph_ps(vh_high(x))};
}
static inline vh v_to_f16(vf x) {
    return vh_join(_mm512_cvtps_ph(x.a, _MM_FROUND_TO_NEAREST_INT),
                   _mm512_cvtps_ph(x.b, _MM_FROUND_TO_NEAREST_INT));
}

typedef struct vd {
    __m512d a, b, c, d;
} vd;
typedef struct vdm {
    __mmask8 a, b, c, d;
} vdm;

#define VD_EACH_1(verb, f) \
    static inline vd verb(vd x) { return (vd){f(x.a), f(x.b), f(x.c), f(x.d)}; }
#define VD_EACH_2(verb, to, f)                                           \
    static inline to verb(vd x, vd y) {                                  \
        return (to){f(x.a, y.a), f(x.b, y.b), f(x.c, y.c), f(x.d, y.d)}; \
    }
#define VD_EACH_3(verb, f)                                                                   \
    static inline vd verb(vd x, vd y, vd z) {                                                \
        return (vd){f(x.a, y.a, z.a), f(x.b, y.b, z.b), f(x.c, y.c, z.c), f(x.d, y.d, z.d)}; \
    }

static inline vd vd_set(double a) {
    __m512d x = _mm512_set1_pd(a);
    return (vd){x, x, x, x};
}
static inline vd vd_load(const double *p) {
    return (vd){_mm512_loadu_pd(p), _mm512_loadu_pd(p + 8), _mm512_loadu_pd(p + 16),
                _mm512_loadu_pd(p + 24)};
}
static inline void vd_store(double *p, vd x) {
    _mm512_storeu_pd(p, x.a);
    _mm512_storeu_pd(p + 8, x.b);
    _mm512_storeu_pd(p + 16, x.c);
    _mm512_storeu_pd(p + 24, x.d);
}
static inline void vd_stream(double *p, vd x) {
    _mm512_stream_pd(p, x.a);
    _mm512_stream_pd(p + 8, x.b);
    _mm512_stream_pd(p + 16, x.c);
    _mm512_stream_pd(p + 24, x.d);
}
static inline vd vd_widen(vf x) {
    return (vd){_mm512_cvtps_pd(_mm512_castps512_ps256(x.a)),
                _mm512_cvtps_pd(_mm512_extractf32x8_ps(x.a, 1)),
                _mm512_cvtps_pd(_mm512_castps512_ps256(x.b)),
                _mm512_cvtps_pd(_mm512_extractf32x8_ps(x.b, 1))};
}
static inline __m512 vd_join(__m512d low, __m512d high) {
    return _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(low)), _mm512_cvtpd_ps(high),
                              1);
}
static inline vf vd_narrow(vd x) { return (vf){vd_join(x.a, x.b), vd_join(x.c, x.d)}; }

VD_EACH_2(vd_add, vd, _mm512_add_pd)
VD_EACH_2(vd_sub, vd, _mm512_sub_pd)
VD_EACH_2(vd_mul, vd, _mm512_mul_pd)
VD_EACH_2(vd_div, vd, _mm512_div_pd)
VD_EACH_3(vd_fma, _mm512_fmadd_pd)
VD_EACH_3(vd_fnma, _mm512_fnmadd_pd)

#define VD_LT(x, y) _mm512_cmp_pd_mask(x, y, _CMP_LT_OQ)
#define VD_GT(x, y) _mm512_cmp_pd_mask(x, y, _CMP_GT_OQ)
#define VD_MIN(x, high) _mm512_min_round_pd(high, x, _MM_FROUND_NO_EXC)
#define VD_MAX(x, low) _mm512_max_round_pd(low, x, _MM_FROUND_NO_EXC)
#define VD_EQ(x, y) _mm512_cmp_pd_mask(x, y, _CMP_EQ_OQ)
VD_EACH_2(vd_lt, vdm, VD_LT)
VD_EACH_2(vd_gt, vdm, VD_GT)
VD_EACH_2(vd_eq, vdm, VD_EQ)
VD_EACH_2(vd_at_most, vd, VD_MIN)
VD_EACH_2(vd_at_least, vd, VD_MAX)
static inline vd vd_sel(vdm m, vd x, vd y) {
    return (vd){_mm512_mask_blend_pd(m.a, y.a, x.a), _mm512_mask_blend_pd(m.b, y.b, x.b),
                _mm512_mask_blend_pd(m.c, y.c, x.c), _mm512_mask_blend_pd(m.d, y.d, x.d)};
}
VD_EACH_1(vd_abs, _mm512_abs_pd)
#define VD_BINADE(x) _mm512_and_pd(_mm512_set1_pd(INFINITY), x)
VD_EACH_1(vd_binade, VD_BINADE)
#define VD_COPYSIGN(mag, sign) _mm512_or_pd(mag, _mm512_and_pd(sign, _mm512_set1_pd(-0.0)))
VD_EACH_2(vd_copysign, vd, VD_COPYSIGN)
#define VD_SHL52(x) _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_castpd_si512(x), 52))
VD_EACH_1(vd_shl52, VD_SHL52)
#define VD_BIASED(x)                                                                 \
    _mm512_or_pd(_mm512_castsi512_pd(_mm512_srli_epi64(_mm512_castpd_si512(x), 52)), \
                 _mm512_set1_pd(0x1p52))
VD_EACH_1(vd_biased, VD_BIASED)

/* As v_scale. */
#define VD_SCALE
VD_EACH_2(vd_scale, vd, _mm512_scalef_pd)

/* The largest lane, none of them NaN, and the sum of all: lanes i and i + half first. */
#define V_REDUCE
static inline float v_most(vf x) {
    __m512 most = _mm512_max_ps(x.a, x.b);
    __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(most), _mm512_extractf32x8_ps(most, 1));
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}
static inline double vd_total(vd x) {
    __m512d sum = _mm512_add_pd(_mm512_add_pd(x.a, x.c), _mm512_add_pd(x.b, x.d));
    __m256d four = _mm256_add_pd(_mm512_castpd512_pd256(sum), _mm512_extractf64x4_pd(sum, 1));
    __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}
