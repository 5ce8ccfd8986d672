/* Written by tools/coefficients.py from tools/minimax/softplus_pieces.sollya (sha256 15f31d1daf25b3d5).
 * POWER_0 e^a log(1 + e^-a) for 0 <= a <= 17.5: polynomials in a less the center
 * On [0, 17.5] its relative error is at most 2^-24.95. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[8] = {
    0x1.80012p+0f, 0x1.4003cp+1f, 0x1.00006p+2f, 0x1.800318p+2f,
    0x1.20018cp+3f, 0x1.ce1c48p+3f, 0x1.002dbp-2f, 0x1.8007ep-1f,
};
V_CONST float SOFTPLUS_PIECES[7][8] = {
    {
        0x1.9c9f18p-1f, 0x1.b751a4p-1f, 0x1.c4f998p-1f, 0x1.c88b8cp-1f,
        0x1.c91518p-1f, 0x1.c91c48p-1f, 0x1.520e94p-1f, 0x1.76615p-1f,
    },
    {
        0x1.372fcep-4f, 0x1.0e155cp-5f, 0x1.057ebap-7f, 0x1.210f18p-10f,
        0x1.ce9b22p-15f, 0x1.06f454p-22f, 0x1.443df4p-3f, 0x1.ff509ep-4f,
    },
    {
        -0x1.d47028p-6f, -0x1.e52d9p-7f, -0x1.fe6c1p-9f, -0x1.201abap-11f,
        -0x1.ce605ep-16f, -0x1.0dc4dcp-23f, -0x1.f728ep-6f, -0x1.1d7c0ep-5f,
    },
    {
        0x1.2b279p-8f, 0x1.007332p-8f, 0x1.43fae6p-10f, 0x1.7d476ep-13f,
        0x1.2e7306p-17f, 0x1.2a45acp-25f, -0x1.743314p-8f, 0x1.854ee4p-19f,
    },
    {
        0x1.24f7a8p-11f, -0x1.175b1p-11f, -0x1.2473fep-12f, -0x1.78543ep-15f,
        -0x1.2eeda6p-19f, -0x1.002f82p-27f, 0x1.81a95cp-9f, 0x1.467e42p-9f,
    },
    {
        -0x1.cd473ap-12f, -0x1.53cc34p-15f, 0x1.6bb2fp-15f, 0x1.2f80a4p-17f,
        0x1.20c67ep-21f, 0x1.981b6p-29f, 0x1.2be8ccp-13f, -0x1.c7820cp-12f,
    },
    {
        0x1.271486p-14f, 0x1.4782a2p-15f, -0x1.afb5ap-19f, -0x1.7b9bc8p-20f,
        -0x1.7c84c8p-24f, -0x1.47a65cp-31f, -0x1.bfdb92p-13f, -0x1.c3fb2ep-14f,
    },
};
