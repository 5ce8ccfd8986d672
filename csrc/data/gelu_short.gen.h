/* Written by tools/coefficients.py from tools/minimax/gelu_short.sollya (sha256 3b293bb01a7bac7a).
 * Phi(-a) for 0 <= a <= 4.125, in powers of 4.125 - a; the factor keeps gelu above its minimum
 * On [0.000976562, 4.125] its absolute error is at most 2^-13.79. */
#pragma once
#define GELU_SHORT_4 0x1.f5bd2cp-10f
#define GELU_SHORT_5 -0x1.af6bdp-10f
#define GELU_SHORT_6 0x1.2c6bfcp-11f
#define GELU_SHORT_7 0x1.07138ep-13f
#define GELU_SHORT_8 -0x1.190466p-14f
#define GELU_SHORT_9 0x1.a248c6p-18f
