/* Written by tools/coefficients.py from tools/minimax/silu_grad_left_pieces.sollya (sha256 9c16e421cfd45c15).
 * The derivative of silu at -a: polynomials in a less the center
 * On [0, 15] its relative error is at most 2^-24.67. */
#pragma once
#define SILU_GRAD_LEFT_PIECES_PER 0x1.085cd8p+0f
V_CONST float SILU_GRAD_LEFT_PIECES_CENTER[16] = {
    0x0p+0f, 0x1.474974p+0f, 0x1.efd59cp+0f, 0x1.73db2ap+1f,
    0x1.efd5bap+1f, 0x1.35e1eep+2f, 0x1.73dd82p+2f, 0x1.b1d912p+2f,
    0x1.efd236p+2f, 0x1.16e4bap+3f, 0x1.35e176p+3f, 0x1.54e112p+3f,
    0x1.73db2ap+3f, 0x1.92e01ep+3f, 0x1.b1dc92p+3f, 0x1.d0a996p+3f,
};
V_CONST float SILU_GRAD_LEFT_PIECES[8][16] = {
    {
        0x1p-1f, -0x1.848b9ep-29f, -0x1.658b94p-4f, -0x1.74f2e8p-4f,
        -0x1.d21b28p-5f, -0x1.e802e4p-6f, -0x1.d52df6p-7f, -0x1.adc1b4p-8f,
        -0x1.7da5c4p-9f, -0x1.4ba81ap-10f, -0x1.1b89e8p-11f, -0x1.de8f48p-13f,
        -0x1.9003dap-14f, -0x1.4b2d18p-15f, -0x1.10862p-16f, -0x1.c03f7p-18f,
    },
    {
        -0x1p-1f, -0x1.be141p-3f, -0x1.f13f08p-5f, 0x1.e69a54p-6f,
        0x1.185ad2p-5f, 0x1.60147ap-6f, 0x1.707d18p-7f, 0x1.62505cp-8f,
        0x1.44b9e2p-9f, 0x1.208dbep-10f, 0x1.f5b2f8p-12f, 0x1.acf4f2p-13f,
        0x1.6a57d4p-14f, 0x1.2e996p-15f, 0x1.f5a5p-17f, 0x1.9f183ap-18f,
    },
    {
        0x1.4a6a6ap-23f, 0x1.2c562ap-3f, 0x1.65e286p-4f, 0x1.0276bep-6f,
        -0x1.5be16cp-8f, -0x1.a7660ep-8f, -0x1.09e59ep-8f, -0x1.1626d4p-9f,
        -0x1.0b8c8p-10f, -0x1.eab9ecp-12f, -0x1.b4432ep-13f, -0x1.7b55b8p-14f,
        -0x1.44aa3ap-15f, -0x1.120528p-16f, -0x1.ca3d72p-18f, -0x1.7df0eap-19f,
    },
    {
        0x1.555132p-4f, -0x1.353eeep-6f, -0x1.12114cp-5f, -0x1.d70ca6p-7f,
        -0x1.2ea908p-9f, 0x1.58ffb8p-11f, 0x1.ab02aap-11f, 0x1.0ba2f6p-11f,
        0x1.17e196p-12f, 0x1.0d59cap-13f, 0x1.ee4a64p-15f, 0x1.b790fp-16f,
        0x1.7ea20cp-17f, 0x1.4740dep-18f, 0x1.148e88p-19f, 0x1.d10cc6p-21f,
    },
    {
        0x1.3d883p-15f, -0x1.f2ad0ep-7f, 0x1.089524p-9f, 0x1.3f2408p-8f,
        0x1.9f9868p-10f, 0x1.e4de76p-13f, -0x1.06e73cp-14f, -0x1.4306a2p-14f,
        -0x1.93e09cp-15f, -0x1.a651d2p-16f, -0x1.969eccp-17f, -0x1.7542fep-18f,
        -0x1.4c58cap-19f, -0x1.21216ep-20f, -0x1.ef3832p-22f, -0x1.a4d69ap-23f,
    },
    {
        -0x1.9f5e3ap-7f, 0x1.b1b79p-8f, 0x1.8d04e6p-9f, -0x1.6d64acp-11f,
        -0x1.f8729ap-12f, -0x1.0efb5p-13f, -0x1.278116p-16f, 0x1.40573p-18f,
        0x1.85a09ap-18f, 0x1.e63a6ep-19f, 0x1.fd34bap-20f, 0x1.ebb48ap-21f,
        0x1.c3589cp-22f, 0x1.90acbap-23f, 0x1.5d8dcep-24f, 0x1.2d3162p-25f,
    },
    {
        0x1.b14dcep-12f, 0x1.8734f2p-14f, -0x1.36377p-10f, -0x1.11fdeap-13f,
        0x1.5ea694p-14f, 0x1.285aaap-15f, 0x1.1dcdfp-17f, 0x1.2f95fcp-20f,
        -0x1.3d227ep-22f, -0x1.869614p-22f, -0x1.eb375p-23f, -0x1.014b76p-23f,
        -0x1.f02c8cp-25f, -0x1.c75ceap-26f, -0x1.96f0b6p-27f, -0x1.64219cp-28f,
    },
    {
        0x1.4c578p-10f, -0x1.f59e9cp-11f, 0x1.270538p-14f, 0x1.8eee0cp-14f,
        -0x1.034376p-18f, -0x1.b5de38p-18f, -0x1.05e1p-19f, -0x1.758cfcp-22f,
        -0x1.b1d7a2p-26f, 0x1.26e45p-25f, 0x1.896536p-26f, 0x1.26c178p-27f,
        0x1.a804c4p-28f, 0x1.1b9542p-28f, 0x1.b47d38p-30f, 0x1.70f714p-31f,
    },
};
