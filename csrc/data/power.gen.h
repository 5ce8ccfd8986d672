/* Written by tools/coefficients.py from tools/minimax/power.sollya (sha256 262c965ca2a8efa8).
 * 2^(j/8) e^r for |r| <= ln(2)/16: entry j times c0 + c1 r + ..., which is below 1
 * On [-0.04333, 0.04333] its relative error is at most 2^-32.32. */
#pragma once
#define POWER_0 0x1.e7e0bp-1f
#define POWER_1 0x1.e7e0bp-1f
#define POWER_2 0x1.e7e0b2p-2f
#define POWER_3 0x1.45474cp-3f
#define POWER_4 0x1.451d96p-5f
V_CONST float POWER_BITS[8] = {
    0x1.0ca852p+0f, 0x1.04f91cp+0f, 0x1.ff7d4ap-1f, 0x1.fc67dap-1f,
    0x1.fbf068p-1f, 0x1.fe5396p-1f, 0x1.03d386p+0f, 0x1.0cb854p+0f,
};
