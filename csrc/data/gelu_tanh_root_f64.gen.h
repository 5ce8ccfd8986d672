/* Written by tools/coefficients.py from tools/minimax/gelu_tanh_root_f64.sollya (sha256 9bb5c9258662fdb6).
 * gelu_tanh'(r + d) for the zero r = HI + LO + REST of the derivative and |d| <= 3/8 as d (c0 + c1 d + ...), in double
 * On [-0.375, 0.375] its relative error is at most 2^-54.13. */
#pragma once
#define GELU_TANH_ROOT_F64_HI -0x1.81429f9e97e4dp-1
#define GELU_TANH_ROOT_F64_LO 0x1.4f523ed77dbdcp-55
#define GELU_TANH_ROOT_F64_REST -0x1.a649fca8ac0e5p-109
V_CONST double GELU_TANH_ROOT_F64[16] = {
    0x1.b8bacd2c96b91p-2, 0x1.8cd1a2b2fff31p-2, -0x1.029615edb02a3p-6, -0x1.d2b7734646a72p-4,
    -0x1.104a83edcff82p-6, 0x1.427996dbac88cp-6, 0x1.58c9ed7309a51p-8, -0x1.3d8d63950e28dp-9,
    -0x1.e63f25270147bp-11, 0x1.14bf3fb82d7a2p-12, 0x1.04919449632f2p-13, -0x1.2524c7793efdap-15,
    -0x1.0af54cbd24004p-16, 0x1.8947fc773b635p-18, 0x1.2b108718ef7a6p-19, -0x1.c0b7bbaf79927p-21,
};
