/* Written by tools/coefficients.py from tools/minimax/gelu_table.sollya (sha256 f6bea11c87373a97).
 * a Phi(-a) for a >= 0 in pieces; the factor keeps gelu above its minimum
 * On [0, 3.86667] its absolute error is at most 2^-13.59. */
#pragma once
#define GELU_TABLE_PER 0x1.ep+1f
#define GELU_TABLE8_PER 0x1.bp+0f
V_CONST float GELU_TABLE_0[16] = {
    0x0p+0f, 0x1.ad55cp-11f, 0x1.b5e9a6p-7f, 0x1.da2858p-5f,
    0x1.267c84p-3f, 0x1.0636dep-2f, 0x1.70ebbcp-2f, 0x1.afb69p-2f,
    0x1.b13592p-2f, 0x1.7c2af6p-2f, 0x1.27b28p-2f, 0x1.9b9accp-3f,
    0x1.022622p-3f, 0x1.255b26p-4f, 0x1.2f441ap-5f, 0x0p+0f,
};
V_CONST float GELU_TABLE_1[16] = {
    0x1.ff63ccp-2f, 0x1.f5bd2ap-2f, 0x1.b7a81p-2f, 0x1.2fdf48p-2f,
    0x1.ccaf88p-4f, -0x1.359bbap-4f, -0x1.c03a8ap-3f, -0x1.2998cep-2f,
    -0x1.2bbf72p-2f, -0x1.fa725cp-3f, -0x1.751a9cp-3f, -0x1.e8ed0cp-4f,
    -0x1.20394p-4f, -0x1.34073ep-5f, -0x1.2bf1p-6f, 0x0p+0f,
};
V_CONST float GELU_TABLE_2[16] = {
    -0x1.962d26p-2f, -0x1.7a9566p-2f, -0x1.2efb1ep-2f, -0x1.9313f2p-3f,
    -0x1.90b816p-4f, -0x1.375e72p-6f, 0x1.f00082p-6f, 0x1.a40a6ep-5f,
    0x1.a9a82p-5f, 0x1.58055cp-5f, 0x1.dd80e2p-6f, 0x1.2561e6p-6f,
    0x1.443ad6p-7f, 0x1.453f26p-8f, 0x1.29e842p-9f, 0x0p+0f,
};
V_CONST float GELU_TABLE8_0[8] = {
    0x0p+0f, -0x1.a2256ep-9f, 0x1.8f05bap-6f, 0x1.206342p-2f,
    0x1.249da6p-1f, 0x1.fc4c86p-2f, 0x1.d61eb6p-3f, 0x0p+0f,
};
V_CONST float GELU_TABLE8_1[8] = {
    0x1.ffcf82p-2f, 0x1.0d8b84p-1f, 0x1.ce3056p-2f, -0x1.0b7b64p-4f,
    -0x1.fe5cbcp-2f, -0x1.af2fc8p-2f, -0x1.64a5c4p-3f, 0x0p+0f,
};
V_CONST float GELU_TABLE8_2[8] = {
    -0x1.9e894p-2f, -0x1.ee0806p-2f, -0x1.ab5226p-2f, -0x1.1c11fap-4f,
    0x1.2cd20cp-3f, 0x1.ede114p-4f, 0x1.6af01ap-5f, 0x0p+0f,
};
V_CONST float GELU_TABLE8_3[8] = {
    0x1.2eb964p-5f, 0x1.e11848p-4f, 0x1.99e042p-4f, 0x1.5fe37cp-6f,
    -0x1.de3b2ap-7f, -0x1.7d6cfp-7f, -0x1.ef1d8cp-9f, 0x0p+0f,
};
