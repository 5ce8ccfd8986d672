/* Written by tools/coefficients.py from tools/minimax/power.sollya (sha256 c8f4f1e139d2fae2).
 * 2^(j/8) e^r for |r| <= ln(2)/16: entry j times c0 + c1 r + ...
 * On [-0.04333, 0.04333] its relative error is at most 2^-32.31. */
#pragma once
#define POWER_0 0x1.c91c5p-1f
#define POWER_1 0x1.c91c5p-1f
#define POWER_2 0x1.c91c52p-2f
#define POWER_3 0x1.30c3f4p-3f
#define POWER_4 0x1.309a82p-5f
V_CONST float POWER_BITS[8] = {
    0x1.1ebd8p+0f, 0x1.18b144p+0f, 0x1.14fe58p+0f, 0x1.13db28p+0f,
    0x1.15830ep+0f, 0x1.1a36c2p+0f, 0x1.223cd8p+0f, 0x1.26f124p+0f,
};
