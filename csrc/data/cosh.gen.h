/* Written by tools/coefficients.py from tools/minimax/cosh.sollya (sha256 780c09d999cc4f6a).
 * e^r + e^-r for |r| <= ln(2)/2 as 2 + r^2 + 2 r^4 (c4 + c6 r^2)
 * On [9.31323e-10, 0.3468] its absolute error is at most 2^-33.15. */
#pragma once
#define COSH_4 0x1.5554e6p-5f
#define COSH_6 0x1.6d4f1ap-10f
