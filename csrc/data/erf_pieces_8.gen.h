/* Written by tools/coefficients.py from tools/minimax/erf_pieces_8.sollya (sha256 81273afa136d83e4).
 * erf(a) for 0 <= a <= 3.95: 8 polynomials in a less the center, the first to be added to a
 * On [0, 3.95] its relative error is at most 2^-27.45. */
#pragma once
#define ERF_PIECES_PER 0x1.e56d88p+0f
V_CONST float ERF_PIECES_CENTER[8] = {
    0x0p+0f, 0x1.0e050ap-1f, 0x1.0e078ap+0f, 0x1.951de8p+0f,
    0x1.0e052ap+1f, 0x1.518c44p+1f, 0x1.950f48p+1f, 0x1.d86d74p+1f,
};
V_CONST float ERF_PIECES[8][8] = {
    {
        0x0p+0f, 0x1.16a562p-1f, 0x1.ba7be2p-1f, 0x1.f31604p-1f,
        0x1.fe8a46p-1f, 0x1.ffe6d8p-1f, 0x1.ffffp-1f, 0x1.fffffap-1f,
    },
    {
        0x1.06eba8p-3f, 0x1.b5749ap-1f, 0x1.7bcce4p-2f, 0x1.79c4b8p-4f,
        0x1.afc1b8p-7f, 0x1.1a5b5ap-10f, 0x1.a7a834p-15f, 0x1.6f7534p-20f,
    },
    {
        0x1.7bc48cp-24f, -0x1.cd696ep-2f, -0x1.909d5ap-2f, -0x1.2ae83ap-3f,
        -0x1.c766b8p-6f, -0x1.744926p-9f, -0x1.4f5a44p-13f, -0x1.5b49ecp-18f,
    },
    {
        -0x1.8127d4p-2f, -0x1.02d418p-3f, 0x1.3637ep-3f, 0x1.f8c4bap-4f,
        0x1.1c3f6ap-5f, 0x1.2fbbbap-8f, 0x1.4fe694p-12f, 0x1.91960cp-17f,
    },
    {
        0x1.1ccf3cp-16f, 0x1.77c0f6p-3f, 0x1.9e16p-5f, -0x1.902f9p-5f,
        -0x1.bff272p-6f, -0x1.52ba94p-8f, -0x1.d7bda4p-12f, -0x1.0518fep-16f,
    },
    {
        0x1.ce25a6p-4f, -0x1.60e1fap-11f, -0x1.11068cp-4f, -0x1.8d8ca8p-8f,
        0x1.9edb96p-7f, 0x1.09eedap-8f, 0x1.f520fep-12f, 0x1.c5ba92p-16f,
    },
    {
        -0x1.ec7282p-12f, -0x1.858a04p-5f, 0x1.2ffb6p-7f, 0x1.070a04p-6f,
        -0x1.75d41p-10f, -0x1.191298p-9f, -0x1.c015aap-12f, -0x1.3e9bd6p-14f,
    },
    {
        -0x1.9c1c0ap-6f, 0x1.9b786ap-8f, 0x1.86bbc2p-7f, -0x1.6d419p-8f,
        -0x1.1504e4p-9f, 0x1.5bc83ep-11f, 0x1.eed2c6p-13f, 0x1.06a7c2p-16f,
    },
};
