/* The vocabulary on AArch64 NEON: four lanes. */
#define V_LANES 4
#define V_FMA 1
#define V_FMA64 1

typedef float32x4_t vf;
typedef int32x4_t vi;
typedef uint32x4_t vm;
typedef uint16x4_t vh;

static inline vf v_set(float a) { return vdupq_n_f32(a); }
static inline vf v_load(const float *p) { return vld1q_f32(p); }
static inline void v_store(float *p, vf a) { vst1q_f32(p, a); }
static inline vf v_load_n(const float *p, size_t n) {
    float lane[V_LANES] = {0};
    memcpy(lane, p, n * sizeof *p);
    return vld1q_f32(lane);
}
static inline void v_store_n(float *p, vf a, size_t n) {
    float lane[V_LANES];
    vst1q_f32(lane, a);
    memcpy(p, lane, n * sizeof *p);
}

static inline vi v_bits(vf a) { return vreinterpretq_s32_f32(a); }
static inline vf v_float(vi a) { return vreinterpretq_f32_s32(a); }
static inline vi vi_set(int32_t a) { return vdupq_n_s32(a); }
static inline vi vi_add(vi a, vi b) { return vaddq_s32(a, b); }
static inline vi vi_sub(vi a, vi b) { return vsubq_s32(a, b); }
static inline vi vi_and(vi a, vi b) { return vandq_s32(a, b); }
static inline vi vi_or(vi a, vi b) { return vorrq_s32(a, b); }
static inline vi vi_xor(vi a, vi b) { return veorq_s32(a, b); }
static inline vi vi_shl20(vi a) { return vshlq_n_s32(a, 20); }
static inline vi vi_shl23(vi a) { return vshlq_n_s32(a, 23); }
static inline vi vi_shr16(vi a) {
    return vreinterpretq_s32_u32(vshrq_n_u32(vreinterpretq_u32_s32(a), 16));
}
static inline int vi_none_zero(vi a) { return vminvq_u32(vreinterpretq_u32_s32(a)) != 0; }
static inline vi vi_half(vi a) { return vshrq_n_s32(a, 1); }
static inline vf v_from_int(vi a) { return vcvtq_f32_s32(a); }

static inline vf v_add(vf a, vf b) { return vaddq_f32(a, b); }
static inline vf v_sub(vf a, vf b) { return vsubq_f32(a, b); }
static inline vf v_mul(vf a, vf b) { return vmulq_f32(a, b); }
static inline vf v_div(vf a, vf b) { return vdivq_f32(a, b); }
static inline vf v_fma(vf a, vf b, vf c) { return vfmaq_f32(c, a, b); }
static inline vf v_fms(vf a, vf b, vf c) { return vfmaq_f32(vnegq_f32(c), a, b); }
static inline vf v_fnma(vf a, vf b, vf c) { return vfmsq_f32(c, a, b); }

/* FCMGT raises "invalid" on a quiet NaN, so it never sees one. */
static inline vm v_lt(vf a, vf b) {
    vm number = vceqq_f32(a, a);
    vf safe = vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(a), number));
    return vandq_u32(vcltq_f32(safe, b), number);
}
static inline vm v_gt(vf a, vf b) {
    vm number = vceqq_f32(a, a);
    vf safe = vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(a), number));
    return vandq_u32(vcgtq_f32(safe, b), number);
}
static inline vf v_sel(vm m, vf a, vf b) { return vbslq_f32(m, a, b); }
/* Whether any lane of a differs from b's, or is NaN. */
static inline int v_differ(vf a, vf b) { return vminvq_u32(vceqq_f32(a, b)) == 0; }

/* FMIN and FMAX pass NaN on, but hold -0 to be less than 0: where the result equals a it is a. */
#define V_MINMAX
static inline vf v_at_most(vf a, vf high) {
    vf least = vminq_f32(a, high);
    return vbslq_f32(vceqq_f32(least, a), a, least);
}
static inline vf v_at_least(vf a, vf low) {
    vf most = vmaxq_f32(a, low);
    return vbslq_f32(vceqq_f32(most, a), a, most);
}

#define VB_LANES 16
typedef uint8x16_t vb;
typedef struct vb_table {
    uint8x16x4_t quarter[4];
} vb_table;
static inline vb vb_load(const uint8_t *p) { return vld1q_u8(p); }
static inline void vb_store(uint8_t *p, vb a) { vst1q_u8(p, a); }
static inline vb_table vb_table_load(const uint8_t *p) {
    vb_table t;
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            t.quarter[i].val[j] = vld1q_u8(p + 64 * i + 16 * j);
    return t;
}
/* TBL gives 0 for an index beyond its table, TBX leaves what it finds. */
static inline vb vb_lookup(vb_table t, vb index) {
    vb y = vqtbl4q_u8(t.quarter[0], index);
    for (int i = 1; i < 4; i++) {
        index = vsubq_u8(index, vdupq_n_u8(64));
        y = vqtbx4q_u8(y, t.quarter[i], index);
    }
    return y;
}

/* Entry index % 8, 16 or 32 of a table: TBL looks bytes up, and gives 0 for those beyond. */
static inline uint8x16_t v_byte_index(vi index, int32_t last) {
    vi first = vmulq_s32(vi_and(index, vi_set(last)), vi_set(0x04040404));
    return vreinterpretq_u8_s32(vi_add(first, vi_set(0x03020100)));
}
static inline uint8x16x4_t v_table_bytes(const float table[16]) {
    return (uint8x16x4_t){
        {vreinterpretq_u8_f32(vld1q_f32(table)), vreinterpretq_u8_f32(vld1q_f32(table + 4)),
         vreinterpretq_u8_f32(vld1q_f32(table + 8)), vreinterpretq_u8_f32(vld1q_f32(table + 12))}};
}
#define V_TABLE8 /* TBL is fast with two registers of table, not with four */
static inline vf v_lookup8(const float table[8], vi index) {
    uint8x16x2_t t = {
        {vreinterpretq_u8_f32(vld1q_f32(table)), vreinterpretq_u8_f32(vld1q_f32(table + 4))}};
    return vreinterpretq_f32_u8(vqtbl2q_u8(t, v_byte_index(index, 7)));
}
static inline vf v_lookup(const float table[16], vi index) {
    return vreinterpretq_f32_u8(vqtbl4q_u8(v_table_bytes(table), v_byte_index(index, 15)));
}
static inline vf v_lookup32(const float table[32], vi index) {
    uint8x16_t i = v_byte_index(index, 31), low = vqtbl4q_u8(v_table_bytes(table), i);
    i = vsubq_u8(i, vdupq_n_u8(64));
    return vreinterpretq_f32_u8(vqtbx4q_u8(low, v_table_bytes(table + 16), i));
}
/* Entry index of a table in memory. */
static inline vf v_gather(const float *table, vi index) {
    vf entries = vdupq_n_f32(table[vgetq_lane_s32(index, 0)]);
    entries = vsetq_lane_f32(table[vgetq_lane_s32(index, 1)], entries, 1);
    entries = vsetq_lane_f32(table[vgetq_lane_s32(index, 2)], entries, 2);
    return vsetq_lane_f32(table[vgetq_lane_s32(index, 3)], entries, 3);
}

static inline vh vh_set(uint16_t a) { return vdup_n_u16(a); }
static inline vh vh_load(const uint16_t *p) { return vld1_u16(p); }
static inline void vh_store(uint16_t *p, vh a) { vst1_u16(p, a); }
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
static inline vi vi_upper(vh a) { return vreinterpretq_s32_u32(vshlq_n_u32(vmovl_u16(a), 16)); }
static inline vh vh_upper(vi a) { return vshrn_n_u32(vreinterpretq_u32_s32(a), 16); }
static inline vf v_from_f16(vh a) { return vcvt_f32_f16(vreinterpret_f16_u16(a)); }
static inline vh v_to_f16(vf a) { return vreinterpret_u16_f16(vcvt_f16_f32(a)); }

typedef struct vd {
    float64x2_t a, b;
} vd;
typedef struct vdm {
    uint64x2_t a, b;
} vdm;

#include "vec/pair.h"

static inline vd vd_set(double a) { return (vd){vdupq_n_f64(a), vdupq_n_f64(a)}; }
static inline vd vd_load(const double *p) { return (vd){vld1q_f64(p), vld1q_f64(p + 2)}; }
static inline void vd_store(double *p, vd x) {
    vst1q_f64(p, x.a);
    vst1q_f64(p + 2, x.b);
}
static inline vd vd_widen(vf x) {
    return (vd){vcvt_f64_f32(vget_low_f32(x)), vcvt_high_f64_f32(x)};
}
static inline vf vd_narrow(vd x) { return vcvt_high_f32_f64(vcvt_f32_f64(x.a), x.b); }

VD_EACH_2(vd_add, vd, vaddq_f64)
VD_EACH_2(vd_sub, vd, vsubq_f64)
VD_EACH_2(vd_mul, vd, vmulq_f64)
VD_EACH_2(vd_div, vd, vdivq_f64)
#define VD_FMA(x, y, z) vfmaq_f64(z, x, y)
#define VD_FNMA(x, y, z) vfmsq_f64(z, x, y)
VD_EACH_3(vd_fma, VD_FMA)
VD_EACH_3(vd_fnma, VD_FNMA)

/* As for v_lt. Only x may be NaN. */
static inline uint64x2_t vd_lt_1(float64x2_t x, float64x2_t y) {
    uint64x2_t number = vceqq_f64(x, x);
    float64x2_t safe = vreinterpretq_f64_u64(vandq_u64(vreinterpretq_u64_f64(x), number));
    return vandq_u64(vcltq_f64(safe, y), number);
}
static inline uint64x2_t vd_gt_1(float64x2_t x, float64x2_t y) {
    uint64x2_t number = vceqq_f64(x, x);
    float64x2_t safe = vreinterpretq_f64_u64(vandq_u64(vreinterpretq_u64_f64(x), number));
    return vandq_u64(vcgtq_f64(safe, y), number);
}
VD_EACH_2(vd_lt, vdm, vd_lt_1)
VD_EACH_2(vd_gt, vdm, vd_gt_1)
VD_EACH_2(vd_eq, vdm, vceqq_f64)
static inline vd vd_sel(vdm m, vd x, vd y) {
    return (vd){vbslq_f64(m.a, x.a, y.a), vbslq_f64(m.b, x.b, y.b)};
}
static inline float64x2_t vd_at_most_1(float64x2_t x, float64x2_t high) {
    float64x2_t least = vminq_f64(x, high);
    return vbslq_f64(vceqq_f64(least, x), x, least);
}
static inline float64x2_t vd_at_least_1(float64x2_t x, float64x2_t low) {
    float64x2_t most = vmaxq_f64(x, low);
    return vbslq_f64(vceqq_f64(most, x), x, most);
}
VD_EACH_2(vd_at_most, vd, vd_at_most_1)
VD_EACH_2(vd_at_least, vd, vd_at_least_1)
VD_EACH_1(vd_abs, vabsq_f64)
#define VD_BINADE(x)       \
    vreinterpretq_f64_u64( \
        vandq_u64(vreinterpretq_u64_f64(x), vreinterpretq_u64_f64(vdupq_n_f64(INFINITY))))
VD_EACH_1(vd_binade, VD_BINADE)
#define VD_COPYSIGN(mag, sign) vbslq_f64(vdupq_n_u64((uint64_t)1 << 63), sign, mag)
VD_EACH_2(vd_copysign, vd, VD_COPYSIGN)
#define VD_SHL52(x) vreinterpretq_f64_u64(vshlq_n_u64(vreinterpretq_u64_f64(x), 52))
VD_EACH_1(vd_shl52, VD_SHL52)
#define VD_BIASED(x)                                                           \
    vreinterpretq_f64_u64(vorrq_u64(vshrq_n_u64(vreinterpretq_u64_f64(x), 52), \
                                    vreinterpretq_u64_f64(vdupq_n_f64(0x1p52))))
VD_EACH_1(vd_biased, VD_BIASED)
