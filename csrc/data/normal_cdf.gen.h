/* Written by tools/coefficients.py from tools/minimax/normal_cdf.sollya (sha256 d35e5b3d180bc4ee).
 * the normal distribution's Phi(x) for -0.8 <= x <= 0 as 1/2 + c1 x + c3 x^3 + ..., and so Phi(-x)
 * On [-0.8, -9.31323e-10] its relative error is at most 2^-28.01. */
#pragma once
#define NORMAL_CDF_1 0x1.988452p-2f
#define NORMAL_CDF_3 -0x1.1057c2p-4f
#define NORMAL_CDF_5 0x1.46b48ap-7f
#define NORMAL_CDF_7 -0x1.346a82p-10f
#define NORMAL_CDF_9 0x1.a05a8p-14f
