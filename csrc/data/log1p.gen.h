/* Written by tools/coefficients.py from tools/minimax/log1p.sollya (sha256 54420cef503befcc).
 * log(1 + e) for 0 <= e <= 1 as e - e^2 / 2 + e^2 (c3 e + c4 e^2 + ...)
 * On [9.31323e-10, 1] its relative error is at most 2^-29.62. */
#pragma once
#define LOG1P_3 0x1.5554b4p-2f
#define LOG1P_4 -0x1.ffdcfp-3f
#define LOG1P_5 0x1.98175ap-3f
#define LOG1P_6 -0x1.4c5bp-3f
#define LOG1P_7 0x1.03ab9cp-3f
#define LOG1P_8 -0x1.5fe48p-4f
#define LOG1P_9 0x1.6ad438p-5f
#define LOG1P_10 -0x1.e0f71ap-7f
#define LOG1P_11 0x1.2a3d5ep-9f
