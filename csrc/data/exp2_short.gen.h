/* Written by tools/coefficients.py from tools/minimax/exp2_short.sollya (sha256 8f877808e4d62614).
 * 2^r for |r| <= 1/2 as 1 + r (c1 + c2 r + c3 r^2)
 * On [-0.5, 0.5] its relative error is at most 2^-13.18. */
#pragma once
#define EXP2_SHORT_1 0x1.62f5fap-1f
#define EXP2_SHORT_2 0x1.f00c4cp-3f
#define EXP2_SHORT_3 0x1.c2a254p-5f
