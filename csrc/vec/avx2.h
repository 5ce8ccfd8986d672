/* The vocabulary on AVX2 with FMA and F16C: eight lanes. */
#define V_LANES 8
#define V_FMA 1
#define V_FMA64 1

typedef __m256 vf;
typedef __m256i vi;
typedef __m256 vm;
typedef __m128i vh;

static inline vf v_set(float a) { return _mm256_set1_ps(a); }
static inline vf v_load(const float *p) { return _mm256_loadu_ps(p); }
static inline void v_store(float *p, vf a) { _mm256_storeu_ps(p, a); }
#define V_STREAM 1
static inline void v_stream(float *p, vf a) { _mm256_stream_ps(p, a); }
static inline void v_fence(void) { _mm_sfence(); }
static inline __m256i v_first(size_t n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
static inline vf v_load_n(const float *p, size_t n) { return _mm256_maskload_ps(p, v_first(n)); }
static inline void v_store_n(float *p, vf a, size_t n) { _mm256_maskstore_ps(p, v_first(n), a); }

static inline vi v_bits(vf a) { return _mm256_castps_si256(a); }
static inline vf v_float(vi a) { return _mm256_castsi256_ps(a); }
static inline vi vi_set(int32_t a) { return _mm256_set1_epi32(a); }
static inline vi vi_add(vi a, vi b) { return _mm256_add_epi32(a, b); }
static inline vi vi_sub(vi a, vi b) { return _mm256_sub_epi32(a, b); }
static inline vi vi_and(vi a, vi b) { return _mm256_and_si256(a, b); }
static inline vi vi_or(vi a, vi b) { return _mm256_or_si256(a, b); }
static inline vi vi_xor(vi a, vi b) { return _mm256_xor_si256(a, b); }
static inline vi vi_shl23(vi a) { return _mm256_slli_epi32(a, 23); }
static inline vi vi_shl20(vi a) { return _mm256_slli_epi32(a, 20); }
static inline vi vi_shr16(vi a) { return _mm256_srli_epi32(a, 16); }
static inline int vi_none_zero(vi a) {
    return _mm256_movemask_epi8(_mm256_cmpeq_epi32(a, _mm256_setzero_si256())) == 0;
}
static inline vi vi_half(vi a) { return _mm256_srai_epi32(a, 1); }
/* Integers compare faster than floats, which may be NaN. */
#define V_INT_ORDER
static inline vi vi_min(vi a, vi b) { return _mm256_min_epi32(a, b); }
static inline vi vi_max(vi a, vi b) { return _mm256_max_epi32(a, b); }
static inline vm vi_lt(vi a, vi b) { return v_float(_mm256_cmpgt_epi32(b, a)); }
static inline vi vi_umin(vi a, vi b) { return _mm256_min_epu32(a, b); } /* without a sign */
static inline vi vi_umax(vi a, vi b) { return _mm256_max_epu32(a, b); }
static inline vm vi_ult(vi a, vi b) {
    return vi_lt(vi_xor(a, vi_set(INT32_MIN)), vi_xor(b, vi_set(INT32_MIN)));
}
static inline vf v_from_int(vi a) { return _mm256_cvtepi32_ps(a); }

static inline vf v_add(vf a, vf b) { return _mm256_add_ps(a, b); }
static inline vf v_sub(vf a, vf b) { return _mm256_sub_ps(a, b); }
static inline vf v_mul(vf a, vf b) { return _mm256_mul_ps(a, b); }
static inline vf v_div(vf a, vf b) { return _mm256_div_ps(a, b); }
static inline vf v_fma(vf a, vf b, vf c) { return _mm256_fmadd_ps(a, b, c); }
static inline vf v_fms(vf a, vf b, vf c) { return _mm256_fmsub_ps(a, b, c); }
static inline vf v_fnma(vf a, vf b, vf c) { return _mm256_fnmadd_ps(a, b, c); }

static inline vm v_lt(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_LT_OQ); }
static inline vm v_gt(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_GT_OQ); }
static inline vf v_sel(vm m, vf a, vf b) { return _mm256_blendv_ps(b, a, m); }
/* As an integer what has a sign is less than 0, and as one without a sign no less than -0. More
 * ports do these than a blend. */
#define V_NEGATIVE
static inline vf v_negative(vf a) { return v_float(vi_min(v_bits(a), _mm256_setzero_si256())); }
#define V_POSITIVE
static inline vf v_positive(vf a) { return v_float(vi_umin(v_bits(a), vi_set(INT32_MIN))); }
#define V_SELDOM
static inline int v_seldom(vm m) { return __builtin_expect(_mm256_movemask_ps(m) != 0, 0); }
/* Whether any lane of a differs from b's, or is NaN. */
static inline int v_differ(vf a, vf b) {
    return _mm256_movemask_ps(_mm256_cmp_ps(a, b, _CMP_NEQ_UQ)) != 0;
}

#define VB_LANES 32
typedef __m256i vb;
static inline vb vb_set(uint8_t a) { return _mm256_set1_epi8((char)a); }
static inline vb vb_load(const uint8_t *p) { return _mm256_loadu_si256((const __m256i *)p); }
static inline void vb_store(uint8_t *p, vb a) { _mm256_storeu_si256((__m256i *)p, a); }
static inline vb vb_row(__m128i a) { return _mm256_broadcastsi128_si256(a); }
static inline vb vb_and(vb a, vb b) { return _mm256_and_si256(a, b); }
static inline vb vb_xor(vb a, vb b) { return _mm256_xor_si256(a, b); }
static inline vb vb_sub(vb a, vb b) { return _mm256_sub_epi8(a, b); }
static inline vb vb_shuffle(vb row, vb index) { return _mm256_shuffle_epi8(row, index); }
static inline vb vb_sel_top(vb top, vb a, vb b) { return _mm256_blendv_epi8(b, a, top); }

/* Entry index % 8, 16 or 32 of a table: the permutes read three bits of an index, the blends the
 * sign. On Zen 4 even 32 entries take a third of the time of vgatherdps. */
#define V_TABLE8 /* 8 entries take one instruction, 16 four */
static inline vf v_lookup8(const float table[8], vi index) {
    return _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), index);
}
static inline vf v_lookup(const float table[16], vi index) {
    return _mm256_blendv_ps(v_lookup8(table, index), v_lookup8(table + 8, index),
                            v_float(_mm256_slli_epi32(index, 28)));
}
static inline vf v_lookup32(const float table[32], vi index) {
    return _mm256_blendv_ps(v_lookup(table, index), v_lookup(table + 16, index),
                            v_float(_mm256_slli_epi32(index, 27)));
}
/* Entry index of a table in memory. */
static inline vf v_gather(const float *table, vi index) {
    return _mm256_i32gather_ps(table, index, 4);
}

/* Functions in pieces: tables of V_PIECES entries. vi_piece: the bits of a number from the first of
 * its significand up. */
#define V_PIECES 8
static inline vf v_piece(const float table[8], vi index) { return v_lookup8(table, index); }
static inline vi vi_piece(vi a) { return _mm256_srli_epi32(a, 22); }
/* For v_lookup of two times 8 pieces: by the same of a, and 8 more where x is negative. */
static inline vi vi_side_piece(vi a, vi x) {
    const vi which = _mm256_and_si256(_mm256_srli_epi32(a, 22), vi_set(7));
    return _mm256_or_si256(which, _mm256_and_si256(_mm256_srli_epi32(x, 28), vi_set(8)));
}

static inline vh vh_set(uint16_t a) { return _mm_set1_epi16((int16_t)a); }
static inline vh vh_load(const uint16_t *p) { return _mm_loadu_si128((const __m128i *)p); }
static inline void vh_store(uint16_t *p, vh a) { _mm_storeu_si128((__m128i *)p, a); }
static inline void vh_stream(uint16_t *p, vh a) { _mm_stream_si128((__m128i *)p, a); }
static inline vh vh_load_n(const uint16_t *p, size_t n) {
    uint16_t lane[V_LANES] = {0};
    memcpy(lane, p, n * sizeof *p);
    return vh_load(lane);
}
static inline void vh_store_n(uint16_t *p, vh a, size_t n) {
    uint16_t lane[V_LANES];
    vh_store(lane, a);
    memcpy(p, lane, n * sizeof *p);
}
static inline vi vi_upper(vh a) { return _mm256_slli_epi32(_mm256_cvtepu16_epi32(a), 16); }
static inline vh vh_upper(vi a) {
    a = vi_shr16(a);
    return _mm_packus_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
}
static inline vf v_from_f16(vh a) { return _mm256_cvtph_ps(a); }
static inline vh v_to_f16(vf a) { return _mm256_cvtps_ph(a, _MM_FROUND_TO_NEAREST_INT); }

typedef struct vd {
    __m256d a, b;
} vd;
typedef vd vdm;

#include "vec/pair.h"

static inline vd vd_set(double a) { return (vd){_mm256_set1_pd(a), _mm256_set1_pd(a)}; }
static inline vd vd_load(const double *p) {
    return (vd){_mm256_loadu_pd(p), _mm256_loadu_pd(p + 4)};
}
static inline void vd_store(double *p, vd x) {
    _mm256_storeu_pd(p, x.a);
    _mm256_storeu_pd(p + 4, x.b);
}
static inline void vd_stream(double *p, vd x) {
    _mm256_stream_pd(p, x.a);
    _mm256_stream_pd(p + 4, x.b);
}
static inline vd vd_widen(vf x) {
    return (vd){_mm256_cvtps_pd(_mm256_castps256_ps128(x)),
                _mm256_cvtps_pd(_mm256_extractf128_ps(x, 1))};
}
static inline vf vd_narrow(vd x) {
    return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(x.a)), _mm256_cvtpd_ps(x.b),
                                1);
}

VD_EACH_2(vd_add, vd, _mm256_add_pd)
VD_EACH_2(vd_sub, vd, _mm256_sub_pd)
VD_EACH_2(vd_mul, vd, _mm256_mul_pd)
VD_EACH_2(vd_div, vd, _mm256_div_pd)
VD_EACH_3(vd_fma, _mm256_fmadd_pd)
VD_EACH_3(vd_fnma, _mm256_fnmadd_pd)

#define VD_LT(x, y) _mm256_cmp_pd(x, y, _CMP_LT_OQ)
#define VD_GT(x, y) _mm256_cmp_pd(x, y, _CMP_GT_OQ)
#define VD_EQ(x, y) _mm256_cmp_pd(x, y, _CMP_EQ_OQ)
VD_EACH_2(vd_lt, vdm, VD_LT)
VD_EACH_2(vd_gt, vdm, VD_GT)
VD_EACH_2(vd_eq, vdm, VD_EQ)
static inline vd vd_sel(vdm m, vd x, vd y) {
    return (vd){_mm256_blendv_pd(y.a, x.a, m.a), _mm256_blendv_pd(y.b, x.b, m.b)};
}
static inline vd vd_at_most(vd x, vd high) { return vd_sel(vd_gt(x, high), high, x); }
static inline vd vd_at_least(vd x, vd low) { return vd_sel(vd_lt(x, low), low, x); }
#define VD_ABS(x) _mm256_andnot_pd(_mm256_set1_pd(-0.0), x)
#define VD_COPYSIGN(mag, sign) _mm256_or_pd(mag, _mm256_and_pd(sign, _mm256_set1_pd(-0.0)))
#define VD_SHL52(x) _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_castpd_si256(x), 52))
VD_EACH_1(vd_abs, VD_ABS)
#define VD_BINADE(x) _mm256_and_pd(_mm256_set1_pd(INFINITY), x)
VD_EACH_1(vd_binade, VD_BINADE)
VD_EACH_2(vd_copysign, vd, VD_COPYSIGN)
VD_EACH_1(vd_shl52, VD_SHL52)
#define VD_BIASED(x)                                                                 \
    _mm256_or_pd(_mm256_castsi256_pd(_mm256_srli_epi64(_mm256_castpd_si256(x), 52)), \
                 _mm256_set1_pd(0x1p52))
VD_EACH_1(vd_biased, VD_BIASED)

/* The largest lane, where a NaN is larger than all numbers or less, by its sign, and the sum of
 * all: lanes i and i + half first. */
#define V_REDUCE
static inline __m256i vi_flip_negative(__m256i a) { /* the order of integers from that of floats */
    return _mm256_xor_si256(a, _mm256_srli_epi32(_mm256_srai_epi32(a, 31), 1));
}
static inline float v_most(vf x) {
    __m256i order = vi_flip_negative(_mm256_castps_si256(x));
    __m128i four = _mm_max_epi32(_mm256_castsi256_si128(order), _mm256_extracti128_si256(order, 1));
    __m128i two = _mm_max_epi32(four, _mm_shuffle_epi32(four, 0x4e));
    __m128i one = _mm_max_epi32(two, _mm_shuffle_epi32(two, 0xb1));
    return _mm256_cvtss_f32(_mm256_castsi256_ps(vi_flip_negative(_mm256_castsi128_si256(one))));
}
static inline double vd_total(vd x) {
    __m256d four = _mm256_add_pd(x.a, x.b);
    __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}
