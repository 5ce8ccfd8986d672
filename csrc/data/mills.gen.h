/* Written by tools/coefficients.py from tools/minimax/mills.sollya (sha256 a985935d2470d553).
 * e^(a^2/2) Phi(-a) for 1.1 <= a <= 14.7 as a polynomial in q = (a - 2) / (a + 4)
 * On [-0.176471, 0.679144] its relative error is at most 2^-24.73. */
#pragma once
#define MILLS_0 0x1.5845dcp-3f
#define MILLS_1 -0x1.8176c4p-2f
#define MILLS_2 0x1.903564p-2f
#define MILLS_3 -0x1.29012ap-2f
#define MILLS_4 0x1.22b0d8p-3f
#define MILLS_5 -0x1.09e91cp-5f
#define MILLS_6 -0x1.116ca8p-7f
#define MILLS_7 0x1.0dc462p-7f
#define MILLS_8 -0x1.ddd4aep-10f
