/* Written by tools/coefficients.py from tools/minimax/normal_pieces_8.sollya (sha256 e7dbea1db71c617b).
 * POWER_0 a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: 8 polynomials
 * On [0, 14.6] its relative error is at most 2^-26.49. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[8] = {
    0x1.8000d8p+0f, 0x1.4005c8p+1f, 0x1p+2f, 0x1.80009p+2f,
    0x1.20068ap+3f, 0x1.99a222p+3f, 0x0p+0f, 0x1.8009cp-1f,
};
V_CONST float NORMAL_PIECES[8][8] = {
    {
        0x1.29d086p-2f, 0x1.54e7a4p-2f, 0x1.6c5bf4p-2f, 0x1.770128p-2f,
        0x1.7c531p-2f, 0x1.7e9a3ap-2f, 0x0p+0f, 0x1.b28846p-3f,
    },
    {
        0x1.0f96fep-4f, 0x1.a55182p-6f, 0x1.1c687ap-7f, 0x1.88d52ap-9f,
        0x1.f7d16ap-11f, 0x1.6a9e7ep-12f, 0x1.e269acp-2f, 0x1.47d426p-3f,
    },
    {
        -0x1.215fep-5f, -0x1.62c92ap-7f, -0x1.63351p-9f, -0x1.656bfcp-11f,
        -0x1.40e3f2p-13f, -0x1.4c12c2p-15f, -0x1.80e8dp-2f, -0x1.a8adacp-4f,
    },
    {
        0x1.fb9d76p-7f, 0x1.f692cp-9f, 0x1.7ce65ap-11f, 0x1.1b4a2ap-13f,
        0x1.678b34p-16f, 0x1.0cc76p-18f, 0x1.e26406p-3f, 0x1.bb4b7cp-5f,
    },
    {
        -0x1.86ad44p-8f, -0x1.3db798p-10f, -0x1.720692p-13f, -0x1.9cbb5cp-16f,
        -0x1.745cf6p-19f, -0x1.955072p-22f, -0x1.0051c4p-3f, -0x1.8ff356p-6f,
    },
    {
        0x1.10b2e4p-9f, 0x1.7154cap-12f, 0x1.4f6b74p-15f, 0x1.1b8a16p-18f,
        0x1.6f11c8p-22f, 0x1.241912p-25f, 0x1.db6dfap-5f, 0x1.438782p-7f,
    },
    {
        -0x1.6f7b24p-11f, -0x1.9dbc18p-14f, -0x1.3894aep-17f, -0x1.85c0f6p-21f,
        -0x1.850cfap-25f, -0x1.aba58ep-29f, -0x1.6e69d4p-6f, -0x1.e51d2ap-9f,
    },
    {
        0x1.c16c9p-13f, 0x1.a7d5b6p-16f, 0x1.045f64p-19f, 0x1.f05644p-24f,
        0x1.6f96ep-28f, 0x1.20959ap-32f, 0x1.5e9f98p-8f, 0x1.3b93a6p-10f,
    },
};
