/* Written by tools/coefficients.py from tools/minimax/tanhshrink.sollya (sha256 6a09d2b825cab521).
 * x - tanh(x) for 0 <= x <= 1.025 as x^3 (third + c3 + c5 x^2 + ...), third the float next to 1/3
 * On [9.31323e-10, 1.025] its relative error is at most 2^-26.88. */
#pragma once
#define TANHSHRINK_3 -0x1.acb5aap-27f
#define TANHSHRINK_5 -0x1.1110e8p-3f
#define TANHSHRINK_7 0x1.ba0eaep-5f
#define TANHSHRINK_9 -0x1.65843ep-6f
#define TANHSHRINK_11 0x1.1c2d2p-7f
#define TANHSHRINK_13 -0x1.9f2f7ap-9f
#define TANHSHRINK_15 0x1.d4918ap-11f
#define TANHSHRINK_17 -0x1.18e30ep-13f
