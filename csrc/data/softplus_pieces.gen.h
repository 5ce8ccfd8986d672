/* Written by tools/coefficients.py from tools/minimax/softplus_pieces.sollya (sha256 dd5dd5f7f8bbb4fb).
 * e^a log(1 + e^-a) for 0 <= a <= 17.5 in 16 pieces, in powers of a less the piece's center
 * On [0, 17.5] its relative error is at most 2^-26.60. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[16] = {
    0x1.4001ep+0f, 0x1.c00818p+0f, 0x1.200276p+1f, 0x1.60006ep+1f,
    0x1.c00de4p+1f, 0x1.201086p+2f, 0x1.6009b6p+2f, 0x1.a00562p+2f,
    0x1.00014p+3f, 0x1.4011bcp+3f, 0x1.805538p+3f, 0x1.e8p+3f,
    0x1.00052p-3f, 0x1.8001bp-2f, 0x1.400848p-1f, 0x1.c004ecp-1f,
};
V_CONST float SOFTPLUS_PIECES_0[16] = {
    0x1.c23678p-1f, 0x1.d814f8p-1f, 0x1.e6c6fap-1f, 0x1.f04ce2p-1f,
    0x1.f86ccp-1f, 0x1.fd2e08p-1f, 0x1.fef50ep-1f, 0x1.ff9d9ap-1f,
    0x1.ffea06p-1f, 0x1.fffd08p-1f, 0x1.ffff9ap-1f, 0x1.fffffcp-1f,
    0x1.6f0466p-1f, 0x1.85b444p-1f, 0x1.9a1334p-1f, 0x1.abf876p-1f,
};
V_CONST float SOFTPLUS_PIECES_1[16] = {
    0x1.a1dc94p-4f, 0x1.1efe28p-4f, 0x1.797c5cp-5f, 0x1.e20ed2p-6f,
    0x1.db4ba4p-7f, 0x1.66568ep-8f, 0x1.0a3894p-9f, 0x1.893338p-11f,
    0x1.5f8eap-13f, 0x1.7c0194p-16f, 0x1.980f9ap-19f, 0x1.00f4p-23f,
    0x1.7c259ep-3f, 0x1.590842p-3f, 0x1.324bcp-3f, 0x1.0a6b22p-3f,
};
V_CONST float SOFTPLUS_PIECES_2[16] = {
    -0x1.232a36p-5f, -0x1.cb2d96p-6f, -0x1.49191p-6f, -0x1.bb3d56p-7f,
    -0x1.c8ae52p-8f, -0x1.6112ccp-9f, -0x1.08c2bep-10f, -0x1.8862f4p-12f,
    -0x1.5ef89cp-14f, -0x1.7b9274p-17f, -0x1.986362p-20f, -0x1.ecf1d8p-25f,
    -0x1.03b6dap-5f, -0x1.2ac2dap-5f, -0x1.3d8e76p-5f, -0x1.3db1acp-5f,
};
V_CONST float SOFTPLUS_PIECES_3[16] = {
    0x1.102d1ap-8f, 0x1.657886p-8f, 0x1.43ac26p-8f, 0x1.ee7d0ep-9f,
    0x1.1877f2p-9f, 0x1.c8f3bcp-11f, 0x1.5d2e9ep-12f, 0x1.048abap-13f,
    0x1.d38106p-16f, 0x1.f9e3b6p-19f, 0x1.0fb74p-21f, 0x1.4820f8p-26f,
    -0x1.0561dp-7f, -0x1.33e178p-8f, -0x1.7f81d4p-10f, 0x1.599156p-10f,
};
V_CONST float SOFTPLUS_PIECES_4[16] = {
    0x1.5a27fep-10f, 0x1.881412p-14f, -0x1.02f78ap-11f, -0x1.400164p-11f,
    -0x1.d5a926p-12f, -0x1.b106fep-13f, -0x1.58fdc2p-14f, -0x1.054e06p-15f,
    -0x1.e90ae6p-18f, -0x1.08c0fap-20f, -0x1.169b4ep-23f, -0x1.aec50cp-28f,
    0x1.987208p-9f, 0x1.b46318p-9f, 0x1.8fb32cp-9f, 0x1.41497p-9f,
};
V_CONST float SOFTPLUS_PIECES_5[16] = {
    -0x1.3801d8p-11f, -0x1.7c374p-12f, -0x1.ffe782p-14f, 0x1.4e7ac2p-17f,
    0x1.d9594p-15f, 0x1.2e9b74p-15f, 0x1.077406p-16f, 0x1.9b457p-18f,
    0x1.858d2ap-20f, 0x1.a8739ap-23f, 0x1.c9de4ep-26f, 0x1.5757e2p-30f,
    0x1.73678ep-12f, -0x1.09175ep-13f, -0x1.a42234p-12f, -0x1.46bfacp-11f,
};
