/* Written by tools/coefficients.py from tools/minimax/softplus_pieces_8.sollya (sha256 c5d51df36e6b5203).
 * POWER_0 e^a log(1 + e^-a) for 0 <= a <= 17.5: 8 polynomials in a less the center
 * On [0, 17.5] its relative error is at most 2^-24.96. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[8] = {
    0x1.8003cp+0f, 0x1.400604p+1f, 0x1.000b1p+2f, 0x1.800558p+2f,
    0x1.2002bep+3f, 0x1.c8b3ecp+3f, 0x1.0001fp-2f, 0x1.8007f8p-1f,
};
V_CONST float SOFTPLUS_PIECES[7][8] = {
    {
        0x1.b37674p-1f, 0x1.cfa334p-1f, 0x1.de0d12p-1f, 0x1.e1d0eap-1f,
        0x1.e2620ep-1f, 0x1.e269a2p-1f, 0x1.64c144p-1f, 0x1.8b1a6p-1f,
    },
    {
        0x1.4866dcp-4f, 0x1.1d03fap-5f, 0x1.13cb36p-7f, 0x1.31047p-10f,
        0x1.e824a6p-15f, 0x1.4a1316p-22f, 0x1.563636p-3f, 0x1.0dcf02p-3f,
    },
    {
        -0x1.ee5ba6p-6f, -0x1.0000bap-6f, -0x1.0d2b9ep-8f, -0x1.30029cp-11f,
        -0x1.e7e794p-16f, -0x1.495306p-23f, -0x1.097b6p-5f, -0x1.2d497ep-5f,
    },
    {
        0x1.3bb78p-8f, 0x1.0ea1eep-8f, 0x1.55b61ep-10f, 0x1.925438p-13f,
        0x1.3f233cp-17f, 0x1.6e783ep-25f, -0x1.88f7bp-8f, 0x1.6a0cep-19f,
    },
    {
        0x1.352b5cp-11f, -0x1.26d42p-11f, -0x1.347c3ap-12f, -0x1.8d1b14p-15f,
        -0x1.3fa07cp-19f, -0x1.6ef676p-27f, 0x1.97bc52p-9f, 0x1.58adcap-9f,
    },
    {
        -0x1.e6a95ap-12f, -0x1.6596e6p-15f, 0x1.7fbafap-15f, 0x1.404374p-17f,
        0x1.30bbdep-21f, 0x1.045fc2p-28f, 0x1.4867e8p-13f, -0x1.dc15c6p-12f,
    },
    {
        0x1.36ef0cp-14f, 0x1.59b87p-15f, -0x1.c78a74p-19f, -0x1.909bcep-20f,
        -0x1.91a23p-24f, -0x1.5c6e96p-31f, -0x1.29c098p-12f, -0x1.fc95fp-14f,
    },
};
