/* Written by tools/coefficients.py from tools/minimax/gelu_tanh_table.sollya (sha256 8701ace2cc4904e5).
 * gelu_tanh's a / (1 + e^u(a)) for a >= 0 in pieces; the factor keeps it above its minimum
 * On [0, 3.86667] its absolute error is at most 2^-13.59. */
#pragma once
#define GELU_TANH_TABLE_PER 0x1.ep+1f
#define GELU_TANH_TABLE8_PER 0x1.bp+0f
V_CONST float GELU_TANH_TABLE_0[16] = {
    0x0p+0f, 0x1.af2054p-11f, 0x1.b6f39ap-7f, 0x1.da06b2p-5f,
    0x1.2598ccp-3f, 0x1.04fdccp-2f, 0x1.6f7b38p-2f, 0x1.afc07ep-2f,
    0x1.b4392cp-2f, 0x1.81b8acp-2f, 0x1.2d4b96p-2f, 0x1.a156d2p-3f,
    0x1.0037c2p-3f, 0x1.161542p-4f, 0x1.09951ap-5f, 0x0p+0f,
};
V_CONST float GELU_TANH_TABLE_1[16] = {
    0x1.ff63aap-2f, 0x1.f5b28ep-2f, 0x1.b7778ep-2f, 0x1.2fcfd4p-2f,
    0x1.d00f04p-4f, -0x1.2d050ap-4f, -0x1.bb4b0ep-3f, -0x1.28d024p-2f,
    -0x1.2df02ep-2f, -0x1.01ac08p-2f, -0x1.7e1c8ep-3f, -0x1.f32d26p-4f,
    -0x1.2076fp-4f, -0x1.26c0cp-5f, -0x1.095a2ap-6f, 0x0p+0f,
};
V_CONST float GELU_TANH_TABLE_2[16] = {
    -0x1.962ac2p-2f, -0x1.7a7468p-2f, -0x1.2ea958p-2f, -0x1.929b66p-3f,
    -0x1.91afa8p-4f, -0x1.43fc14p-6f, 0x1.e17faap-6f, 0x1.a0a05ap-5f,
    0x1.ac30dp-5f, 0x1.5e9276p-5f, 0x1.ead7fp-6f, 0x1.2d33bp-6f,
    0x1.46cc06p-7f, 0x1.39caecp-8f, 0x1.09f256p-9f, 0x0p+0f,
};
V_CONST float GELU_TANH_TABLE8_0[8] = {
    0x0p+0f, -0x1.9f12cap-9f, 0x1.94bc0ep-6f, 0x1.1c0006p-2f,
    0x1.248bbcp-1f, 0x1.060a14p-1f, 0x1.d9114cp-3f, 0x0p+0f,
};
V_CONST float GELU_TANH_TABLE8_1[8] = {
    0x1.ffcfd6p-2f, 0x1.0d77c2p-1f, 0x1.ccbfbcp-2f, -0x1.d7ae1ap-5f,
    -0x1.fbc43ap-2f, -0x1.befaaep-2f, -0x1.6a7482p-3f, 0x0p+0f,
};
V_CONST float GELU_TANH_TABLE8_2[8] = {
    -0x1.9e9054p-2f, -0x1.edc1dep-2f, -0x1.a9672p-2f, -0x1.2d10d2p-4f,
    0x1.28a7bp-3f, 0x1.00f30ep-3f, 0x1.73ff9ap-5f, 0x0p+0f,
};
V_CONST float GELU_TANH_TABLE8_3[8] = {
    0x1.30194ep-5f, 0x1.e12b82p-4f, 0x1.97293ap-4f, 0x1.6ad03ap-6f,
    -0x1.d17f5ep-7f, -0x1.8ddcap-7f, -0x1.ff32dp-9f, 0x0p+0f,
};
