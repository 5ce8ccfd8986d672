/* Written by tools/coefficients.py from tools/minimax/tanh.sollya (sha256 99cc689a1ad3be19).
 * tanh(x) for 0 <= x <= 5/8 as x + x^3 (c3 + c5 x^2 + ...)
 * On [9.31323e-10, 0.625] its relative error is at most 2^-27.63. */
#define TANH_3 -0x1.555532p-2f
#define TANH_5 0x1.110704p-3f
#define TANH_7 -0x1.b838ap-5f
#define TANH_9 0x1.5211c4p-6f
#define TANH_11 -0x1.758facp-8f
