/* Written by tools/coefficients.py from tools/minimax/normal_tail_f64.sollya (sha256 f9099dd07ee39db0).
 * h(a) - h(1.5), h(a) = a e^(a^2/2) Phi(-a), for 0.6 <= a <= 39 as a polynomial in q = (a - 1.5) / (a + 2.5); weight 1 / h
 * On [-0.290323, 0.903614] its weighted error is at most 2^-58.69. */
#pragma once
V_CONST double NORMAL_TAIL_F64[26] = {
    0x1.4ca02d7b0a993p-57, 0x1.204038e2e73c1p-2, -0x1.46004d3a2b56dp-2, 0x1.127fcf0badb41p-3,
    0x1.23f2428d42d13p-6, -0x1.8769c031b5f4bp-6, -0x1.bca90fe85f32dp-8, 0x1.fd2974c301f98p-9,
    0x1.84766a47b82ebp-9, 0x1.205f31c67ce47p-13, -0x1.983d2e530e69ep-11, -0x1.cf300e907d661p-12,
    -0x1.b2b10d69a59b2p-18, 0x1.2352b47350a48p-13, 0x1.82ee5bef50452p-14, 0x1.43417a0aa3b3p-17,
    -0x1.53369f2f6426cp-16, 0x1.05762926925ebp-18, -0x1.1e2611b949fap-14, 0x1.212fb7f7c57afp-16,
    0x1.6f6b746b3ebd4p-13, -0x1.94cd73b2920cp-12, 0x1.c8491c77a0089p-12, -0x1.238636045d407p-12,
    0x1.8c616bf46eb45p-14, -0x1.befdb77a3a989p-17,
};
