/* Written by tools/coefficients.py from tools/minimax/exp_sixteenth.sollya (sha256 fba5843f3cb1783a).
 * e^r for |r| <= ln(2)/32 as 1 + r + r^2 (c2 + c3 r); e^r - 1 is the same without the 1.
 * On [-0.02167, 0.02167] its relative error is at most 2^-29.13. */
#pragma once
#define EXP_SIXTEENTH_2 0x1.00021ep-1f
#define EXP_SIXTEENTH_3 0x1.555596p-3f
