/* Written by tools/coefficients.py from tools/minimax/normal_pieces_16.sollya (sha256 35981deafc45a983).
 * POWER_0 a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: 16 polynomials
 * On [0, 14.6] its relative error is at most 2^-28.53. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[16] = {
    0x1.4010ccp+0f, 0x1.c016dcp+0f, 0x1.2007cep+1f, 0x1.60061ap+1f,
    0x1.c00914p+1f, 0x1.200a44p+2f, 0x1.6006f6p+2f, 0x1.a002bep+2f,
    0x1.0007bp+3f, 0x1.40028p+3f, 0x1.8010c8p+3f, 0x1.b9a222p+3f,
    0x0p+0f, 0x1.8006fp-2f, 0x1.40032p-1f, 0x1.c001a4p-1f,
};
V_CONST float NORMAL_PIECES[7][16] = {
    {
        0x1.197aeep-2f, 0x1.3c509cp-2f, 0x1.5157ccp-2f, 0x1.5ec802p-2f,
        0x1.6b2ffcp-2f, 0x1.745e08p-2f, 0x1.7981bp-2f, 0x1.7ca4f8p-2f,
        0x1.7f7438p-2f, 0x1.817d26p-2f, 0x1.829f4p-2f, 0x1.8341f2p-2f,
        0x0p+0f, 0x1.15d0cp-3f, 0x1.8a67acp-3f, 0x1.ddbb5ep-3f,
    },
    {
        0x1.697dfcp-4f, 0x1.a8258p-5f, 0x1.088714p-5f, 0x1.5b2652p-6f,
        0x1.8ed29ap-7f, 0x1.aa7b8cp-8f, 0x1.f6cf4p-9f, 0x1.3edacap-9f,
        0x1.64665cp-10f, 0x1.784cd6p-11f, 0x1.bad74p-12f, 0x1.26123p-12f,
        0x1.e7e0bp-2f, 0x1.14807ep-2f, 0x1.86ee24p-3f, 0x1.1ac2b2p-3f,
    },
    {
        -0x1.9a5c86p-5f, -0x1.a8e0ecp-6f, -0x1.d72b18p-7f, -0x1.14e9e6p-7f,
        -0x1.114c8ap-8f, -0x1.e8395ap-10f, -0x1.eb8e06p-11f, -0x1.0f1b0cp-11f,
        -0x1.f919b8p-13f, -0x1.b2f36cp-14f, -0x1.af387p-15f, -0x1.f53c0cp-16f,
        -0x1.854516p-2f, -0x1.8d077ap-3f, -0x1.05f6f2p-3f, -0x1.6232a6p-4f,
    },
    {
        0x1.7cec36p-6f, 0x1.607d7ep-7f, 0x1.5f4916p-8f, 0x1.752d78p-9f,
        0x1.3fbd16p-10f, 0x1.e21352p-12f, 0x1.a1773p-13f, 0x1.9280c2p-14f,
        0x1.3a0042p-15f, 0x1.baf044p-17f, 0x1.72d576p-18f, 0x1.79b77ep-19f,
        0x1.e7dae2p-3f, 0x1.c5bd06p-4f, 0x1.19c5b2p-4f, 0x1.66e728p-5f,
    },
    {
        -0x1.34f9dcp-7f, -0x1.0203f6p-8f, -0x1.d19c68p-10f, -0x1.c3499cp-11f,
        -0x1.52216ap-12f, -0x1.b20edap-14f, -0x1.452d46p-15f, -0x1.118cf6p-16f,
        -0x1.697faep-18f, -0x1.a272dep-20f, -0x1.25128p-21f, -0x1.ec1708p-23f,
        -0x1.031968p-3f, -0x1.bc43a2p-5f, -0x1.055748p-5f, -0x1.3b007cp-6f,
    },
    {
        0x1.ca6256p-9f, 0x1.5b0042p-10f, 0x1.1c80ap-11f, 0x1.f6ec8p-13f,
        0x1.538106p-14f, 0x1.7314cep-16f, 0x1.e1ec9cp-18f, 0x1.65d5f8p-19f,
        0x1.96a57cp-21f, 0x1.7f6588p-23f, 0x1.ca0c9ep-25f, 0x1.656cdep-26f,
        0x1.da6a14p-5f, 0x1.844d58p-6f, 0x1.b275bp-7f, 0x1.f209dep-8f,
    },
    {
        -0x1.3691f6p-10f, -0x1.aa22b6p-12f, -0x1.5da5a4p-13f, -0x1.9d0a3cp-15f,
        -0x1.3ba038p-16f, -0x1.28a2dp-18f, -0x1.597778p-20f, -0x1.756fe8p-21f,
        -0x1.aee516p-24f, -0x1.6ce85p-26f, -0x1.536726p-27f, -0x1.630efap-26f,
        -0x1.3887dcp-6f, -0x1.388788p-7f, -0x1.262874p-8f, -0x1.b6efbep-9f,
    },
};
