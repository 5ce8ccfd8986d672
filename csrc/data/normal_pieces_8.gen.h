/* Written by tools/coefficients.py from tools/minimax/normal_pieces.sollya (sha256 3b347763fe6f99c3).
 * a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: polynomials in a less the center
 * On [0, 14.6] its relative error is at most 2^-26.49. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[8] = {
    0x1.8001f8p+0f, 0x1.40005p+1f, 0x1.0000ep+2f, 0x1.800b1p+2f,
    0x1.2008a6p+3f, 0x1.999a9ep+3f, 0x0p+0f, 0x1.8000d8p-1f,
};
V_CONST float NORMAL_PIECES[8][8] = {
    {
        0x1.3c14cep-2f, 0x1.69cef8p-2f, 0x1.82b4dcp-2f, 0x1.8e019cp-2f,
        0x1.93a694p-2f, 0x1.96115ap-2f, 0x0p+0f, 0x1.cd28c8p-3f,
    },
    {
        0x1.203ddap-4f, 0x1.bf38bp-6f, 0x1.2dd75ep-7f, 0x1.a0cde2p-9f,
        0x1.0b564ep-10f, 0x1.80f0a6p-12f, 0x1p-1f, 0x1.5bf734p-3f,
    },
    {
        -0x1.331d8ap-5f, -0x1.789cacp-7f, -0x1.78fa04p-9f, -0x1.7b3328p-11f,
        -0x1.548888p-13f, -0x1.60886cp-15f, -0x1.98844p-2f, -0x1.c2c5c8p-4f,
    },
    {
        0x1.0d5e36p-6f, 0x1.0ac10ap-8f, 0x1.943de2p-11f, 0x1.2c86cap-13f,
        0x1.7d8aeep-16f, 0x1.1d5c74p-18f, 0x1.fffa1ep-3f, 0x1.d68aa6p-5f,
    },
    {
        -0x1.9ea0bep-8f, -0x1.514c82p-10f, -0x1.88b1b6p-13f, -0x1.b5b926p-16f,
        -0x1.8b2c0cp-19f, -0x1.aedf18p-22f, -0x1.100b1ap-3f, -0x1.a88ba6p-6f,
    },
    {
        0x1.2159fp-9f, 0x1.8830fap-12f, 0x1.63e9eap-15f, 0x1.2c97aep-18f,
        0x1.858b9p-22f, 0x1.3633ap-25f, 0x1.f8a366p-5f, 0x1.575588p-7f,
    },
    {
        -0x1.85f3cap-11f, -0x1.b6b8e8p-14f, -0x1.4bbedcp-17f, -0x1.9ee58ep-21f,
        -0x1.9c8172p-25f, -0x1.b8b58cp-29f, -0x1.850daep-6f, -0x1.0133a2p-8f,
    },
    {
        0x1.df143ap-13f, 0x1.bdfddap-16f, 0x1.14cf3cp-19f, 0x1.09b4a2p-23f,
        0x1.85cc7cp-28f, 0x1.323916p-32f, 0x1.748dcp-8f, 0x1.53e97ap-10f,
    },
};
