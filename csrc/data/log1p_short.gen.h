/* Written by tools/coefficients.py from tools/minimax/log1p_short.sollya (sha256 e34905e04e3bb974).
 * log(1 + f) for sqrt(1/2) <= 1 + f <= sqrt(2) as f + f^2 (c2 + c3 f + c4 f^2)
 * On [-0.2929, 0.4143] its absolute error is at most 2^-12.97. */
#pragma once
#define LOG1P_SHORT_2 -0x1.012aep-1f
#define LOG1P_SHORT_3 0x1.67fc6ap-2f
#define LOG1P_SHORT_4 -0x1.c89e6cp-3f
