/* Written by tools/coefficients.py from tools/minimax/erf_pieces.sollya (sha256 f1d3126d48fb2a59).
 * erf(a) for 0 <= a <= 3.95: polynomials in a less the center, the first to be added to a
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
        0x1.06eba8p-3f, 0x1.b5749ap-1f, 0x1.7bcce2p-2f, 0x1.79c4b8p-4f,
        0x1.afc1b6p-7f, 0x1.1a5b5ap-10f, 0x1.a7a846p-15f, 0x1.6f7444p-20f,
    },
    {
        0x1.7bc48cp-24f, -0x1.cd696ep-2f, -0x1.909d5ap-2f, -0x1.2ae83ap-3f,
        -0x1.c766b8p-6f, -0x1.744926p-9f, -0x1.4f5a44p-13f, -0x1.5b49e2p-18f,
    },
    {
        -0x1.8127d4p-2f, -0x1.02d418p-3f, 0x1.3639a2p-3f, 0x1.f8c4bap-4f,
        0x1.1c3fa4p-5f, 0x1.2fbbbcp-8f, 0x1.4fe5b8p-12f, 0x1.91a1p-17f,
    },
    {
        0x1.1ccf3cp-16f, 0x1.77c0f6p-3f, 0x1.9e1578p-5f, -0x1.902f9p-5f,
        -0x1.bff27ap-6f, -0x1.52ba94p-8f, -0x1.d7bdap-12f, -0x1.05199cp-16f,
    },
    {
        0x1.ce25a6p-4f, -0x1.60e1fap-11f, -0x1.116c5cp-4f, -0x1.8d8ca8p-8f,
        0x1.9ec114p-7f, 0x1.09ee6cp-8f, 0x1.f536fep-12f, 0x1.c532dap-16f,
    },
    {
        -0x1.ec7282p-12f, -0x1.858a04p-5f, 0x1.30239ep-7f, 0x1.070a04p-6f,
        -0x1.75ca86p-10f, -0x1.191292p-9f, -0x1.c015f6p-12f, -0x1.3e99ecp-14f,
    },
    {
        -0x1.9c1c0ap-6f, 0x1.9b786ap-8f, 0x1.a161fcp-7f, -0x1.6d419p-8f,
        -0x1.1188fap-9f, 0x1.5befaep-11f, 0x1.ed86fp-13f, 0x1.0a8d64p-16f,
    },
};
