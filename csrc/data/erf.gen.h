/* Written by tools/coefficients.py from tools/minimax/erf.sollya (sha256 7fcb8da42f467a98).
 * erf(x) for 0 <= x <= 0.9 as x + x (c1 + c3 x^2 + ...)
 * On [9.31323e-10, 0.9] its relative error is at most 2^-30.03. */
#pragma once
#define ERF_1 0x1.06eba8p-3f
#define ERF_3 -0x1.812742p-2f
#define ERF_5 0x1.ce2dfap-4f
#define ERF_7 -0x1.b80ee8p-6f
#define ERF_9 0x1.54d5a2p-8f
#define ERF_11 -0x1.aafd0ap-11f
#define ERF_13 0x1.5fff4cp-14f
