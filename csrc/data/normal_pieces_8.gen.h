/* Written by tools/coefficients.py from tools/minimax/normal_pieces_8.sollya (sha256 e7dbea1db71c617b).
 * POWER_0 a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: 8 polynomials
 * On [0, 14.6] its relative error is at most 2^-26.50. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[8] = {
    0x1.8000cp+0f, 0x1.40073p+1f, 0x1.00072p+2f, 0x1.80024p+2f,
    0x1.2001bp+3f, 0x1.999a84p+3f, 0x0p+0f, 0x1.80051p-1f,
};
V_CONST float NORMAL_PIECES[8][8] = {
    {
        0x1.2d302cp-2f, 0x1.58c492p-2f, 0x1.707d9cp-2f, 0x1.7b40c4p-2f,
        0x1.80a1dep-2f, 0x1.82efb4p-2f, 0x0p+0f, 0x1.b77166p-3f,
    },
    {
        0x1.12aab8p-4f, 0x1.aa1368p-6f, 0x1.1f8d46p-7f, 0x1.8d43ap-9f,
        0x1.fd9f1cp-11f, 0x1.6ece18p-12f, 0x1.e7e0bp-2f, 0x1.4b8eccp-3f,
    },
    {
        -0x1.24a732p-5f, -0x1.66c9dp-7f, -0x1.671b12p-9f, -0x1.6972ecp-11f,
        -0x1.449b3ep-13f, -0x1.4fee2ap-15f, -0x1.85451p-2f, -0x1.ad8368p-4f,
    },
    {
        0x1.00af12p-6f, 0x1.fc3cep-9f, 0x1.810dd2p-11f, 0x1.1e7aa4p-13f,
        0x1.6bba74p-16f, 0x1.0feaa8p-18f, 0x1.e7dae2p-3f, 0x1.c0585cp-5f,
    },
    {
        -0x1.8b1bc2p-8f, -0x1.414f9p-10f, -0x1.7606dp-13f, -0x1.a15a46p-16f,
        -0x1.78b71ap-19f, -0x1.9a05e2p-22f, -0x1.033866p-3f, -0x1.9483b6p-6f,
    },
    {
        0x1.13c21cp-9f, 0x1.75926p-12f, 0x1.52f528p-15f, 0x1.1e9df8p-18f,
        0x1.7366fap-22f, 0x1.27bb76p-25f, 0x1.e0c6e8p-5f, 0x1.474112p-7f,
    },
    {
        -0x1.738ccap-11f, -0x1.a1da2ap-14f, -0x1.3bfb2ep-17f, -0x1.8a7678p-21f,
        -0x1.89af4cp-25f, -0x1.b2572p-29f, -0x1.727036p-6f, -0x1.ea535p-9f,
    },
    {
        0x1.c78624p-13f, 0x1.a95aa4p-16f, 0x1.07cd72p-19f, 0x1.f9ba5p-24f,
        0x1.73c0bap-28f, 0x1.1ff5cep-32f, 0x1.624812p-8f, 0x1.3d6b32p-10f,
    },
};
