/* Written by tools/coefficients.py from tools/minimax/erf_near_f64.sollya (sha256 2287fb3554c185d7).
 * erf(x) for 0 <= x <= 0.9 as x + x (c0 + c1 x^2 + ...), to far below an ULP of double
 * On [9.31323e-10, 0.9] its relative error is at most 2^-56.25. */
#pragma once
V_CONST double ERF_NEAR_F64[13] = {
    0x1.06eba8214db69p-3, -0x1.812746b037a03p-2, 0x1.ce2f21a043c63p-4, -0x1.b82ce312d05f3p-6,
    0x1.565bcd1950c74p-8, -0x1.c02db60d38bdp-11, 0x1.f9a3677c28385p-14, -0x1.f4d7aed3e1ed3p-17,
    0x1.ba32bf605dba7p-20, -0x1.6244b4f16084p-23, 0x1.0f44e3f889ffbp-26, -0x1.c3320ee0fee5cp-30,
    0x1.5ca7eb3831d3ep-33,
};
