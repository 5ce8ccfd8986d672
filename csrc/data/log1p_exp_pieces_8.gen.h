/* Written by tools/coefficients.py from tools/minimax/log1p_exp_pieces.sollya (sha256 2371e00ef0b8a2bd).
 * log(1 + e^-a): polynomials in a less the center
 * On [0, 10] its relative error is at most 2^-25.52. */
#pragma once
#define LOG1P_EXP_PIECES_PER 0x1.7f7ceep-1f
V_CONST float LOG1P_EXP_PIECES_CENTER[8] = {
    0x1.55cd2ep-2f, 0x1.55d2dap+0f, 0x1.55cba2p+1f, 0x1.0060dp+2f,
    0x1.55dce8p+2f, 0x1.ab4bd6p+2f, 0x1.0064dp+3f, 0x1.2af5b2p+3f,
};
V_CONST float LOG1P_EXP_PIECES[8][8] = {
    {
        0x1.1489ecp-1f, 0x1.de566ep-3f, 0x1.12316p-4f, 0x1.27a1d6p-6f,
        0x1.390c5ep-8f, 0x1.4a23c2p-10f, 0x1.5b65f2p-12f, 0x1.6f7ep-14f,
    },
    {
        -0x1.ab5592p-2f, -0x1.aa9546p-3f, -0x1.09378p-4f, -0x1.24fb2p-6f,
        -0x1.384d44p-8f, -0x1.49ee9p-10f, -0x1.5b5738p-12f, -0x1.6f79e2p-14f,
    },
    {
        0x1.f1ffep-4f, 0x1.51bad4p-4f, 0x1.f0166p-6f, 0x1.1fbddep-7f,
        0x1.36d04ep-9f, 0x1.49845p-11f, 0x1.5b39d2p-13f, 0x1.6f71b4p-15f,
    },
    {
        -0x1.b73d58p-8f, -0x1.06b59ep-6f, -0x1.1fe636p-7f, -0x1.71ef42p-9f,
        -0x1.9a77fp-11f, -0x1.b63fa2p-13f, -0x1.cea892p-15f, -0x1.e9d64ap-17f,
    },
    {
        -0x1.30c81ap-8f, 0x1.24c18ep-14f, 0x1.a53dep-10f, 0x1.5743b4p-11f,
        0x1.929a9p-13f, 0x1.b3fe7ep-15f, 0x1.cdfe2p-17f, 0x1.e99ba4p-19f,
    },
    {
        0x1.561e7ep-11f, 0x1.9abd58p-11f, -0x1.f5ccdep-14f, -0x1.d32deep-14f,
        -0x1.35b394p-15f, -0x1.596258p-17f, -0x1.70d02p-19f, -0x1.879bbp-21f,
    },
    {
        0x1.1ad12ep-12f, -0x1.314ac6p-13f, -0x1.1a108cp-15f, 0x1.9869fap-17f,
        0x1.7f2db4p-18f, 0x1.c90fa2p-20f, 0x1.f004b8p-22f, 0x1.087388p-23f,
    },
    {
        -0x1.d21f7cp-14f, -0x1.0dfe98p-16f, 0x1.bab234p-17f, -0x1.267142p-23f,
        -0x1.679636p-21f, -0x1.eaa14p-23f, -0x1.0ffd2cp-24f, -0x1.252028p-26f,
    },
};
