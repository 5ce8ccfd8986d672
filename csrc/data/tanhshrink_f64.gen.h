/* Written by tools/coefficients.py from tools/minimax/tanhshrink_f64.sollya (sha256 4e2c73749fa874c9).
 * x - tanh(x) for 0 <= x <= 1 as x^3 (c0 + c1 x^2 + ...), in double
 * On [9.31323e-10, 1] its relative error is at most 2^-53.92. */
#pragma once
V_CONST double TANHSHRINK_F64[16] = {
    0x1.5555555555555p-2, -0x1.111111111106cp-3, 0x1.ba1ba1ba10ccdp-5, -0x1.664f4880381c1p-6,
    0x1.226e350a76cf8p-7, -0x1.d6d3c35d5de29p-9, 0x1.7da2aa018ddefp-10, -0x1.35511acb48516p-11,
    0x1.f51aeb7cf15bap-13, -0x1.9480168817fe8p-14, 0x1.41c4f710b638cp-15, -0x1.e903f39ca48bp-17,
    0x1.4d2be6a546b43p-18, -0x1.6f452f2e41716p-20, 0x1.175f5424e22c4p-22, -0x1.a94745da69691p-26,
};
