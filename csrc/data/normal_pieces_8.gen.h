/* Written by tools/coefficients.py from tools/minimax/normal_pieces_8.sollya (sha256 e7dbea1db71c617b).
 * POWER_0 a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: 8 polynomials
 * On [0, 14.6] its relative error is at most 2^-26.43. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[8] = {
    0x1.800768p+0f, 0x1.400578p+1f, 0x1.0006p+2f, 0x1.8017dp+2f,
    0x1.200264p+3f, 0x1.99bd8ep+3f, 0x0p+0f, 0x1.80024p-1f,
};
V_CONST float NORMAL_PIECES[8][8] = {
    {
        0x1.27937cp-2f, 0x1.5255a6p-2f, 0x1.699d96p-2f, 0x1.742e86p-2f,
        0x1.7974eep-2f, 0x1.7bb82p-2f, 0x0p+0f, 0x1.af3ce2p-3f,
    },
    {
        0x1.0d837ap-4f, 0x1.a2253ep-6f, 0x1.1a330ep-7f, 0x1.859e9ap-9f,
        0x1.f419bap-11f, 0x1.679c18p-12f, 0x1.dec6a4p-2f, 0x1.4561a2p-3f,
    },
    {
        -0x1.1f27b6p-5f, -0x1.601d5ep-7f, -0x1.606cf6p-9f, -0x1.626d98p-11f,
        -0x1.3e89e6p-13f, -0x1.493a02p-15f, -0x1.7e01f4p-2f, -0x1.a583c2p-4f,
    },
    {
        0x1.f7b5e8p-7f, 0x1.f2caecp-9f, 0x1.79e5aap-11f, 0x1.18de66p-13f,
        0x1.64ecbap-16f, 0x1.0a69c8p-18f, 0x1.dec0d6p-3f, 0x1.b7fe8cp-5f,
    },
    {
        -0x1.83aa0ap-8f, -0x1.3b530ep-10f, -0x1.6f1556p-13f, -0x1.9920f8p-16f,
        -0x1.71aeecp-19f, -0x1.92890ap-22f, -0x1.fcc30ep-4f, -0x1.8cf44cp-6f,
    },
    {
        0x1.0e96bep-9f, 0x1.6e6e2ap-12f, 0x1.4c9d32p-15f, 0x1.18a784p-18f,
        0x1.6c8332p-22f, 0x1.2187f4p-25f, 0x1.d7c238p-5f, 0x1.41b1b2p-7f,
    },
    {
        -0x1.6c9fe4p-11f, -0x1.9ab0b8p-14f, -0x1.360f3ap-17f, -0x1.820a02p-21f,
        -0x1.822b6p-25f, -0x1.90a522p-29f, -0x1.6b5cbp-6f, -0x1.e49a92p-9f,
    },
    {
        0x1.be046cp-13f, 0x1.a8b23ap-16f, 0x1.03669ep-19f, 0x1.f929fcp-24f,
        0x1.6c3ee2p-28f, 0x1.1bcf46p-32f, 0x1.5b4002p-8f, 0x1.0a221cp-10f,
    },
};
