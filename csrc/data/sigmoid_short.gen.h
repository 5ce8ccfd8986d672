/* Written by tools/coefficients.py from tools/minimax/sigmoid_short.sollya (sha256 dabc1810051a074b).
 * 1 / (1 + e^a) for 0 <= a <= 9, in powers of 9 - a
 * On [0.000976562, 9] its absolute error is at most 2^-12.61. */
#pragma once
#define SIGMOID_SHORT_3 0x1.a3b8dap-11f
#define SIGMOID_SHORT_4 -0x1.9a1988p-11f
#define SIGMOID_SHORT_5 0x1.5b5b36p-12f
#define SIGMOID_SHORT_6 -0x1.1f3e58p-14f
#define SIGMOID_SHORT_7 0x1.d6060ap-18f
#define SIGMOID_SHORT_8 -0x1.21c334p-22f
