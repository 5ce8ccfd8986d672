/* Written by tools/coefficients.py from tools/minimax/gelu_short.sollya (sha256 c4284de64487274c).
 * Phi(-a) for 0 <= a <= 3.75, in powers of 3.75 - a; the factor keeps gelu above its minimum
 * On [0.000976562, 3.75] its absolute error is at most 2^-12.26. */
#pragma once
#define GELU_SHORT_3 0x1.066298p-7f
#define GELU_SHORT_4 -0x1.4bfa4ap-7f
#define GELU_SHORT_5 0x1.a07906p-8f
#define GELU_SHORT_6 -0x1.22569ep-10f
#define GELU_SHORT_7 0x1.687f9p-15f
