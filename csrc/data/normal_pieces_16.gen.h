/* Written by tools/coefficients.py from tools/minimax/normal_pieces.sollya (sha256 3b347763fe6f99c3).
 * a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: polynomials in a less the center
 * On [0, 14.6] its relative error is at most 2^-28.64. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[16] = {
    0x1.40049cp+0f, 0x1.c005bp+0f, 0x1.200dc8p+1f, 0x1.6005d8p+1f,
    0x1.c00348p+1f, 0x1.20005ap+2f, 0x1.600084p+2f, 0x1.a004acp+2f,
    0x1.0006p+3f, 0x1.400438p+3f, 0x1.80033p+3f, 0x1.b9a2aep+3f,
    0x0p+0f, 0x1.801458p-2f, 0x1.4001b8p-1f, 0x1.c00268p-1f,
};
V_CONST float NORMAL_PIECES[7][16] = {
    {
        0x1.27614p-2f, 0x1.4bf0a2p-2f, 0x1.620756p-2f, 0x1.701ffap-2f,
        0x1.7d247p-2f, 0x1.86c63p-2f, 0x1.8c2b9p-2f, 0x1.8f770ep-2f,
        0x1.9269b6p-2f, 0x1.948c84p-2f, 0x1.95bcbap-2f, 0x1.9667aap-2f,
        0x0p+0f, 0x1.2394ccp-3f, 0x1.9de6bap-3f, 0x1.f55ab4p-3f,
    },
    {
        0x1.7b7212p-4f, 0x1.bd3c0cp-5f, 0x1.158fccp-5f, 0x1.6c50f4p-6f,
        0x1.a297bp-7f, 0x1.bfb972p-8f, 0x1.07e2c6p-8f, 0x1.4e9a68p-9f,
        0x1.760c76p-10f, 0x1.8ae1bap-11f, 0x1.d0ec94p-12f, 0x1.349b46p-12f,
        0x1p-1f, 0x1.2226dcp-2f, 0x1.9a43dap-3f, 0x1.28bd2ep-3f,
    },
    {
        -0x1.aec338p-5f, -0x1.be0824p-6f, -0x1.ee5dp-7f, -0x1.229bf6p-7f,
        -0x1.1edb3p-8f, -0x1.004be4p-9f, -0x1.01fe52p-10f, -0x1.1c7c8p-11f,
        -0x1.090fbcp-12f, -0x1.c86946p-14f, -0x1.c4c73ap-15f, -0x1.06fe9ep-15f,
        -0x1.988446p-2f, -0x1.a09f94p-3f, -0x1.12ec06p-3f, -0x1.73b4fep-4f,
    },
    {
        0x1.8fe1d8p-6f, 0x1.720fc8p-7f, 0x1.708faap-8f, 0x1.87a1dp-9f,
        0x1.4f9c86p-10f, 0x1.fa2fa2p-12f, 0x1.b63c22p-13f, 0x1.a65cfep-14f,
        0x1.4992a8p-15f, 0x1.d0c85p-17f, 0x1.856dcap-18f, 0x1.8c5efep-19f,
        0x1.fffa22p-3f, 0x1.dc216cp-4f, 0x1.27b548p-4f, 0x1.78a628p-5f,
    },
    {
        -0x1.445d7ap-7f, -0x1.0eda82p-8f, -0x1.e89cfep-10f, -0x1.d89164p-11f,
        -0x1.62f0b4p-12f, -0x1.c7d886p-14f, -0x1.558624p-15f, -0x1.20c282p-16f,
        -0x1.7b8a6ep-18f, -0x1.b83038p-20f, -0x1.34c3b4p-21f, -0x1.070ce4p-22f,
        -0x1.0feb4ep-3f, -0x1.d209e2p-5f, -0x1.122e6ep-5f, -0x1.4abf9cp-6f,
    },
    {
        0x1.e0cb4cp-9f, 0x1.6c39d6p-10f, 0x1.2add8cp-11f, 0x1.080a22p-12f,
        0x1.64543ep-14f, 0x1.85bc4cp-16f, 0x1.fa961ep-18f, 0x1.786db6p-19f,
        0x1.aa79c2p-21f, 0x1.930d7p-23f, 0x1.e10ba4p-25f, 0x1.78ccbcp-26f,
        0x1.f2076ap-5f, 0x1.966156p-6f, 0x1.c8c38cp-7f, 0x1.048b28p-7f,
    },
    {
        -0x1.4605c8p-10f, -0x1.c448a2p-12f, -0x1.656c98p-13f, -0x1.2971c2p-14f,
        -0x1.4ad7fp-16f, -0x1.361956p-18f, -0x1.61354ep-20f, -0x1.f085e4p-22f,
        -0x1.c0c9c4p-24f, -0x1.581bdep-26f, -0x1.3ae8aap-27f, -0x1.23c034p-26f,
        -0x1.4876cep-6f, -0x1.5f5804p-7f, -0x1.4d17eap-8f, -0x1.946036p-9f,
    },
};
