/* Written by tools/coefficients.py from tools/minimax/softplus_pieces_16.sollya (sha256 64dff3f800889ea8).
 * POWER_0 e^a log(1 + e^-a) for 0 <= a <= 17.5: 16 polynomials in a less the center
 * On [0, 17.5] its relative error is at most 2^-26.60. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[16] = {
    0x1.400348p+0f, 0x1.c0007p+0f, 0x1.2002f4p+1f, 0x1.600016p+1f,
    0x1.c0007p+1f, 0x1.200fd2p+2f, 0x1.601b12p+2f, 0x1.a004fap+2f,
    0x1.0002bp+3f, 0x1.400294p+3f, 0x1.80204p+3f, 0x1.fbc6d6p+3f,
    0x1.0001cp-3f, 0x1.8000d8p-2f, 0x1.40067cp-1f, 0x1.c00268p-1f,
};
V_CONST float SOFTPLUS_PIECES[6][16] = {
    {
        0x1.a4ffcap-1f, 0x1.b971bap-1f, 0x1.c730b4p-1f, 0x1.d0184ap-1f,
        0x1.d7b08p-1f, 0x1.dc237ep-1f, 0x1.ddcd48p-1f, 0x1.de6aap-1f,
        0x1.deb218p-1f, 0x1.dec3dcp-1f, 0x1.dec644p-1f, 0x1.dec6a2p-1f,
        0x1.57335ap-1f, 0x1.6c6a6cp-1f, 0x1.7f76c6p-1f, 0x1.9032b2p-1f,
    },
    {
        0x1.86bd8ep-4f, 0x1.0c650cp-4f, 0x1.60fc6p-5f, 0x1.c2c7f8p-6f,
        0x1.bca0e4p-7f, 0x1.4f1976p-8f, 0x1.f15dfap-10f, 0x1.6fb1b4p-11f,
        0x1.48afcep-13f, 0x1.64012ep-16f, 0x1.800e6ep-19f, 0x1.093bfap-24f,
        0x1.637acep-3f, 0x1.42a4bp-3f, 0x1.1e6c14p-3f, 0x1.f2443ap-4f,
    },
    {
        -0x1.1044e4p-5f, -0x1.ad692cp-6f, -0x1.33bd58p-6f, -0x1.9e7aecp-7f,
        -0x1.ab355ep-8f, -0x1.4a2cfcp-9f, -0x1.eea4dcp-11f, -0x1.6eecf8p-12f,
        -0x1.4823ccp-14f, -0x1.639824p-17f, -0x1.805b74p-20f, -0x1.0aebd4p-25f,
        -0x1.e5b89ep-6f, -0x1.175f6ap-5f, -0x1.28f358p-5f, -0x1.291482p-5f,
    },
    {
        0x1.fd0746p-9f, 0x1.4e436ap-8f, 0x1.2ea916p-8f, 0x1.ce69fap-9f,
        0x1.065cdap-9f, 0x1.ab510ep-11f, 0x1.462e78p-12f, 0x1.e747dcp-14f,
        0x1.b51638p-16f, 0x1.d9faa2p-19f, 0x1.ff9952p-22f, 0x1.0784cep-27f,
        -0x1.e8d6ccp-8f, -0x1.1feb46p-8f, -0x1.6727a2p-10f, 0x1.42c70ap-10f,
    },
    {
        0x1.43bffep-10f, 0x1.6f0d04p-14f, -0x1.e3dffap-12f, -0x1.2b7422p-11f,
        -0x1.b7475cp-12f, -0x1.94f508p-13f, -0x1.423792p-14f, -0x1.e91d3ap-16f,
        -0x1.c936f6p-18f, -0x1.f01f2ep-21f, -0x1.064802p-23f, -0x1.3b07cp-29f,
        0x1.7e7fbep-9f, 0x1.96c176p-9f, 0x1.76d2c6p-9f, 0x1.2d5bfcp-9f,
    },
    {
        -0x1.23153cp-11f, -0x1.6209e2p-12f, -0x1.d98488p-14f, 0x1.148138p-17f,
        0x1.b9f1bap-15f, 0x1.1b02b4p-15f, 0x1.ecc236p-17f, 0x1.80a17cp-18f,
        0x1.6c479p-20f, 0x1.8ce614p-23f, 0x1.aba7cap-26f, 0x1.428368p-30f,
        0x1.545ffap-12f, -0x1.d0e77ap-14f, -0x1.1da602p-12f, -0x1.0fbc9cp-11f,
    },
};
