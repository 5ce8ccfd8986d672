/* Written by tools/coefficients.py from tools/minimax/power.sollya (sha256 262c965ca2a8efa8).
 * 2^(j/8) e^r for |r| <= ln(2)/16: entry j times c0 + c1 r + ..., which is below 1
 * On [-0.04333, 0.04333] its relative error is at most 2^-32.31. */
#pragma once
#define POWER_0 0x1.e269acp-1f
#define POWER_1 0x1.e269acp-1f
#define POWER_2 0x1.e269aep-2f
#define POWER_3 0x1.41a28cp-3f
#define POWER_4 0x1.4178e8p-5f
V_CONST float POWER_BITS[8] = {
    0x1.0fb37p+0f, 0x1.084abep+0f, 0x1.031bd2p+0f, 0x1.005a3ep+0f,
    0x1.003e3ep+0f, 0x1.030526p+0f, 0x1.08f1d6p+0f, 0x1.124d3cp+0f,
};
