/* Written by tools/coefficients.py from tools/minimax/gelu_root.sollya (sha256 ba5ec0c217d5fd6b).
 * (Phi(-a) - a phi(a)) e^(a^2/2) at a = r + d, r = HI + LO its zero, for |d| <= 2/5 as d (c0 + c1 d + ...)
 * On [-0.4, 0.4] its relative error is at most 2^-27.70. */
#pragma once
#define GELU_ROOT_HI 0x1.80ead2p-1f
#define GELU_ROOT_LO -0x1.a03fd4p-27f
#define GELU_ROOT_REST 0x1.eec18cp-52f
#define GELU_ROOT_1 -0x1.25126cp-1f
#define GELU_ROOT_2 0x1.5b297ep-4f
#define GELU_ROOT_3 -0x1.2bad7ep-5f
#define GELU_ROOT_4 0x1.d508b8p-7f
#define GELU_ROOT_5 -0x1.523f06p-8f
#define GELU_ROOT_6 0x1.c74f98p-10f
#define GELU_ROOT_7 -0x1.2b84b6p-11f
#define GELU_ROOT_8 0x1.6ce174p-13f
