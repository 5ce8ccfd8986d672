/* Written by tools/coefficients.py from tools/minimax/sinh.sollya (sha256 575b3716590ab006).
 * (e^r - e^-r) / 2 for |r| <= ln(2)/2 as r + r^3 (c3 + c5 r^2)
 * On [9.31323e-10, 0.3468] its absolute error is at most 2^-28.15. */
#pragma once
#define SINH_3 0x1.55548ep-3f
#define SINH_5 0x1.123bf2p-7f
