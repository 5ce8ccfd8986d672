/* Written by tools/coefficients.py from tools/minimax/gelu_tanh_root.sollya (sha256 39c60854245e6c7f).
 * 1 + e^-u - a u', u = 2 sqrt(2 / pi) (a + 0.044715 a^3), at a = r + d, r = HI + LO its zero, for |d| <= 1/8 as d (c0 + c1 d + ...)
 * On [-0.125, 0.125] its relative error is at most 2^-24.24. */
#pragma once
#define GELU_TANH_ROOT_HI 0x1.8142ap-1f
#define GELU_TANH_ROOT_LO -0x1.85a06cp-27f
#define GELU_TANH_ROOT_REST -0x1.a9ea48p-52f
#define GELU_TANH_ROOT_1 -0x1.3af6cep+1f
#define GELU_TANH_ROOT_2 -0x1.993cd8p-4f
#define GELU_TANH_ROOT_3 -0x1.9a0706p-2f
#define GELU_TANH_ROOT_4 0x1.37253ap-4f
#define GELU_TANH_ROOT_5 -0x1.06f03p-5f
#define GELU_TANH_ROOT_6 0x1.6bb44p-7f
