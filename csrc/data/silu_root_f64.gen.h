/* Written by tools/coefficients.py from tools/minimax/silu_root_f64.sollya (sha256 eae030dcd7b9d0f0).
 * silu'(r + d) for the zero r = HI + LO + REST of the derivative and |d| <= 3/8 as d (c0 + c1 d + ...), in double
 * On [-0.375, 0.375] its relative error is at most 2^-55.51. */
#pragma once
#define SILU_ROOT_F64_HI -0x1.474973c84120bp+0
#define SILU_ROOT_F64_LO -0x1.f8d74bc9ac154p-54
#define SILU_ROOT_F64_REST -0x1.44a50180ba78p-108
V_CONST double SILU_ROOT_F64[16] = {
    0x1.be1410460527fp-3, 0x1.2c563458cc0adp-3, 0x1.353eb573ca32ap-6, -0x1.f2d0e32bc2f4dp-7,
    -0x1.b0f82c49798e6p-8, 0x1.098e92bf253bep-13, 0x1.a2a7cad9e841bp-11, 0x1.8574d07201989p-13,
    -0x1.572375b42c5bep-15, -0x1.f2d831c48365bp-16, -0x1.8b0125b8c5c3ep-19, 0x1.3ac4cd09b3524p-19,
    0x1.ce85b9e5bc445p-21, -0x1.cd9b0601f1a66p-26, -0x1.94363a765de38p-24, -0x1.a940e5aff6454p-26,
};
