/* Written by tools/coefficients.py from tools/minimax/softplus_pieces.sollya (sha256 15f31d1daf25b3d5).
 * POWER_0 e^a log(1 + e^-a) for 0 <= a <= 17.5: polynomials in a less the center
 * On [0, 17.5] its relative error is at most 2^-26.63. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[16] = {
    0x1.4p+0f, 0x1.c010f4p+0f, 0x1.2000c6p+1f, 0x1.6011b4p+1f,
    0x1.c0032cp+1f, 0x1.20034ep+2f, 0x1.600108p+2f, 0x1.a0038ep+2f,
    0x1.0002bp+3f, 0x1.4p+3f, 0x1.800198p+3f, 0x1.fa4e36p+3f,
    0x1.0004bp-3f, 0x1.8042cp-2f, 0x1.400078p-1f, 0x1.c002d8p-1f,
};
V_CONST float SOFTPLUS_PIECES[6][16] = {
    {
        0x1.91f22cp-1f, 0x1.a579eep-1f, 0x1.b2973ep-1f, 0x1.bb19e2p-1f,
        0x1.c25868p-1f, 0x1.c6973ap-1f, 0x1.c82ddcp-1f, 0x1.c8c474p-1f,
        0x1.c908b2p-1f, 0x1.c919a8p-1f, 0x1.c91bf4p-1f, 0x1.c91c4ep-1f,
        0x1.47abb4p-1f, 0x1.5bf1d8p-1f, 0x1.6e1bc6p-1f, 0x1.7e16b2p-1f,
    },
    {
        0x1.751266p-4f, 0x1.0032a2p-4f, 0x1.51084p-5f, 0x1.ae2b7ep-6f,
        0x1.a87972p-7f, 0x1.402d36p-8f, 0x1.db9c96p-10f, 0x1.5f15fap-11f,
        0x1.39d03cp-13f, 0x1.540096p-16f, 0x1.700d3ep-19f, 0x1.08ada4p-24f,
        0x1.5364ap-3f, 0x1.34027ap-3f, 0x1.1177b6p-3f, 0x1.dbb7dep-4f,
    },
    {
        -0x1.03f3f6p-5f, -0x1.99eb44p-6f, -0x1.25d3fap-6f, -0x1.8b8c3p-7f,
        -0x1.97d878p-8f, -0x1.3b77dcp-9f, -0x1.d900f6p-11f, -0x1.5e5ac2p-12f,
        -0x1.394734p-14f, -0x1.53961p-17f, -0x1.704e76p-20f, -0x1.082de2p-25f,
        -0x1.cfbeb8p-6f, -0x1.0ac1d4p-5f, -0x1.1b833ap-5f, -0x1.1ba2ecp-5f,
    },
    {
        0x1.e5f2aap-9f, 0x1.3f2532p-8f, 0x1.20f9cap-8f, 0x1.b9546cp-9f,
        0x1.f4f02cp-10f, 0x1.98460cp-11f, 0x1.37e882p-12f, 0x1.d144fap-14f,
        0x1.a14d96p-16f, 0x1.c4aadp-19f, 0x1.ea59ep-22f, 0x1.0bafd4p-27f,
        -0x1.d2cd9ep-8f, -0x1.12b192p-8f, -0x1.5647c8p-10f, 0x1.34561ap-10f,
    },
    {
        0x1.3517bcp-10f, 0x1.5cb2c2p-14f, -0x1.ce3748p-12f, -0x1.1d99e4p-11f,
        -0x1.a35d52p-12f, -0x1.82e914p-13f, -0x1.34195p-14f, -0x1.d2e39cp-16f,
        -0x1.b4b27ap-18f, -0x1.da2496p-21f, -0x1.f73d6cp-24f, -0x1.4e9f8ap-29f,
        0x1.6df8ap-9f, 0x1.84efe4p-9f, 0x1.66dd2ap-9f, 0x1.1f7162p-9f,
    },
    {
        -0x1.153544p-11f, -0x1.527426p-12f, -0x1.c69a68p-14f, 0x1.1f2132p-17f,
        0x1.a6aa22p-15f, 0x1.0e4818p-15f, 0x1.d6b6aap-17f, 0x1.6f4eap-18f,
        0x1.5bd67cp-20f, 0x1.7b1178p-23f, 0x1.9812f6p-26f, 0x1.33859ep-30f,
        0x1.9060aap-12f, -0x1.af4fa4p-14f, -0x1.b1785ap-12f, -0x1.142eb8p-11f,
    },
};
