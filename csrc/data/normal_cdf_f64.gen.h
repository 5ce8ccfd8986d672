/* Written by tools/coefficients.py from tools/minimax/normal_cdf_f64.sollya (sha256 1461f9de0a03a380).
 * the normal distribution's Phi(x) for -0.6 <= x <= 0 as 1/2 + c0 x + c1 x^3 + ..., and so Phi(-x)
 * On [-0.6, -9.31323e-10] its relative error is at most 2^-58.43. */
#pragma once
V_CONST double NORMAL_CDF_F64[9] = {
    0x1.9884533d43651p-2, -0x1.1058377e2cf71p-4, 0x1.46d0429770f82p-7, -0x1.37403f6ee7aafp-10,
    0x1.e42b0eca79c23p-14, -0x1.3ce928995b96cp-17, 0x1.658f544baea22p-21, -0x1.62212abcfcd9ap-25,
    0x1.2a08132586d55p-29,
};
