/* Written by tools/coefficients.py from tools/minimax/softplus_pieces_8.sollya (sha256 c5d51df36e6b5203).
 * POWER_0 e^a log(1 + e^-a) for 0 <= a <= 17.5: 8 polynomials in a less the center
 * On [0, 17.5] its relative error is at most 2^-24.95. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[8] = {
    0x1.800018p+0f, 0x1.40008cp+1f, 0x1.0009dp+2f, 0x1.80084p+2f,
    0x1.20032ap+3f, 0x1.c91004p+3f, 0x1.0002fp-2f, 0x1.8006d8p-1f,
};
V_CONST float SOFTPLUS_PIECES[7][8] = {
    {
        0x1.b864b8p-1f, 0x1.d4e3p-1f, 0x1.e3775ap-1f, 0x1.e7463ap-1f,
        0x1.e7d8fcp-1f, 0x1.e7e0a6p-1f, 0x1.68cbf4p-1f, 0x1.8f940ap-1f,
    },
    {
        0x1.4c22cep-4f, 0x1.204998p-5f, 0x1.16f054p-7f, 0x1.346b0ap-10f,
        0x1.eda4d8p-15f, 0x1.4a0496p-22f, 0x1.5a168p-3f, 0x1.10ddccp-3f,
    },
    {
        -0x1.f3f8b4p-6f, -0x1.02efeap-6f, -0x1.103d38p-8f, -0x1.336666p-11f,
        -0x1.ed661ep-16f, -0x1.49d44cp-23f, -0x1.0c7d38p-5f, -0x1.30b31cp-5f,
    },
    {
        0x1.3f497p-8f, 0x1.11b942p-8f, 0x1.599b84p-10f, 0x1.96d0c2p-13f,
        0x1.42bf72p-17f, 0x1.6ea88ep-25f, -0x1.8d5ebep-8f, 0x1.7768fep-19f,
    },
    {
        0x1.38b9dap-11f, -0x1.2a2734p-11f, -0x1.38015p-12f, -0x1.91883cp-15f,
        -0x1.4340aap-19f, -0x1.6c0c04p-27f, 0x1.9bd4ccp-9f, 0x1.5c4adp-9f,
    },
    {
        -0x1.ec4decp-12f, -0x1.6a27dep-15f, 0x1.840f88p-15f, 0x1.43d65ep-17f,
        0x1.34232cp-21f, 0x1.0442fep-28f, 0x1.3adf26p-13f, -0x1.e3b42ep-12f,
    },
    {
        0x1.3aa0aep-14f, 0x1.5dcf64p-15f, -0x1.cc465ap-19f, -0x1.952698p-20f,
        -0x1.9616bep-24f, -0x1.602c8p-31f, -0x1.028544p-12f, -0x1.a8175cp-14f,
    },
};
