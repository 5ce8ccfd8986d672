/* Written by tools/coefficients.py from tools/minimax/softplus_short.sollya (sha256 dd9ff09de12a386c).
 * log(1 + e^-a) for 0 <= a <= 9, in powers of 9 - a
 * On [0.000976562, 9] its absolute error is at most 2^-12.02. */
#pragma once
#define SOFTPLUS_SHORT_3 0x1.182d7cp-10f
#define SOFTPLUS_SHORT_4 -0x1.089ac8p-10f
#define SOFTPLUS_SHORT_5 0x1.9f3188p-12f
#define SOFTPLUS_SHORT_6 -0x1.3a0a2ap-14f
#define SOFTPLUS_SHORT_7 0x1.cfb9e2p-18f
#define SOFTPLUS_SHORT_8 -0x1.f812e8p-23f
