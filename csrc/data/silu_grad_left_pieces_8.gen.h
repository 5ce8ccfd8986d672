/* Written by tools/coefficients.py from tools/minimax/silu_grad_left_pieces.sollya (sha256 9c16e421cfd45c15).
 * The derivative of silu at -a: polynomials in a less the center
 * On [0, 10] its relative error is at most 2^-25.99. */
#pragma once
#define SILU_GRAD_LEFT_PIECES_PER 0x1.7f7ceep-1f
V_CONST float SILU_GRAD_LEFT_PIECES_CENTER[8] = {
    0x0p+0f, 0x1.474974p+0f, 0x1.55d40ep+1f, 0x1.005bp+2f,
    0x1.55cdf4p+2f, 0x1.ab3f72p+2f, 0x1.00593p+3f, 0x1.2adda6p+3f,
};
V_CONST float SILU_GRAD_LEFT_PIECES[10][8] = {
    {
        0x1p-1f, -0x1.848b9ep-29f, -0x1.8d1bccp-4f, -0x1.adf03ap-5f,
        -0x1.513816p-6f, -0x1.d3cfeap-8f, -0x1.30b65ep-9f, -0x1.802964p-11f,
    },
    {
        -0x1p-1f, -0x1.be141p-3f, 0x1.422b2ap-6f, 0x1.0c03dcp-5f,
        0x1.ffb63p-7f, 0x1.8016a2p-8f, 0x1.0507fp-9f, 0x1.52064ep-11f,
    },
    {
        -0x1.b6863p-27f, 0x1.2c5636p-3f, 0x1.c3eb14p-6f, -0x1.8d9932p-8f,
        -0x1.58e144p-8f, -0x1.2b80aap-9f, -0x1.b261c6p-11f, -0x1.23d50cp-12f,
    },
    {
        0x1.5555bcp-4f, -0x1.353ddep-6f, -0x1.3bf7b2p-6f, -0x1.971832p-10f,
        0x1.c93decp-11f, 0x1.1c8b7p-11f, 0x1.cd7e82p-13f, 0x1.476282p-14f,
    },
    {
        -0x1.2bcbbap-18f, -0x1.f2d5a2p-7f, 0x1.6b021ap-8f, 0x1.521bb2p-10f,
        0x1.f63114p-17f, -0x1.4c9ab2p-14f, -0x1.566e26p-15f, -0x1.09689ap-16f,
    },
    {
        -0x1.98b55ap-7f, 0x1.b0c95cp-8f, -0x1.a3e5ccp-12f, -0x1.b39bfp-12f,
        -0x1.ba5e4cp-15f, 0x1.0e13d4p-18f, 0x1.631c78p-18f, 0x1.44471p-19f,
    },
    {
        -0x1.91ddfp-14f, 0x1.16162ap-13f, -0x1.4c711ap-12f, 0x1.4fa132p-14f,
        0x1.26bc9p-16f, 0x1.7fbc7ep-20f, -0x1.9c76c2p-22f, -0x1.291ae4p-22f,
    },
    {
        0x1.eea374p-10f, -0x1.9c792ap-11f, 0x1.3145f6p-13f, -0x1.f5821ep-18f,
        -0x1.0f23ep-18f, -0x1.060596p-21f, -0x1.8d6982p-24f, 0x1.12291ep-25f,
    },
    {
        -0x1.f52526p-13f, 0x1.5578d8p-13f, -0x1.a08944p-16f, -0x1.ff31d6p-20f,
        0x1.3f95c8p-21f, 0x1.0ef6eap-23f, 0x1.514228p-26f, -0x1.462e4p-30f,
    },
    {
        -0x1.4dfa2ep-14f, 0x1.bc07p-16f, -0x1.bfd5fep-20f, 0x1.f7b27ep-20f,
        0x1.1374cep-22f, -0x1.262b4cp-24f, 0x1.240c5ep-24f, -0x1.7e0cfap-27f,
    },
};
