/* The vocabulary on a CUDA device: one lane, for each thread has a value of its own. The intrinsics
 * round to nearest, and the compiler contracts none of them; what a header writes with operators
 * needs -fmad=false, too. Subnormals are kept.
 *
 * No way is left out where few need it (v_seldom): a warp waits for all of its threads. */
#ifndef EDGEACT_VEC_CUDA_H
#define EDGEACT_VEC_CUDA_H

#define V_LANES 1
#define V_FMA 1
#define V_FMA64 1

#define V_INLINE static __device__ __forceinline__
#define V_PLAIN static __device__ __forceinline__
#define V_CONST static __device__ const
#define V_UNROLL(most) _Pragma("unroll")
/* They are functions of the host, and compares that raise no flag; here none does. */
#define isless(a, b) ((a) < (b))
#define isgreater(a, b) ((a) > (b))

typedef float vf;
typedef int32_t vi;
typedef int vm;
typedef uint16_t vh;

V_INLINE vf v_set(float a) { return a; }
V_INLINE vf v_load(const float *p) { return *p; }
V_INLINE void v_store(float *p, vf a) { *p = a; }

V_INLINE vi v_bits(vf a) { return __float_as_int(a); }
V_INLINE vf v_float(vi i) { return __int_as_float(i); }
V_INLINE vi vi_set(int32_t a) { return a; }
V_INLINE vi vi_add(vi a, vi b) { return (int32_t)((uint32_t)a + (uint32_t)b); }
V_INLINE vi vi_sub(vi a, vi b) { return (int32_t)((uint32_t)a - (uint32_t)b); }
V_INLINE vi vi_and(vi a, vi b) { return a & b; }
V_INLINE vi vi_or(vi a, vi b) { return a | b; }
V_INLINE vi vi_xor(vi a, vi b) { return a ^ b; }
V_INLINE vi vi_shl20(vi a) { return (int32_t)((uint32_t)a << 20); }
V_INLINE vi vi_shl23(vi a) { return (int32_t)((uint32_t)a << 23); }
V_INLINE vi vi_shr16(vi a) { return (int32_t)((uint32_t)a >> 16); }
/* Half of it, rounded down. */
V_INLINE vi vi_half(vi a) { return a >> 1; }
V_INLINE vf v_from_int(vi a) { return __int2float_rn(a); }
V_INLINE int vi_none_zero(vi a) { return a != 0; }

V_INLINE vh vh_set(uint16_t a) { return a; }
V_INLINE vh vh_load(const uint16_t *p) { return *p; }
V_INLINE void vh_store(uint16_t *p, vh a) { *p = a; }
V_INLINE vi vi_upper(vh a) { return (int32_t)((uint32_t)a << 16); }
V_INLINE vh vh_upper(vi a) { return (uint16_t)((uint32_t)a >> 16); }
V_INLINE vf v_from_f16(vh a) { return __half2float(__ushort_as_half(a)); }
/* Of a NaN some NaN. */
V_INLINE vh v_to_f16(vf a) { return __half_as_ushort(__float2half_rn(a)); }

V_INLINE vf v_add(vf a, vf b) { return __fadd_rn(a, b); }
V_INLINE vf v_sub(vf a, vf b) { return __fsub_rn(a, b); }
V_INLINE vf v_mul(vf a, vf b) { return __fmul_rn(a, b); }
V_INLINE vf v_div(vf a, vf b) { return __fdiv_rn(a, b); }
V_INLINE vf v_fma(vf a, vf b, vf c) { return __fmaf_rn(a, b, c); }
V_INLINE vf v_fms(vf a, vf b, vf c) { return __fmaf_rn(a, b, -c); }
V_INLINE vf v_fnma(vf a, vf b, vf c) { return __fmaf_rn(-a, b, c); }

V_INLINE vm v_lt(vf a, vf b) { return a < b; }
V_INLINE vm v_gt(vf a, vf b) { return a > b; }
V_INLINE vf v_sel(vm m, vf a, vf b) { return m ? a : b; }
V_INLINE int v_differ(vf a, vf b) { return a != b; }

/* An entry of a table: threads ask for entries of their own, which caches serve better than
 * constant memory. */
V_INLINE vf v_lookup8(const float table[8], vi index) { return table[index & 7]; }
V_INLINE vf v_lookup(const float table[16], vi index) { return table[index & 15]; }
V_INLINE vf v_lookup32(const float table[32], vi index) { return table[index & 31]; }
V_INLINE vf v_gather(const float *table, vi index) { return table[index]; }

typedef double vd;
typedef int vdm;

V_INLINE uint64_t vd_bits(double a) { return (uint64_t)__double_as_longlong(a); }
V_INLINE double vd_float(uint64_t i) { return __longlong_as_double((long long)i); }

V_INLINE vd vd_set(double a) { return a; }
V_INLINE vd vd_load(const double *p) { return *p; }
V_INLINE void vd_store(double *p, vd a) { *p = a; }
V_INLINE vd vd_widen(vf a) { return a; }
V_INLINE vf vd_narrow(vd a) { return __double2float_rn(a); }

V_INLINE vd vd_add(vd a, vd b) { return __dadd_rn(a, b); }
V_INLINE vd vd_sub(vd a, vd b) { return __dsub_rn(a, b); }
V_INLINE vd vd_mul(vd a, vd b) { return __dmul_rn(a, b); }
V_INLINE vd vd_div(vd a, vd b) { return __ddiv_rn(a, b); }
V_INLINE vd vd_fma(vd a, vd b, vd c) { return __fma_rn(a, b, c); }
V_INLINE vd vd_fnma(vd a, vd b, vd c) { return __fma_rn(-a, b, c); }

V_INLINE vdm vd_lt(vd a, vd b) { return a < b; }
V_INLINE vdm vd_gt(vd a, vd b) { return a > b; }
V_INLINE vdm vd_eq(vd a, vd b) { return a == b; }
V_INLINE vd vd_sel(vdm m, vd a, vd b) { return m ? a : b; }
V_INLINE vd vd_at_most(vd a, vd high) { return a > high ? high : a; }
V_INLINE vd vd_at_least(vd a, vd low) { return a < low ? low : a; }
V_INLINE vd vd_abs(vd a) { return vd_float(vd_bits(a) & ~((uint64_t)1 << 63)); }
V_INLINE vd vd_binade(vd a) { return vd_float(vd_bits(a) & (uint64_t)0x7ff << 52); }
V_INLINE vd vd_copysign(vd mag, vd sign) {
    const uint64_t top = (uint64_t)1 << 63;
    return vd_float((vd_bits(mag) & ~top) | (vd_bits(sign) & top));
}
V_INLINE vd vd_shl52(vd a) { return vd_float(vd_bits(a) << 52); }
V_INLINE vd vd_biased(vd a) { return vd_float(vd_bits(a) >> 52 | (uint64_t)0x433 << 52); }
V_INLINE vd vd_top(vd a) { return vd_float(vd_bits(a) & ~(uint64_t)0x7ffffff); }

#endif
