/* Written by tools/coefficients.py from tools/minimax/exp.sollya (sha256 e5dec8ca20492f47).
 * e^r for |r| <= ln(2)/2 as 1 + r + r^2 (c2 + c3 r + ...); e^r - 1 is the same without the 1.
 * On [-0.3466, 0.3466] its relative error is at most 2^-28.10. */
#pragma once
#define EXP_2 0x1.fffffap-2f
#define EXP_3 0x1.555492p-3f
#define EXP_4 0x1.555a26p-5f
#define EXP_5 0x1.12397ep-7f
#define EXP_6 0x1.694c8ep-10f
