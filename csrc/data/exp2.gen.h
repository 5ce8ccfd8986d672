/* Written by tools/coefficients.py from tools/minimax/exp2.sollya (sha256 2b0245ad46686697).
 * 2^r for |r| <= 1/2 as 1 + c1 r + c2 r^2 + ...
 * On [-0.5001, 0.5001] its relative error is at most 2^-27.93. */
#define EXP2_1 0x1.62e43p-1f
#define EXP2_2 0x1.ebfbd8p-3f
#define EXP2_3 0x1.c6af74p-5f
#define EXP2_4 0x1.3b3096p-7f
#define EXP2_5 0x1.5f0ca8p-10f
#define EXP2_6 0x1.3fad5cp-13f
