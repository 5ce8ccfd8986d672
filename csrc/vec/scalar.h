/* The vocabulary on plain C floats: one lane. The other headers have the same verbs. */
#define V_LANES 1
#define V_FMA 1

typedef float vf;
typedef int32_t vi;
typedef int vm;

static inline vf v_set(float a) { return a; }
static inline vf v_load(const float *p) { return *p; }
/* The empty statement keeps gcc from vectorising a kernel's loop: there it would compile isless to
 * a compare that raises "invalid" on a quiet NaN. */
static inline void v_store(float *p, vf a) {
    __asm__ volatile("");
    *p = a;
}
static inline vf v_load_n(const float *p, size_t n) { return n ? *p : 0.0f; }
static inline void v_store_n(float *p, vf a, size_t n) {
    if (n) *p = a;
}

static inline vi v_bits(vf a) {
    int32_t i;
    memcpy(&i, &a, sizeof i);
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
static inline vi vi_shl23(vi a) { return (int32_t)((uint32_t)a << 23); }
static inline vi vi_half(vi a) { return a >= 0 ? a / 2 : -((1 - a) / 2); }

static inline vf v_add(vf a, vf b) { return a + b; }
static inline vf v_sub(vf a, vf b) { return a - b; }
static inline vf v_mul(vf a, vf b) { return a * b; }
static inline vf v_div(vf a, vf b) { return a / b; }

/* Without FMA hardware fmaf is a slow call. In double a * b is exact and the sum rounds once; the
 * second rounding, to float, is harmless unless the sum lies halfway between two floats. */
static inline vf v_fma(vf a, vf b, vf c) {
#ifndef FP_FAST_FMAF
    double sum = (double)a * b + c;
    uint64_t bits;
    memcpy(&bits, &sum, sizeof bits);
    if ((bits & 0x1fffffff) != 0x10000000 && (!isless(fabs(sum), FLT_MIN) || sum == 0))
        return (float)sum;
#endif
    return fmaf(a, b, c);
}
static inline vf v_fms(vf a, vf b, vf c) { return v_fma(a, b, -c); }
static inline vf v_fnma(vf a, vf b, vf c) { return v_fma(-a, b, c); }

static inline vm v_lt(vf a, vf b) { return isless(a, b); }
static inline vm v_gt(vf a, vf b) { return isgreater(a, b); }
static inline vf v_sel(vm m, vf a, vf b) { return m ? a : b; }

/* In double, as many lanes as of float. */
typedef double vd;
typedef int vdm;

static inline vd vd_set(double a) { return a; }
static inline vd vd_widen(vf a) { return a; }
static inline vf vd_narrow(vd a) { return (float)a; }

static inline uint64_t vd_bits(vd a) {
    uint64_t i;
    memcpy(&i, &a, sizeof i);
    return i;
}
static inline vd vd_float(uint64_t i) {
    double a;
    memcpy(&a, &i, sizeof a);
    return a;
}

static inline vd vd_add(vd a, vd b) { return a + b; }
static inline vd vd_sub(vd a, vd b) { return a - b; }
static inline vd vd_mul(vd a, vd b) { return a * b; }
static inline vd vd_div(vd a, vd b) { return a / b; }
/* a * b + c, rounded once where the CPU has an instruction for it, else twice. */
#ifdef FP_FAST_FMA
static inline vd vd_fma(vd a, vd b, vd c) { return fma(a, b, c); }
static inline vd vd_fnma(vd a, vd b, vd c) { return fma(-a, b, c); }
#else
static inline vd vd_fma(vd a, vd b, vd c) { return a * b + c; }
static inline vd vd_fnma(vd a, vd b, vd c) { return c - a * b; }
#endif

static inline vdm vd_lt(vd a, vd b) { return isless(a, b); }
static inline vdm vd_eq(vd a, vd b) { return a == b; }
static inline vd vd_sel(vdm m, vd a, vd b) { return m ? a : b; }
static inline vd vd_at_most(vd a, vd high) { return isgreater(a, high) ? high : a; }
static inline vd vd_at_least(vd a, vd low) { return isless(a, low) ? low : a; }
static inline vd vd_abs(vd a) { return fabs(a); }
static inline vd vd_copysign(vd mag, vd sign) { return copysign(mag, sign); }
static inline vd vd_shl52(vd a) { return vd_float(vd_bits(a) << 52); }
