/* Written by tools/coefficients.py from tools/minimax/gelu_root_f64.sollya (sha256 7ed21825b640b64e).
 * gelu'(r + d) for the zero r = HI + LO + REST of the derivative and |d| <= 3/8 as d (c0 + c1 d + ...), in double
 * On [-0.375, 0.375] its relative error is at most 2^-53.73. */
#pragma once
#define GELU_ROOT_F64_HI -0x1.80ead197f00b4p-1
#define GELU_ROOT_F64_LO 0x1.13e74c58cada8p-56
#define GELU_ROOT_F64_REST 0x1.65d4b5b9cdd03p-111
V_CONST double GELU_ROOT_F64[16] = {
    0x1.b9d98fa5a3215p-2, 0x1.8d9a941de3ac5p-2, -0x1.2a2ef9bb85d96p-6, -0x1.d2fa4c17c7c17p-4,
    -0x1.e408824545914p-7, 0x1.3e346def0de7fp-6, 0x1.297b9d83c10e3p-8, -0x1.258a6d4b0de1ap-9,
    -0x1.868101a11b0bep-11, 0x1.86c8223365ff5p-13, 0x1.6963d3ba5448cp-14, -0x1.7823dd5372b8ap-17,
    -0x1.04582a9f6e2e8p-17, 0x1.b965d5b3f6195p-22, 0x1.36cc2b0edf328p-21, 0x1.5550feb28698dp-25,
};
