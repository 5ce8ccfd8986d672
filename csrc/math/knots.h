#pragma once
/* A function of int16 as lines between its values at first, first + 2^shift, ..., the last of them
 * beyond 32767. */
typedef struct edgeact_knots {
    int32_t first, shift;
    uint32_t knot[];
} edgeact_knots;

/* Knots hold (value + 2^16) 2^(15 - shift); the sum is that times 2^shift and fits 32 bits, though
 * the product in it may wrap. Halves round up. */
V_INLINE int16_t interpolate(const edgeact_knots *k, int16_t q) {
    uint32_t u = (uint32_t)q - (uint32_t)k->first, i = u >> k->shift;
    uint32_t part = u & (((uint32_t)1 << k->shift) - 1);
    uint32_t sum = (k->knot[i] << k->shift) + (k->knot[i + 1] - k->knot[i]) * part;
    uint32_t y = (sum + (1 << 14)) >> 15;
    y = y < 0x8000 ? 0x8000 : y;
    y = y > 0x17fff ? 0x17fff : y;
    return (int16_t)((int32_t)y - 0x10000);
}
