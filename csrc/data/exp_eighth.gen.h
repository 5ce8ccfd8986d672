/* Written by tools/coefficients.py from tools/minimax/exp_eighth.sollya (sha256 7415999027d1d0fa).
 * 2^(j/8) e^r for |r| <= ln(2)/16, times a scale: entry j times 1 + r + r^2 (c2 + c3 r + c4 r^2)
 * On [-0.04333, 0.04333] its relative error is at most 2^-32.25. */
#pragma once
#define EXP_EIGHTH_SCALE 0x1.89cb7cp-1f
#define EXP_EIGHTH_2 0x1.000002p-1f
#define EXP_EIGHTH_3 0x1.555c76p-3f
#define EXP_EIGHTH_4 0x1.550c0cp-5f
V_CONST float EXP_EIGHTH_BITS[8] = {
    0x1.89cb7cp-1f, 0x1.8d6fb4p-1f, 0x1.944dbcp-1f, 0x1.9eb052p-1f,
    0x1.96747cp-1f, 0x1.8fa848p-1f, 0x1.8b2404p-1f, 0x1.891c8ap-1f,
};
