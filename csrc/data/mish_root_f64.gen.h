/* Written by tools/coefficients.py from tools/minimax/mish_root_f64.sollya (sha256 94f0a172a03de8ef).
 * mish'(r + d) for the zero r = HI + LO + REST of the derivative and |d| <= 3/8 as d (c0 + c1 d + ...), in double
 * On [-0.375, 0.375] its relative error is at most 2^-53.86. */
#pragma once
#define MISH_ROOT_F64_HI -0x1.31432c0d12d84p+0
#define MISH_ROOT_F64_LO -0x1.bf319154da21p-55
#define MISH_ROOT_F64_REST -0x1.3b82ea8c1efc4p-109
V_CONST double MISH_ROOT_F64[16] = {
    0x1.115acb42500bbp-2, 0x1.a34a251d8ad7ap-3, 0x1.574f121a86aecp-5, -0x1.4c222fe64cc2p-6,
    -0x1.03369d4ad9e6fp-6, -0x1.b87ddfb65f275p-9, 0x1.1e5e1864b57aep-10, 0x1.037991d3a9c72p-10,
    0x1.0a79515f8c247p-12, -0x1.600042d035a22p-15, -0x1.d45475d6599a2p-15, -0x1.22318c154f7b8p-16,
    0x1.ff55a574bbad6p-21, 0x1.85594aa634802p-19, 0x1.0e9174ce7a2fep-20, 0x1.8621059f37835p-26,
};
