/* Written by tools/coefficients.py from tools/minimax/exp_table.sollya (sha256 efc05724620d321d).
 * 2^(j/16) e^r for |r| <= ln(2)/32: entry j times c0 + c1 r + ..., which is below 1
 * On [-0.02167, 0.02167] its relative error is at most 2^-29.14. */
#pragma once
#define EXP_TABLE_0 0x1.f5062ep-1f
#define EXP_TABLE_1 0x1.f5062ep-1f
#define EXP_TABLE_2 0x1.f50a56p-2f
#define EXP_TABLE_3 0x1.4e0516p-3f
V_CONST float EXP_TABLE_BITS[16] = {
    0x1p+0f, 0x1.fb5586p-1f, 0x1.f72b84p-1f, 0x1.f387a6p-1f,
    0x1.f06fep-1f, 0x1.edea64p-1f, 0x1.ebfdaep-1f, 0x1.eab07ep-1f,
    0x1.ea09e6p-1f, 0x1.ea1148p-1f, 0x1.eace54p-1f, 0x1.ec4918p-1f,
    0x1.ee89fap-1f, 0x1.f199bep-1f, 0x1.f5818ep-1f, 0x1.fa4afap-1f,
};
V_CONST float EXP_TABLE_LO[16] = {
    0x0p+0f, 0x1.8d96d4p-25f, -0x1.9c0c22p-27f, 0x1.964902p-25f,
    0x1.125002p-25f, 0x1.370be4p-25f, -0x1.0a3552p-25f, -0x1.00d8acp-27f,
    0x1.26055cp-26f, -0x1.05cb44p-25f, 0x1.67a1cap-28f, 0x1.a3b5e4p-28f,
    -0x1.f9c306p-27f, -0x1.6961b4p-28f, -0x1.a5217cp-28f, 0x1.61428ep-28f,
};
V_CONST float EXP_TABLE_OVER_LEAD_BITS[16] = {
    0x1.059bbp+0f, 0x1.0130c6p+0f, 0x1.fd4924p-1f, 0x1.f9ea98p-1f,
    0x1.f71b36p-1f, 0x1.f4e15p-1f, 0x1.f34388p-1f, 0x1.f248c8p-1f,
    0x1.f1f844p-1f, 0x1.f2598ap-1f, 0x1.f37476p-1f, 0x1.f55142p-1f,
    0x1.f7f88p-1f, 0x1.fb732cp-1f, 0x1.ffca9ep-1f, 0x1.05089ep+0f,
};
V_CONST float EXP_TABLE_OVER_LEAD_LO[16] = {
    -0x1.819ap-29f, 0x1.d1310ap-25f, 0x1.09a2eep-25f, 0x1.262268p-25f,
    -0x1.a2b76ep-25f, 0x1.dc27b4p-28f, 0x1.7772f2p-26f, -0x1.a47cfep-26f,
    0x1.0400dap-25f, -0x1.191e4ap-29f, 0x1.3377fap-29f, -0x1.cb0f3ap-26f,
    0x1.102692p-25f, -0x1.8a28d4p-27f, -0x1.32c5ap-27f, -0x1.2948e2p-26f,
};
V_CONST float EXP_TABLE_LESS_1[16] = {
    -0x1.2bec34p-2f, -0x1.0bdd72p-2f, -0x1.d4c6bp-3f, -0x1.8edbap-3f,
    -0x1.45d81ap-3f, -0x1.f33212p-4f, -0x1.53f392p-4f, -0x1.5b505ep-5f,
    0x0p+0f, 0x1.6ab0dap-5f, 0x1.72b83cp-4f, 0x1.1c3d38p-3f,
    0x1.837f06p-3f, 0x1.ef5326p-3f, 0x1.2ff6b6p-2f, 0x1.6ac1f8p-2f,
};
