/* Written by tools/coefficients.py from tools/minimax/sigmoid_table.sollya (sha256 5dc24a3d3e058ddb).
 * 1 / (1 + e^-a) - 1/2 for a >= 0 in pieces; the factor keeps it below 1/2
 * On [0, 8.59259] its absolute error is at most 2^-13.31. */
#pragma once
#define SIGMOID_TABLE_PER 0x1.bp+0f
#define SIGMOID_TABLE8_PER 0x1.9p-1f
V_CONST float SIGMOID_TABLE_0[16] = {
    0x0p+0f, -0x1.6a87a4p-9f, -0x1.a14f5cp-7f, -0x1.b98568p-9f,
    0x1.79502ep-5f, 0x1.016c8p-3f, 0x1.b46f1ap-3f, 0x1.2ab532p-2f,
    0x1.6b1daep-2f, 0x1.9b0588p-2f, 0x1.bcf916p-2f, 0x1.d43daap-2f,
    0x1.e3cd08p-2f, 0x1.ee039ep-2f, 0x1.f49e84p-2f, 0x1p-1f,
};
V_CONST float SIGMOID_TABLE_1[16] = {
    0x1.00bae6p-2f, 0x1.112c26p-2f, 0x1.29e796p-2f, 0x1.1e41fp-2f,
    0x1.db9b52p-3f, 0x1.60f93ep-3f, 0x1.e52cfep-4f, 0x1.3d1b6p-4f,
    0x1.912304p-5f, 0x1.f072bcp-6f, 0x1.2e9792p-6f, 0x1.6cdd1cp-7f,
    0x1.b4596ap-8f, 0x1.033ce8p-8f, 0x1.326a48p-9f, 0x0p+0f,
};
V_CONST float SIGMOID_TABLE_2[16] = {
    -0x1.16753cp-7f, -0x1.0a0b56p-5f, -0x1.8267d2p-5f, -0x1.666836p-5f,
    -0x1.097cf2p-5f, -0x1.5a5f56p-6f, -0x1.a449b6p-7f, -0x1.e9796cp-8f,
    -0x1.1689cep-8f, -0x1.38f71ap-9f, -0x1.5d2666p-10f, -0x1.83fa9ap-11f,
    -0x1.ae2fbcp-12f, -0x1.dc67ecp-13f, -0x1.079f38p-13f, 0x0p+0f,
};
V_CONST float SIGMOID_TABLE8_0[8] = {
    0x0p+0f, -0x1.2fe336p-7f, -0x1.439aa8p-5f, 0x1.3e9706p-4f,
    0x1.042ab2p-2f, 0x1.840968p-2f, 0x1.c8b4dep-2f, 0x1p-1f,
};
V_CONST float SIGMOID_TABLE8_1[8] = {
    0x1.0011f2p-2f, 0x1.224bfep-2f, 0x1.5d8972p-2f, 0x1.ddd54ap-3f,
    0x1.d03c5ep-4f, 0x1.82337ap-5f, 0x1.28bd92p-6f, 0x0p+0f,
};
V_CONST float SIGMOID_TABLE8_2[8] = {
    -0x1.19abf2p-10f, -0x1.58c2fap-5f, -0x1.420b22p-4f, -0x1.72f30ap-5f,
    -0x1.267c2p-6f, -0x1.99e81cp-8f, -0x1.0dfbfp-9f, 0x0p+0f,
};
V_CONST float SIGMOID_TABLE8_3[8] = {
    -0x1.31c9aep-6f, -0x1.25a28p-10f, 0x1.aa1404p-8f, 0x1.901b04p-9f,
    0x1.fec38cp-11f, 0x1.2700fp-12f, 0x1.4b92eap-14f, 0x0p+0f,
};
