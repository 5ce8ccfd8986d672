/* Written by tools/coefficients.py from tools/minimax/normal_pieces_8.sollya (sha256 e7dbea1db71c617b).
 * POWER_0 a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: 8 polynomials
 * On [0, 14.6] its relative error is at most 2^-26.49. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[8] = {
    0x1.800cfp+0f, 0x1.400208p+1f, 0x1.000b3p+2f, 0x1.800c18p+2f,
    0x1.200d92p+3f, 0x1.99b7f8p+3f, 0x0p+0f, 0x1.80006p-1f,
};
V_CONST float NORMAL_PIECES[8][8] = {
    {
        0x1.1a34cep-2f, 0x1.430594p-2f, 0x1.59412cp-2f, 0x1.63567ep-2f,
        0x1.6860a6p-2f, 0x1.6a894p-2f, 0x0p+0f, 0x1.9bb81ep-3f,
    },
    {
        0x1.014b66p-4f, 0x1.8f425p-6f, 0x1.0d605p-7f, 0x1.741c18p-9f,
        0x1.dd434p-11f, 0x1.5763f2p-12f, 0x1.c91c5p-2f, 0x1.36a9c2p-3f,
    },
    {
        -0x1.122162p-5f, -0x1.5037eap-7f, -0x1.50647p-9f, -0x1.5288b2p-11f,
        -0x1.2ff342p-13f, -0x1.3a64fap-15f, -0x1.6cb8a2p-2f, -0x1.92730ep-4f,
    },
    {
        0x1.e0db9ap-7f, 0x1.dc4864p-9f, 0x1.68af42p-11f, 0x1.0c4b1ep-13f,
        0x1.5488bap-16f, 0x1.fcdadp-19f, 0x1.c91706p-3f, 0x1.a419bp-5f,
    },
    {
        -0x1.72128ap-8f, -0x1.2d1aa4p-10f, -0x1.5e5736p-13f, -0x1.86d374p-16f,
        -0x1.60a64p-19f, -0x1.805a8ep-22f, -0x1.e5c148p-4f, -0x1.7b0636p-6f,
    },
    {
        0x1.0232d2p-9f, 0x1.5e03eap-12f, 0x1.3d775ep-15f, 0x1.0c7f6ep-18f,
        0x1.5b97dep-22f, 0x1.1431ecp-25f, 0x1.c2850ep-5f, 0x1.326eep-7f,
    },
    {
        -0x1.5bf62ap-11f, -0x1.88154ep-14f, -0x1.27f33ap-17f, -0x1.717262p-21f,
        -0x1.705b64p-25f, -0x1.80dfb4p-29f, -0x1.5b47fp-6f, -0x1.cc24c4p-9f,
    },
    {
        0x1.ad6d5cp-13f, 0x1.920514p-16f, 0x1.ee6c9ep-20f, 0x1.d56054p-24f,
        0x1.5c32d4p-28f, 0x1.167adep-32f, 0x1.4c72bp-8f, 0x1.35d7a6p-10f,
    },
};
