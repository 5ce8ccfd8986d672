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
        -0x1.9a5c86p-5f, -0x1.a8e0fp-6f, -0x1.d72b12p-7f, -0x1.14e9e2p-7f,
        -0x1.114c8ap-8f, -0x1.e83954p-10f, -0x1.eb8e06p-11f, -0x1.0f1b0ap-11f,
        -0x1.f919b8p-13f, -0x1.b2f366p-14f, -0x1.af386ep-15f, -0x1.f53c0cp-16f,
        -0x1.854516p-2f, -0x1.8d077ap-3f, -0x1.05f6f4p-3f, -0x1.6232a6p-4f,
    },
    {
        0x1.7cec36p-6f, 0x1.607d78p-7f, 0x1.5f492p-8f, 0x1.752d7ep-9f,
        0x1.3fbd16p-10f, 0x1.e2135ap-12f, 0x1.a1773p-13f, 0x1.9280c2p-14f,
        0x1.3a0042p-15f, 0x1.baf04ap-17f, 0x1.72d57cp-18f, 0x1.79b78cp-19f,
        0x1.e7dae2p-3f, 0x1.c5bd06p-4f, 0x1.19c5aep-4f, 0x1.66e72ap-5f,
    },
    {
        -0x1.34f9dcp-7f, -0x1.02012p-8f, -0x1.d1a4cp-10f, -0x1.c3555ep-11f,
        -0x1.52216ap-12f, -0x1.b21316p-14f, -0x1.452d4cp-15f, -0x1.118fcp-16f,
        -0x1.697faep-18f, -0x1.a2773ap-20f, -0x1.251446p-21f, -0x1.ec15bep-23f,
        -0x1.031968p-3f, -0x1.bc43a2p-5f, -0x1.055178p-5f, -0x1.3b0056p-6f,
    },
    {
        0x1.ca6256p-9f, 0x1.5b03bp-10f, 0x1.1c7ad6p-11f, 0x1.f6e5cap-13f,
        0x1.538106p-14f, 0x1.731284p-16f, 0x1.e1eca2p-18f, 0x1.65d662p-19f,
        0x1.96a57cp-21f, 0x1.7f63d2p-23f, 0x1.ca0882p-25f, 0x1.655cccp-26f,
        0x1.da6a14p-5f, 0x1.844d58p-6f, 0x1.b27eb4p-7f, 0x1.f2057ap-8f,
    },
    {
        -0x1.3691f6p-10f, -0x1.ac0572p-12f, -0x1.5aeaf4p-13f, -0x1.94ffp-15f,
        -0x1.3ba038p-16f, -0x1.27ef2p-18f, -0x1.59740cp-20f, -0x1.74871ep-21f,
        -0x1.aee516p-24f, -0x1.6c2a72p-26f, -0x1.530e7ep-27f, -0x1.6325c4p-26f,
        -0x1.3887dcp-6f, -0x1.388786p-7f, -0x1.2e1244p-8f, -0x1.b7548p-9f,
    },
};
