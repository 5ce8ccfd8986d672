/* Written by tools/coefficients.py from tools/minimax/silu_grad_table.sollya (sha256 6f04af77269facc5).
 * (1 + t - a) / (1 + t)^2, t = e^-a, and t times that below 2; 16 polynomials in a
 * On [0, 15] its relative error is at most 2^-24.65. */
#pragma once
V_CONST float SILU_GRAD_TABLE_CENTER[16] = {
    0x1.474974p+0f, 0x1.c0245p+0f, 0x1.2026e2p+1f, 0x1.600688p+1f,
    0x1.c02824p+1f, 0x1.200534p+2f, 0x1.6000f2p+2f, 0x1.a00b6p+2f,
    0x1.0003ep+3f, 0x1.400474p+3f, 0x1.800a98p+3f, 0x1.c0cba8p+3f,
    0x0p+0f, 0x1.800a38p-2f, 0x1.40055p-1f, 0x1.c0039cp-1f,
};
V_CONST float SILU_GRAD_TABLE_0[16] = {
    -0x1.848b9ep-29f, -0x1.29e9a8p-4f, -0x1.e043fp-1f, -0x1.7d6106p+0f,
    -0x1.2a0bf6p+1f, -0x1.b4dcb6p+1f, -0x1.1d679ep+2f, -0x1.5ee4a4p+2f,
    -0x1.bfb562p+2f, -0x1.1ffd64p+3f, -0x1.60097p+3f, -0x1.a0cb7ap+3f,
    0x1p-1f, 0x1.446364p-2f, 0x1.a7505p-3f, 0x1.ccd6e8p-4f,
};
V_CONST float SILU_GRAD_TABLE_1[16] = {
    -0x1.be141p-3f, -0x1.8c5efep-4f, -0x1.155c52p+0f, -0x1.1e7196p+0f,
    -0x1.1b68bcp+0f, -0x1.10619ep+0f, -0x1.08402cp+0f, -0x1.03d3bcp+0f,
    -0x1.011d6p+0f, -0x1.00328cp+0f, -0x1.000872p+0f, -0x1.000154p+0f,
    -0x1p-1f, -0x1.dd39ccp-2f, -0x1.a513e2p-2f, -0x1.5cb044p-2f,
};
V_CONST float SILU_GRAD_TABLE_2[16] = {
    0x1.2c564p-3f, 0x1.b34deep-4f, -0x1.0c1326p-4f, -0x1.734f46p-7f,
    0x1.405fa8p-6f, 0x1.46f98ap-6f, 0x1.843a78p-7f, 0x1.855702p-8f,
    0x1.e248ecp-10f, 0x1.64c2fcp-12f, 0x1.e9d294p-15f, 0x1.3f5554p-17f,
    0x1.df0004p-24f, 0x1.661346p-4f, 0x1.07e1a8p-3f, 0x1.344d08p-3f,
};
V_CONST float SILU_GRAD_TABLE_3[16] = {
    -0x1.35397ap-6f, -0x1.1481bep-5f, 0x1.886674p-5f, 0x1.9e27cap-6f,
    0x1.4aee72p-8f, -0x1.4317dep-9f, -0x1.45a2e8p-9f, -0x1.7ee0c4p-10f,
    -0x1.0633b6p-11f, -0x1.9c7506p-14f, -0x1.2421cep-16f, -0x1.950578p-19f,
    0x1.5550bep-4f, 0x1.11e4cp-4f, 0x1.5c63c4p-5f, 0x1.fa3efep-7f,
};
V_CONST float SILU_GRAD_TABLE_4[16] = {
    -0x1.f3167ep-7f, -0x1.79f0a8p-10f, -0x1.92bfe6p-7f, -0x1.3ef616p-7f,
    -0x1.0749cp-8f, -0x1.f985c4p-12f, 0x1.f69446p-13f, 0x1.e946d8p-13f,
    0x1.95b4c4p-14f, 0x1.5bd8p-16f, 0x1.e227d8p-19f, 0x1.748eep-23f,
    0x1.07d2e2p-14f, -0x1.4fd4b2p-6f, -0x1.b972bap-6f, -0x1.ac7174p-6f,
};
V_CONST float SILU_GRAD_TABLE_5[16] = {
    0x1.acce26p-8f, 0x1.218174p-8f, -0x1.617988p-18f, 0x1.9b2296p-10f,
    0x1.3add6cp-10f, 0x1.581644p-12f, 0x1.1fe3bp-15f, -0x1.43e384p-16f,
    -0x1.c9617cp-17f, -0x1.c5538ep-19f, -0x1.62200cp-21f, 0x1.b407a2p-27f,
    -0x1.a776aep-7f, -0x1.02b6a2p-7f, -0x1.0791a6p-9f, 0x1.86deaap-9f,
};
V_CONST float SILU_GRAD_TABLE_6[16] = {
    0x1.243dbap-12f, -0x1.42cd1ap-10f, 0x1.3d58c4p-10f, 0x1.91cf1ep-14f,
    -0x1.836ecep-13f, -0x1.7eaa34p-14f, -0x1.8d8a36p-16f, -0x1.7e7dc4p-18f,
    0x1.2b4298p-20f, 0x1.fc6804p-22f, 0x1.12593ap-22f, 0x1.69c8d4p-22f,
    0x1.636d56p-10f, 0x1.6ce16ep-9f, 0x1.2a2c7cp-8f, 0x1.98db66p-9f,
};
