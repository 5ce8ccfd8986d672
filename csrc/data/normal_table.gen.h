/* Written by tools/coefficients.py from tools/minimax/normal_table.sollya (sha256 aa4795a394121f51).
 * a e^(a^2/2) Phi(-a) for 0 <= a <= 14.6 in 16 pieces, in powers of a less the piece's center
 * On [0, 14.6] its relative error is at most 2^-28.65. */
#pragma once
V_CONST float NORMAL_TABLE_CENTER[16] = {
    0x1.400898p+0f, 0x1.c0031p+0f, 0x1.200d4ap+1f, 0x1.600814p+1f,
    0x1.c006c8p+1f, 0x1.2001e6p+2f, 0x1.600016p+2f, 0x1.a008bcp+2f,
    0x1.00031p+3f, 0x1.4002a8p+3f, 0x1.801efp+3f, 0x1.b99ef6p+3f,
    0x0p+0f, 0x1.801458p-2f, 0x1.4001b8p-1f, 0x1.c0063cp-1f,
};
V_CONST float NORMAL_TABLE_0[16] = {
    0x1.2762bap-2f, 0x1.4bf01p-2f, 0x1.620734p-2f, 0x1.70206p-2f,
    0x1.7d24ccp-2f, 0x1.86c65cp-2f, 0x1.8c2b8ap-2f, 0x1.8f773ap-2f,
    0x1.926996p-2f, 0x1.948c7ep-2f, 0x1.95bd24p-2f, 0x1.9667a8p-2f,
    0x0p+0f, 0x1.2394ccp-3f, 0x1.9de6bap-3f, 0x1.f55cecp-3f,
};
V_CONST float NORMAL_TABLE_1[16] = {
    0x1.7b6b5ep-4f, 0x1.bd40ap-5f, 0x1.1590c2p-5f, 0x1.6c4be6p-6f,
    0x1.a28fe2p-7f, 0x1.bfb356p-8f, 0x1.07e3bcp-8f, 0x1.4e919ep-9f,
    0x1.761938p-10f, 0x1.8ae8c6p-11f, 0x1.d08e04p-12f, 0x1.34a6f8p-12f,
    0x1p-1f, 0x1.2226dcp-2f, 0x1.9a43dap-3f, 0x1.28ba68p-3f,
};
V_CONST float NORMAL_TABLE_2[16] = {
    -0x1.aeb9e8p-5f, -0x1.be0dd8p-6f, -0x1.ee5ee6p-7f, -0x1.2296cap-7f,
    -0x1.1ed46p-8f, -0x1.004754p-9f, -0x1.01ffbcp-10f, -0x1.1c72ep-11f,
    -0x1.091b54p-12f, -0x1.c87088p-14f, -0x1.c43e4cp-15f, -0x1.07033cp-15f,
    -0x1.988446p-2f, -0x1.a09f9p-3f, -0x1.12ebfap-3f, -0x1.73b0bcp-4f,
};
V_CONST float NORMAL_TABLE_3[16] = {
    0x1.8fd7cep-6f, 0x1.721538p-7f, 0x1.708ec6p-8f, 0x1.87973cp-9f,
    0x1.4f922p-10f, 0x1.fa23fap-12f, 0x1.b64236p-13f, 0x1.a64adp-14f,
    0x1.49a3c4p-15f, 0x1.d0d3fcp-17f, 0x1.84e4a4p-18f, 0x1.8c729p-19f,
    0x1.fffa22p-3f, 0x1.dc215cp-4f, 0x1.27b588p-4f, 0x1.789ceap-5f,
};
V_CONST float NORMAL_TABLE_4[16] = {
    -0x1.44517cp-7f, -0x1.0edea2p-8f, -0x1.e8dcd6p-10f, -0x1.d8a2dep-11f,
    -0x1.62dd0ep-12f, -0x1.c7c21p-14f, -0x1.552d56p-15f, -0x1.200ab8p-16f,
    -0x1.7b7d36p-18f, -0x1.b89ce6p-20f, -0x1.3a2096p-21f, -0x1.0d094ep-22f,
    -0x1.0feb4cp-3f, -0x1.d21232p-5f, -0x1.12486ap-5f, -0x1.4ad352p-6f,
};
V_CONST float NORMAL_TABLE_5[16] = {
    0x1.e0b6ep-9f, 0x1.6c4ae6p-10f, 0x1.2bf8dap-11f, 0x1.08dde2p-12f,
    0x1.646636p-14f, 0x1.85cfb4p-16f, 0x1.f8f6fap-18f, 0x1.780b4ap-19f,
    0x1.aaa7e6p-21f, 0x1.92c03ep-23f, 0x1.e0f14ap-25f, 0x1.772e82p-26f,
    0x1.f20734p-5f, 0x1.967702p-6f, 0x1.c84014p-7f, 0x1.079b06p-7f,
};
V_CONST float NORMAL_TABLE_6[16] = {
    -0x1.46b6a6p-10f, -0x1.c42696p-12f, -0x1.5408d6p-13f, -0x1.1fa5dp-14f,
    -0x1.4bb1cp-16f, -0x1.37909p-18f, -0x1.7a80eep-20f, -0x1.2eab0ep-21f,
    -0x1.c523d2p-24f, -0x1.4a1faap-26f, -0x1.2a5ddep-29f, -0x1.81633ap-27f,
    -0x1.4875f6p-6f, -0x1.5abf0cp-7f, -0x1.2f63fep-8f, -0x1.72613cp-9f,
};
