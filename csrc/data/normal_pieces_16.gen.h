/* Written by tools/coefficients.py from tools/minimax/normal_pieces_16.sollya (sha256 35981deafc45a983).
 * POWER_0 a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: 16 polynomials
 * On [0, 14.6] its relative error is at most 2^-28.62. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[16] = {
    0x1.400334p+0f, 0x1.c0078cp+0f, 0x1.200bdp+1f, 0x1.600478p+1f,
    0x1.c00b44p+1f, 0x1.200048p+2f, 0x1.600016p+2f, 0x1.a0086ep+2f,
    0x1.00017p+3f, 0x1.400474p+3f, 0x1.80003p+3f, 0x1.b9e486p+3f,
    0x0p+0f, 0x1.800618p-2f, 0x1.4000ap-1f, 0x1.c006acp-1f,
};
V_CONST float NORMAL_PIECES[7][16] = {
    {
        0x1.07b62cp-2f, 0x1.285bp-2f, 0x1.3c12a6p-2f, 0x1.48a8aep-2f,
        0x1.5448d4p-2f, 0x1.5ce18p-2f, 0x1.61b2c4p-2f, 0x1.64a3fep-2f,
        0x1.67456cp-2f, 0x1.692dccp-2f, 0x1.6a3d5ap-2f, 0x1.6ad68ep-2f,
        0x0p+0f, 0x1.044b3ap-3f, 0x1.71868cp-3f, 0x1.bf9d64p-3f,
    },
    {
        0x1.52c66ap-4f, 0x1.8d7dd4p-5f, 0x1.efa33p-6f, 0x1.454532p-6f,
        0x1.75a792p-7f, 0x1.8fba0ap-8f, 0x1.d7328ep-9f, 0x1.2ab3dep-9f,
        0x1.4e03b4p-10f, 0x1.608b92p-11f, 0x1.9f1e5cp-12f, 0x1.130d06p-12f,
        0x1.c91c5p-2f, 0x1.0310e8p-2f, 0x1.6e494cp-3f, 0x1.08ea8p-3f,
    },
    {
        -0x1.809804p-5f, -0x1.8e3344p-6f, -0x1.b964b8p-7f, -0x1.0376d8p-7f,
        -0x1.000c86p-8f, -0x1.c9a48ap-10f, -0x1.ccaed6p-11f, -0x1.fbe8b8p-12f,
        -0x1.d96a58p-13f, -0x1.9777fcp-14f, -0x1.94448cp-15f, -0x1.d46b54p-16f,
        -0x1.6cb8a8p-2f, -0x1.73fe54p-3f, -0x1.eae77ap-4f, -0x1.4bd78p-4f,
    },
    {
        0x1.6505eap-6f, 0x1.4a5f6p-7f, 0x1.491282p-8f, 0x1.5da806p-9f,
        0x1.2b8da2p-10f, 0x1.c3ead6p-12f, 0x1.874542p-13f, 0x1.790514p-14f,
        0x1.26534cp-15f, 0x1.9ef614p-17f, 0x1.5bb66ap-18f, 0x1.60e36cp-19f,
        0x1.c9173p-3f, 0x1.a92194p-4f, 0x1.080356p-4f, 0x1.5041d8p-5f,
    },
    {
        -0x1.2199f2p-7f, -0x1.e3abc6p-9f, -0x1.b47e9cp-10f, -0x1.a680f2p-11f,
        -0x1.3cc77ep-12f, -0x1.96d888p-14f, -0x1.30265cp-15f, -0x1.01f49p-16f,
        -0x1.52e4cep-18f, -0x1.8a414cp-20f, -0x1.16a336p-21f, -0x1.086faap-22f,
        -0x1.e58b86p-4f, -0x1.a02af4p-5f, -0x1.e97a52p-6f, -0x1.27028ep-6f,
    },
    {
        0x1.ad6f2cp-9f, 0x1.4565fep-10f, 0x1.0b3dd2p-11f, 0x1.d8ff96p-13f,
        0x1.3e164cp-14f, 0x1.5c2a1cp-16f, 0x1.c2fa24p-18f, 0x1.509462p-19f,
        0x1.7d5e2ap-21f, 0x1.66d966p-23f, 0x1.b01754p-25f, 0x1.4dee8ep-26f,
        0x1.bcb7e2p-5f, 0x1.6b0f4ap-6f, 0x1.96d68cp-7f, 0x1.cedcaap-8f,
    },
    {
        -0x1.231d46p-10f, -0x1.8f6e4ep-12f, -0x1.2f4cfap-13f, -0x1.bc0764p-15f,
        -0x1.27b8eep-16f, -0x1.18d5bcp-18f, -0x1.76191ap-20f, -0x1.9ee336p-22f,
        -0x1.93690ep-24f, -0x1.01e824p-26f, -0x1.41280cp-28f, 0x1.dfa9a4p-27f,
        -0x1.257f7ep-6f, -0x1.32f826p-7f, -0x1.3adc1p-8f, -0x1.c1daep-9f,
    },
};
