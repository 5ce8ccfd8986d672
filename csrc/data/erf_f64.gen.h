/* Written by tools/coefficients.py from tools/minimax/erf_f64.sollya (sha256 6999e59ad114e4cc).
 * erf(x) for 0 <= x <= 0.9 as x + x (c0 + c1 x^2 + ...), in double
 * On [9.31323e-10, 0.9] its relative error is at most 2^-54.38. */
#pragma once
V_CONST double ERF_F64[11] = {
    0x1.06eba8214db67p-3, -0x1.812746b0378fbp-2, 0x1.ce2f21a03771bp-4, -0x1.b82ce30f27e7bp-6,
    0x1.565bcc898e66bp-8, -0x1.c02d9c1fd76aap-11, 0x1.f9a077de11eaap-14, -0x1.f4a0862769ee2p-17,
    0x1.b78fe7261a415p-20, -0x1.4dc00c29bdfd6p-23, 0x1.602ef392436f4p-27,
};
