/* Written by tools/coefficients.py from tools/minimax/normal_pieces_16.sollya (sha256 35981deafc45a983).
 * POWER_0 a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: 16 polynomials
 * On [0, 14.6] its relative error is at most 2^-28.54. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[16] = {
    0x1.402648p+0f, 0x1.c01308p+0f, 0x1.200798p+1f, 0x1.600604p+1f,
    0x1.c0063cp+1f, 0x1.2000a2p+2f, 0x1.600604p+2f, 0x1.a00596p+2f,
    0x1.0000dp+3f, 0x1.4003acp+3f, 0x1.8002b8p+3f, 0x1.b999d2p+3f,
    0x0p+0f, 0x1.800678p-2f, 0x1.400438p-1f, 0x1.c001f8p-1f,
};
V_CONST float NORMAL_PIECES[7][16] = {
    {
        0x1.14420ep-2f, 0x1.366926p-2f, 0x1.4b0ca2p-2f, 0x1.583cb4p-2f,
        0x1.64692cp-2f, 0x1.6d6aaap-2f, 0x1.7276b4p-2f, 0x1.758b2ap-2f,
        0x1.784c98p-2f, 0x1.7a4c2p-2f, 0x1.7b689ap-2f, 0x1.7c086p-2f,
        0x0p+0f, 0x1.10a1bp-3f, 0x1.830cdcp-3f, 0x1.d4d1f4p-3f,
    },
    {
        0x1.629dcp-4f, 0x1.a0421p-5f, 0x1.03981cp-5f, 0x1.54ac8ep-6f,
        0x1.8767d4p-7f, 0x1.a2aacap-8f, 0x1.ed7176p-9f, 0x1.38e212p-9f,
        0x1.5ddadcp-10f, 0x1.7143c4p-11f, 0x1.b2c2ccp-12f, 0x1.20a5b6p-12f,
        0x1.dec6a4p-2f, 0x1.0f5822p-2f, 0x1.7fa202p-3f, 0x1.157c0ap-3f,
    },
    {
        -0x1.9285a6p-5f, -0x1.a0fb98p-6f, -0x1.ce619ep-7f, -0x1.0fc006p-7f,
        -0x1.0c3894p-8f, -0x1.df535ap-10f, -0x1.e266a8p-11f, -0x1.0a044cp-11f,
        -0x1.efdf2ep-13f, -0x1.aacdbcp-14f, -0x1.a765dap-15f, -0x1.ec017cp-16f,
        -0x1.7e01fcp-2f, -0x1.859f98p-3f, -0x1.0113p-3f, -0x1.5b968p-4f,
    },
    {
        0x1.759e64p-6f, 0x1.59f14ep-7f, 0x1.58baa4p-8f, 0x1.6e3826p-9f,
        0x1.39cd9ap-10f, 0x1.d95338p-12f, 0x1.99b008p-13f, 0x1.8aef6ap-14f,
        0x1.344b32p-15f, 0x1.b2a366p-17f, 0x1.6c2a38p-18f, 0x1.72ccd4p-19f,
        0x1.dec15p-3f, 0x1.bd43cp-4f, 0x1.148194p-4f, 0x1.6036aap-5f,
    },
    {
        -0x1.2f068ep-7f, -0x1.fa6264p-9f, -0x1.c90a26p-10f, -0x1.b9cbc4p-11f,
        -0x1.4bd71ep-12f, -0x1.aa2006p-14f, -0x1.3f41f6p-15f, -0x1.0e34dp-16f,
        -0x1.62f2b4p-18f, -0x1.9bde6cp-20f, -0x1.21f12p-21f, -0x1.ed4842p-23f,
        -0x1.fc8fbp-4f, -0x1.b40cdp-5f, -0x1.0057dp-5f, -0x1.35a11p-6f,
    },
    {
        0x1.c16d2p-9f, 0x1.54ac3p-10f, 0x1.17c622p-11f, 0x1.ed2f5p-13f,
        0x1.4d2dcep-14f, 0x1.6cc3bap-16f, 0x1.d9cd9p-18f, 0x1.60ab4p-19f,
        0x1.8f3f28p-21f, 0x1.78b32p-23f, 0x1.c21b82p-25f, 0x1.5f5b66p-26f,
        0x1.d1d2f8p-5f, 0x1.7f0beep-6f, 0x1.ac74e6p-7f, 0x1.e5a772p-8f,
    },
    {
        -0x1.30d4fcp-10f, -0x1.a6ad08p-12f, -0x1.4df36p-13f, -0x1.1e8decp-14f,
        -0x1.3639dap-16f, -0x1.260842p-18f, -0x1.4a8c4ep-20f, -0x1.b48e8cp-22f,
        -0x1.a745ccp-24f, -0x1.3954d8p-26f, -0x1.e6abaap-28f, -0x1.0747f4p-26f,
        -0x1.337e5p-6f, -0x1.24e5e8p-7f, -0x1.432eap-8f, -0x1.0ca2bep-9f,
    },
};
