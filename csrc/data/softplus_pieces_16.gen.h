/* Written by tools/coefficients.py from tools/minimax/softplus_pieces_16.sollya (sha256 64dff3f800889ea8).
 * POWER_0 e^a log(1 + e^-a) for 0 <= a <= 17.5: 16 polynomials in a less the center
 * On [0, 17.5] its relative error is at most 2^-26.61. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[16] = {
    0x1.4008acp+0f, 0x1.c00dacp+0f, 0x1.200036p+1f, 0x1.6000f2p+1f,
    0x1.c00134p+1f, 0x1.20096cp+2f, 0x1.6005c2p+2f, 0x1.a00632p+2f,
    0x1.0002bp+3f, 0x1.4013ecp+3f, 0x1.8011ap+3f, 0x1.fc5ff6p+3f,
    0x1.00078p-3f, 0x1.8008b8p-2f, 0x1.4000ap-1f, 0x1.c00348p-1f,
};
V_CONST float SOFTPLUS_PIECES[6][16] = {
    {
        0x1.ad01b4p-1f, 0x1.c1d7dcp-1f, 0x1.cfd77cp-1f, 0x1.d8eafcp-1f,
        0x1.e0a81ap-1f, 0x1.e5307p-1f, 0x1.e6e242p-1f, 0x1.e782eep-1f,
        0x1.e7cbcp-1f, 0x1.e7dddcp-1f, 0x1.e7e04ep-1f, 0x1.e7e0aep-1f,
        0x1.5db9dap-1f, 0x1.73588cp-1f, 0x1.86c022p-1f, 0x1.97ce7p-1f,
    },
    {
        0x1.8e255p-4f, 0x1.1173ecp-4f, 0x1.67b8f6p-5f, 0x1.cb56fp-6f,
        0x1.c51228p-7f, 0x1.5599ecp-8f, 0x1.fb7a76p-10f, 0x1.76a804p-11f,
        0x1.4eef6cp-13f, 0x1.6a018ap-16f, 0x1.880e84p-19f, 0x1.0973fp-24f,
        0x1.6a3c76p-3f, 0x1.48c5ccp-3f, 0x1.23dfbap-3f, 0x1.fbbc9cp-4f,
    },
    {
        -0x1.156fcap-5f, -0x1.b585a2p-6f, -0x1.399bc4p-6f, -0x1.a659c8p-7f,
        -0x1.b351fep-8f, -0x1.5094d4p-9f, -0x1.f8b1cap-11f, -0x1.75e36ap-12f,
        -0x1.4e6006p-14f, -0x1.6997c4p-17f, -0x1.8859dap-20f, -0x1.0c1dfcp-25f,
        -0x1.eef5dep-6f, -0x1.1cb092p-5f, -0x1.2e97fp-5f, -0x1.2eba42p-5f,
    },
    {
        0x1.036778p-8f, 0x1.54a39ap-8f, 0x1.346c58p-8f, 0x1.d7326cp-9f,
        0x1.0b581p-9f, 0x1.b39a3ap-11f, 0x1.4ccf48p-12f, 0x1.f082e6p-14f,
        0x1.bd6568p-16f, 0x1.e1ebb2p-19f, 0x1.052552p-21f, 0x1.05f922p-27f,
        -0x1.f21deep-8f, -0x1.257fbap-8f, -0x1.6d4464p-10f, 0x1.48feeep-10f,
    },
    {
        0x1.49ae62p-10f, 0x1.72b9fep-14f, -0x1.edb594p-12f, -0x1.310ebep-11f,
        -0x1.bfa2aap-12f, -0x1.9cba36p-13f, -0x1.48cd18p-14f, -0x1.f1925p-16f,
        -0x1.d1f1cap-18f, -0x1.f86b7ep-21f, -0x1.0bd8f2p-23f, -0x1.3253eap-29f,
        0x1.86848p-9f, 0x1.a14742p-9f, 0x1.7d3d86p-9f, 0x1.332034p-9f,
    },
    {
        -0x1.2b1058p-11f, -0x1.6bebp-12f, -0x1.e0f162p-14f, 0x1.1b0382p-17f,
        0x1.c2805p-15f, 0x1.205518p-15f, 0x1.f6204ep-17f, 0x1.87d004p-18f,
        0x1.733298p-20f, 0x1.94734cp-23f, 0x1.b3abbep-26f, 0x1.48d2c8p-30f,
        0x1.59d708p-12f, -0x1.f31bbep-19f, -0x1.d922bep-12f, -0x1.1c195ep-11f,
    },
};
