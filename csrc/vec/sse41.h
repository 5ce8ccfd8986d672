/* The vocabulary on SSE4.1: four lanes, no FMA. */
#define V_LANES 4
#define V_FMA 0
#define V_FMA64 0

typedef __m128 vf;
typedef __m128i vi;
typedef __m128 vm;
typedef __m128i vh; /* in its lower half */

static inline vf v_set(float a) { return _mm_set1_ps(a); }
static inline vf v_load(const float *p) { return _mm_loadu_ps(p); }
static inline void v_store(float *p, vf a) { _mm_storeu_ps(p, a); }
#define V_STREAM 1
static inline void v_stream(float *p, vf a) { _mm_stream_ps(p, a); }
static inline void v_fence(void) { _mm_sfence(); }
static inline vf v_load_n(const float *p, size_t n) {
    float lane[V_LANES] = {0};
    memcpy(lane, p, n * sizeof *p);
    return _mm_loadu_ps(lane);
}
static inline void v_store_n(float *p, vf a, size_t n) {
    float lane[V_LANES];
    _mm_storeu_ps(lane, a);
    memcpy(p, lane, n * sizeof *p);
}

static inline vi v_bits(vf a) { return _mm_castps_si128(a); }
static inline vf v_float(vi a) { return _mm_castsi128_ps(a); }
static inline vi vi_set(int32_t a) { return _mm_set1_epi32(a); }
static inline vi vi_add(vi a, vi b) { return _mm_add_epi32(a, b); }
static inline vi vi_sub(vi a, vi b) { return _mm_sub_epi32(a, b); }
static inline vi vi_and(vi a, vi b) { return _mm_and_si128(a, b); }
static inline vi vi_or(vi a, vi b) { return _mm_or_si128(a, b); }
static inline vi vi_xor(vi a, vi b) { return _mm_xor_si128(a, b); }
static inline vi vi_shl23(vi a) { return _mm_slli_epi32(a, 23); }
static inline vi vi_shr16(vi a) { return _mm_srli_epi32(a, 16); }
static inline int vi_none_zero(vi a) {
    return _mm_movemask_epi8(_mm_cmpeq_epi32(a, _mm_setzero_si128())) == 0;
}
static inline vi vi_half(vi a) { return _mm_srai_epi32(a, 1); }
/* Integers compare faster than floats, which may be NaN. */
#define V_INT_ORDER
static inline vi vi_min(vi a, vi b) { return _mm_min_epi32(a, b); }
static inline vi vi_max(vi a, vi b) { return _mm_max_epi32(a, b); }
static inline vm vi_lt(vi a, vi b) { return v_float(_mm_cmpgt_epi32(b, a)); }
static inline vi vi_umax(vi a, vi b) { return _mm_max_epu32(a, b); } /* without a sign */
static inline vm vi_ult(vi a, vi b) {
    return vi_lt(vi_xor(a, vi_set(INT32_MIN)), vi_xor(b, vi_set(INT32_MIN)));
}
static inline vf v_from_int(vi a) { return _mm_cvtepi32_ps(a); }

static inline vf v_add(vf a, vf b) { return _mm_add_ps(a, b); }
static inline vf v_sub(vf a, vf b) { return _mm_sub_ps(a, b); }
static inline vf v_mul(vf a, vf b) { return _mm_mul_ps(a, b); }
static inline vf v_div(vf a, vf b) { return _mm_div_ps(a, b); }
static inline vf v_fma(vf a, vf b, vf c) { return _mm_add_ps(_mm_mul_ps(a, b), c); }
static inline vf v_fms(vf a, vf b, vf c) { return _mm_sub_ps(_mm_mul_ps(a, b), c); }
static inline vf v_fnma(vf a, vf b, vf c) { return _mm_sub_ps(c, _mm_mul_ps(a, b)); }

/* SSE's ordered compares, min and max raise "invalid" on a quiet NaN, so they never see one here:
 * NaN lanes become 0 first and the result is masked. */
static inline vm v_lt(vf a, vf b) {
    __m128 number = _mm_cmpord_ps(a, a);
    return _mm_and_ps(_mm_cmplt_ps(_mm_and_ps(a, number), b), number);
}
static inline vm v_gt(vf a, vf b) {
    __m128 number = _mm_cmpord_ps(a, a);
    return _mm_and_ps(_mm_cmpgt_ps(_mm_and_ps(a, number), b), number);
}
static inline vf v_sel(vm m, vf a, vf b) { return _mm_blendv_ps(b, a, m); }
#define V_NEGATIVE
static inline vf v_negative(vf a) { return _mm_blendv_ps(_mm_setzero_ps(), a, a); }
#define V_SELDOM
static inline int v_seldom(vm m) { return __builtin_expect(_mm_movemask_ps(m) != 0, 0); }
/* Whether any lane of a differs from b's, or is NaN. */
static inline int v_differ(vf a, vf b) { return _mm_movemask_ps(_mm_cmpneq_ps(a, b)) != 0; }

#define VB_LANES 16
typedef __m128i vb;
static inline vb vb_set(uint8_t a) { return _mm_set1_epi8((char)a); }
static inline vb vb_load(const uint8_t *p) { return _mm_loadu_si128((const __m128i *)p); }
static inline void vb_store(uint8_t *p, vb a) { _mm_storeu_si128((__m128i *)p, a); }
static inline vb vb_row(__m128i a) { return a; }
static inline vb vb_and(vb a, vb b) { return _mm_and_si128(a, b); }
static inline vb vb_xor(vb a, vb b) { return _mm_xor_si128(a, b); }
static inline vb vb_sub(vb a, vb b) { return _mm_sub_epi8(a, b); }
static inline vb vb_shuffle(vb row, vb index) { return _mm_shuffle_epi8(row, index); }
static inline vb vb_sel_top(vb top, vb a, vb b) { return _mm_blendv_epi8(b, a, top); }

/* Entry index % 8, 16 or 32 of a table. */
static inline vf v_lookup_of(const float *table, vi index, int32_t last) {
    index = vi_and(index, vi_set(last));
    return _mm_setr_ps(table[_mm_extract_epi32(index, 0)], table[_mm_extract_epi32(index, 1)],
                       table[_mm_extract_epi32(index, 2)], table[_mm_extract_epi32(index, 3)]);
}
static inline vf v_lookup8(const float table[8], vi index) { return v_lookup_of(table, index, 7); }
static inline vf v_lookup(const float table[16], vi index) { return v_lookup_of(table, index, 15); }
static inline vf v_lookup32(const float table[32], vi index) {
    return v_lookup_of(table, index, 31);
}
/* Entry index of a table in memory. */
static inline vf v_gather(const float *table, vi index) { return v_lookup_of(table, index, -1); }

static inline vh vh_set(uint16_t a) { return _mm_set1_epi16((int16_t)a); }
static inline vh vh_load(const uint16_t *p) { return _mm_loadl_epi64((const __m128i *)p); }
static inline void vh_store(uint16_t *p, vh a) { _mm_storel_epi64((__m128i *)p, a); }
static inline void vh_stream(uint16_t *p, vh a) {
    _mm_stream_si64((long long *)p, _mm_cvtsi128_si64(a));
}
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
static inline vi vi_upper(vh a) { return _mm_unpacklo_epi16(_mm_setzero_si128(), a); }
static inline vh vh_upper(vi a) {
    a = vi_shr16(a);
    return _mm_packus_epi32(a, a);
}

/* The exponent of float16 has a bias of 15, that of float32 one of 127. */
#define V_REBIAS ((127 - 15) << 23)
static inline vf v_from_f16(vh h) {
    vi lane = _mm_cvtepu16_epi32(h);
    vi sign = _mm_slli_epi32(_mm_srli_epi32(lane, 15), 31);
    vi bits = _mm_slli_epi32(vi_and(lane, vi_set(0x7fff)), 13);
    vf normal = v_float(vi_add(bits, vi_set(V_REBIAS)));
    /* A subnormal's fraction is what 2^-14 and it have beyond 2^-14. */
    vf small = v_sub(v_float(vi_add(bits, vi_set(V_REBIAS + (1 << 23)))), v_set(0x1p-14f));
    vf special = v_float(vi_add(bits, vi_set(2 * V_REBIAS))); /* inf and NaN */
    vf a = v_sel(v_lt(normal, v_set(0x1p16f)), normal, special);
    return v_float(vi_or(v_bits(v_sel(v_lt(normal, v_set(0x1p-14f)), small, a)), sign));
}
static inline vh v_to_f16(vf y) {
    vi sign = vi_and(v_bits(y), vi_set(INT32_MIN)), bits = vi_xor(v_bits(y), sign);
    vf a = v_float(bits);
    vi odd = vi_and(_mm_srli_epi32(bits, 13), vi_set(1));
    vi normal = vi_add(vi_sub(bits, vi_set(V_REBIAS - 0xfff)), odd);
    normal = _mm_min_epi32(_mm_srli_epi32(normal, 13), vi_set(0x7c00));
    /* Below 2^-14 the sum with 1/2 has its last bit at 2^-24, where float16 has. */
    vi small = vi_sub(v_bits(v_add(a, v_set(0.5f))), v_bits(v_set(0.5f)));
    vi nan = vi_or(vi_and(_mm_srli_epi32(bits, 13), vi_set(0x3ff)), vi_set(0x7e00));
    vf h = v_sel(v_lt(a, v_set(0x1p-14f)), v_float(small), v_float(normal));
    h = v_sel(_mm_cmpord_ps(a, a), h, v_float(nan));
    vi lane = vi_or(v_bits(h), vi_shr16(sign));
    return _mm_packus_epi32(lane, lane);
}

typedef struct vd {
    __m128d a, b;
} vd;
typedef vd vdm;

#include "vec/pair.h"

static inline vd vd_set(double a) { return (vd){_mm_set1_pd(a), _mm_set1_pd(a)}; }
static inline vd vd_load(const double *p) { return (vd){_mm_loadu_pd(p), _mm_loadu_pd(p + 2)}; }
static inline void vd_store(double *p, vd x) {
    _mm_storeu_pd(p, x.a);
    _mm_storeu_pd(p + 2, x.b);
}
static inline void vd_stream(double *p, vd x) {
    _mm_stream_pd(p, x.a);
    _mm_stream_pd(p + 2, x.b);
}
static inline vd vd_widen(vf x) { return (vd){_mm_cvtps_pd(x), _mm_cvtps_pd(_mm_movehl_ps(x, x))}; }
static inline vf vd_narrow(vd x) { return _mm_movelh_ps(_mm_cvtpd_ps(x.a), _mm_cvtpd_ps(x.b)); }

VD_EACH_2(vd_add, vd, _mm_add_pd)
VD_EACH_2(vd_sub, vd, _mm_sub_pd)
VD_EACH_2(vd_mul, vd, _mm_mul_pd)
VD_EACH_2(vd_div, vd, _mm_div_pd)
#define VD_FMA(x, y, z) _mm_add_pd(_mm_mul_pd(x, y), z)
#define VD_FNMA(x, y, z) _mm_sub_pd(z, _mm_mul_pd(x, y))
VD_EACH_3(vd_fma, VD_FMA)
VD_EACH_3(vd_fnma, VD_FNMA)

/* As for v_lt: a NaN is 0 where it is compared. Only x may be NaN. */
static inline __m128d vd_lt_1(__m128d x, __m128d y) {
    __m128d number = _mm_cmpord_pd(x, x);
    return _mm_and_pd(_mm_cmplt_pd(_mm_and_pd(x, number), y), number);
}
static inline __m128d vd_gt_1(__m128d x, __m128d y) {
    __m128d number = _mm_cmpord_pd(x, x);
    return _mm_and_pd(_mm_cmpgt_pd(_mm_and_pd(x, number), y), number);
}
VD_EACH_2(vd_lt, vdm, vd_lt_1)
VD_EACH_2(vd_gt, vdm, vd_gt_1)
VD_EACH_2(vd_eq, vdm, _mm_cmpeq_pd)
static inline vd vd_sel(vdm m, vd x, vd y) {
    return (vd){_mm_blendv_pd(y.a, x.a, m.a), _mm_blendv_pd(y.b, x.b, m.b)};
}
static inline vd vd_at_most(vd x, vd high) { return vd_sel(vd_gt(x, high), high, x); }
static inline vd vd_at_least(vd x, vd low) { return vd_sel(vd_lt(x, low), low, x); }
#define VD_ABS(x) _mm_andnot_pd(_mm_set1_pd(-0.0), x)
#define VD_COPYSIGN(mag, sign) _mm_or_pd(mag, _mm_and_pd(sign, _mm_set1_pd(-0.0)))
#define VD_SHL52(x) _mm_castsi128_pd(_mm_slli_epi64(_mm_castpd_si128(x), 52))
VD_EACH_1(vd_abs, VD_ABS)
#define VD_BINADE(x) _mm_and_pd(_mm_set1_pd(INFINITY), x)
VD_EACH_1(vd_binade, VD_BINADE)
VD_EACH_2(vd_copysign, vd, VD_COPYSIGN)
VD_EACH_1(vd_shl52, VD_SHL52)
#define VD_BIASED(x) \
    _mm_or_pd(_mm_castsi128_pd(_mm_srli_epi64(_mm_castpd_si128(x), 52)), _mm_set1_pd(0x1p52))
VD_EACH_1(vd_biased, VD_BIASED)

/* The 26 leading bits. */
#define VD_TOP(x) _mm_and_pd(x, _mm_castsi128_pd(_mm_set1_epi64x(~(int64_t)0x7ffffff)))
VD_EACH_1(vd_top, VD_TOP)
