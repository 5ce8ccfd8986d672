/* In the place of CUDA's: what csrc/vec/cuda.h takes of it, by integers. */
#pragma once
#include "cuda_runtime.h"

typedef struct __half {
    uint16_t bits;
} __half;
inline __half __ushort_as_half(uint16_t bits) { return {bits}; }
inline uint16_t __half_as_ushort(__half a) { return a.bits; }
inline float __half2float(__half h) {
    int sign = h.bits >> 15, exponent = h.bits >> 10 & 31, part = h.bits & 1023;
    float size = exponent == 31  ? (part ? NAN : INFINITY)
                 : exponent == 0 ? ldexpf((float)part, -24)
                                 : ldexpf((float)(1024 + part), exponent - 25);
    return sign ? -size : size;
}
inline __half __float2half_rn(float a) {
    uint32_t bits = (uint32_t)__float_as_int(a);
    uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
    float size = fabsf(a);
    if (isnan(a)) return {(uint16_t)(sign | 0x7e00)};
    if (size >= 65520) return {(uint16_t)(sign | 0x7c00)};
    int exponent;
    frexpf(size, &exponent);
    if (exponent < -13 || size == 0) exponent = -13;
    float steps = rintf(ldexpf(size, 11 - exponent)); /* of a number's last bit */
    return {(uint16_t)(sign | ((exponent + 13) * 1024 + (int)steps))};
}
