/* Written by tools/coefficients.py from tools/minimax/exp_f64.sollya (sha256 8b3bddc35d894bb9).
 * e^r for |r| <= ln(2)/2 as 1 + r + r^2 (c0 + c1 r + ...), in double
 * On [-0.3466, 0.3466] its relative error is at most 2^-57.79. */
#pragma once
V_CONST double EXP_F64[10] = {
    0x1.000000000000ap-1, 0x1.55555555554fep-3, 0x1.55555555506bcp-5, 0x1.1111111126b36p-7,
    0x1.6c16c18477082p-10, 0x1.a01a012fee98bp-13, 0x1.a019995efb56cp-16, 0x1.71df18ef7a9d3p-19,
    0x1.28adfccab85d4p-22, 0x1.ad92e88f87de4p-26,
};
