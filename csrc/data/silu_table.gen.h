/* Written by tools/coefficients.py from tools/minimax/silu_table.sollya (sha256 9b58b25f7f3f3ec3).
 * a / (1 + e^a) for a >= 0 in 32 pieces; the factor keeps silu above its minimum
 * On [0, 10.1667] its absolute error is at most 2^-13.96. */
#pragma once
#define SILU_TABLE_PER 0x1.8p+1f
V_CONST float SILU_TABLE_0[32] = {
    0x0p+0f, 0x1.48177ep-11f, 0x1.4e3218p-7f, 0x1.6b7446p-5f,
    0x1.cc08eap-4f, 0x1.ababb2p-3f, 0x1.450cd6p-2f, 0x1.ad1feap-2f,
    0x1.ff2a56p-2f, 0x1.19df7ep-1f, 0x1.2515fp-1f, 0x1.2315e8p-1f,
    0x1.16d022p-1f, 0x1.0365f8p-1f, 0x1.d75de2p-2f, 0x1.a3f6fp-2f,
    0x1.7012fap-2f, 0x1.3e21dap-2f, 0x1.0fb12p-2f, 0x1.cb42a8p-3f,
    0x1.80a09ep-3f, 0x1.3f86dap-3f, 0x1.07888cp-3f, 0x1.afe11ep-4f,
    0x1.5fd43cp-4f, 0x1.1d0d1p-4f, 0x1.cba4e8p-5f, 0x1.70eafcp-5f,
    0x1.26dde2p-5f, 0x1.d5893cp-6f, 0x1.747dd4p-6f, 0x0p+0f,
};
V_CONST float SILU_TABLE_1[32] = {
    0x1.ffaebcp-2f, 0x1.f9c824p-2f, 0x1.d3e186p-2f, 0x1.8089d2p-2f,
    0x1.0946d6p-2f, 0x1.0a465cp-3f, 0x1.69a194p-7f, -0x1.5504cep-4f,
    -0x1.2e8c04p-3f, -0x1.795206p-3f, -0x1.95fd8ap-3f, -0x1.919d9p-3f,
    -0x1.7819b2p-3f, -0x1.52dc0ep-3f, -0x1.28b32p-3f, -0x1.fc4884p-4f,
    -0x1.abe264p-4f, -0x1.632f86p-4f, -0x1.23716ap-4f, -0x1.d9a8acp-5f,
    -0x1.7db902p-5f, -0x1.3170dcp-5f, -0x1.e5c3e8p-6f, -0x1.80254ap-6f,
    -0x1.2e52dp-6f, -0x1.d9b56p-7f, -0x1.71aa2ap-7f, -0x1.1f6ee6p-7f,
    -0x1.bd83bcp-8f, -0x1.58385cp-8f, -0x1.09360cp-8f, 0x0p+0f,
};
V_CONST float SILU_TABLE_2[32] = {
    -0x1.fdd922p-3f, -0x1.e2d9cap-3f, -0x1.98fffep-3f, -0x1.356aep-3f,
    -0x1.9e1096p-4f, -0x1.da689ap-5f, -0x1.9e918p-6f, -0x1.c0a288p-9f,
    0x1.38fe3ap-7f, 0x1.06db1p-6f, 0x1.2b8354p-6f, 0x1.26bcc8p-6f,
    0x1.0c35d8p-6f, 0x1.d0fa1ep-7f, 0x1.860486p-7f, 0x1.3f8a12p-7f,
    0x1.013fc2p-7f, 0x1.98aa42p-8f, 0x1.412bp-8f, 0x1.f4814ep-9f,
    0x1.833f76p-9f, 0x1.29dc3p-9f, 0x1.c7edbp-10f, 0x1.5b7008p-10f,
    0x1.07cd2p-10f, 0x1.8f39d6p-11f, 0x1.2d387ep-11f, 0x1.c55f6cp-12f,
    0x1.5464fep-12f, 0x1.fe0e6p-13f, 0x1.7d6702p-13f, 0x0p+0f,
};
