/* Written by tools/coefficients.py from tools/minimax/exp_sixteenth.sollya (sha256 e5bac978a3548a01).
 * e^r - 1 for |r| <= ln(2)/32 as r + r^2 (c2 + c3 r), and 2^(j/16 - 1/2) - 1
 * On [-0.02167, 0.02167] its relative error is at most 2^-29.13. */
#pragma once
#define EXP_SIXTEENTH_2 0x1.00021ep-1f
#define EXP_SIXTEENTH_3 0x1.555596p-3f
V_CONST float EXP_SIXTEENTH_LESS_1[16] = {
    -0x1.2bec34p-2f, -0x1.0bdd72p-2f, -0x1.d4c6bp-3f, -0x1.8edbap-3f,
    -0x1.45d81ap-3f, -0x1.f33212p-4f, -0x1.53f392p-4f, -0x1.5b505ep-5f,
    0x0p+0f, 0x1.6ab0dap-5f, 0x1.72b83cp-4f, 0x1.1c3d38p-3f,
    0x1.837f06p-3f, 0x1.ef5326p-3f, 0x1.2ff6b6p-2f, 0x1.6ac1f8p-2f,
};
