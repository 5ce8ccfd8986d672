/* Written by tools/coefficients.py from tools/minimax/normal_pieces_16.sollya (sha256 35981deafc45a983).
 * POWER_0 a Phi(-a) e^(a^2/2), e^LN2 taken for 2, for 0 <= a <= 14.6: 16 polynomials
 * On [0, 14.6] its relative error is at most 2^-28.64. */
#pragma once
V_CONST float NORMAL_PIECES_CENTER[16] = {
    0x1.40044cp+0f, 0x1.c002bcp+0f, 0x1.200036p+1f, 0x1.600226p+1f,
    0x1.c007c4p+1f, 0x1.200af8p+2f, 0x1.60037p+2f, 0x1.a0503cp+2f,
    0x1.00094p+3f, 0x1.4001a4p+3f, 0x1.800018p+3f, 0x1.b9a72ap+3f,
    0x0p+0f, 0x1.800108p-2f, 0x1.4008d4p-1f, 0x1.c0032cp-1f,
};
V_CONST float NORMAL_PIECES[7][16] = {
    {
        0x1.164f68p-2f, 0x1.38c17p-2f, 0x1.4d8e82p-2f, 0x1.5ad976p-2f,
        0x1.671e66p-2f, 0x1.703252p-2f, 0x1.7546f4p-2f, 0x1.78646ep-2f,
        0x1.7b28b6p-2f, 0x1.7d2bb8p-2f, 0x1.7e4a5ep-2f, 0x1.7eeb82p-2f,
        0x0p+0f, 0x1.12b0f2p-3f, 0x1.8601p-3f, 0x1.d86248p-3f,
    },
    {
        0x1.658532p-4f, 0x1.a38646p-5f, 0x1.059e5ap-5f, 0x1.574b5p-6f,
        0x1.8a5dbcp-7f, 0x1.a5b1f2p-8f, 0x1.f13accp-9f, 0x1.3aa662p-9f,
        0x1.606246p-10f, 0x1.7418bp-11f, 0x1.b618fcp-12f, 0x1.22bd3p-12f,
        0x1.e269acp-2f, 0x1.1169ep-2f, 0x1.82875cp-3f, 0x1.1796d2p-3f,
    },
    {
        -0x1.95df66p-5f, -0x1.a447b6p-6f, -0x1.d202d8p-7f, -0x1.11d874p-7f,
        -0x1.0e3f5p-8f, -0x1.e2bdb2p-10f, -0x1.e61e88p-11f, -0x1.0b5a9ap-11f,
        -0x1.f365bcp-13f, -0x1.ae17p-14f, -0x1.aa9f8ap-15f, -0x1.ef6ffap-16f,
        -0x1.80e8d6p-2f, -0x1.8898d8p-3f, -0x1.030322p-3f, -0x1.5e393ap-4f,
    },
    {
        0x1.78c7p-6f, 0x1.5cb22ep-7f, 0x1.5b7566p-8f, 0x1.710aaep-9f,
        0x1.3c2ae8p-10f, 0x1.dca5a8p-12f, 0x1.9cdd38p-13f, 0x1.8cb51ap-14f,
        0x1.36727ep-15f, 0x1.b5f714p-17f, 0x1.6efaa4p-18f, 0x1.756594p-19f,
        0x1.e26414p-3f, 0x1.c0aacp-4f, 0x1.1696aap-4f, 0x1.62dd34p-5f,
    },
    {
        -0x1.319d26p-7f, -0x1.fe7a72p-9f, -0x1.cca4eap-10f, -0x1.be1f22p-11f,
        -0x1.4e5872p-12f, -0x1.ad12bap-14f, -0x1.40f7f2p-15f, -0x1.10c65ap-16f,
        -0x1.6570d4p-18f, -0x1.9e9ba4p-20f, -0x1.29ec04p-21f, -0x1.0cecp-22f,
        -0x1.0033fp-3f, -0x1.b75cfp-5f, -0x1.024d8ap-5f, -0x1.37d744p-6f,
    },
    {
        0x1.c4f9bcp-9f, 0x1.5789bap-10f, 0x1.195216p-11f, 0x1.f33e52p-13f,
        0x1.4fd9ecp-14f, 0x1.6f611cp-16f, 0x1.dbb3f8p-18f, 0x1.607296p-19f,
        0x1.9223d2p-21f, 0x1.7d082ep-23f, 0x1.c57ap-25f, 0x1.62aaeep-26f,
        0x1.d53384p-5f, 0x1.81a07cp-6f, 0x1.af84bap-7f, 0x1.f0be16p-8f,
    },
    {
        -0x1.33d2cep-10f, -0x1.a7b994p-12f, -0x1.52b0b4p-13f, -0x1.b6a2acp-15f,
        -0x1.387acap-16f, -0x1.2845acp-18f, -0x1.873926p-20f, -0x1.83db56p-23f,
        -0x1.a8e7aap-24f, -0x1.4b7fbep-26f, -0x1.33954ep-32f, 0x1.30d07p-28f,
        -0x1.3555eap-6f, -0x1.29b44ap-7f, -0x1.3c2f0ap-8f, -0x1.379864p-9f,
    },
};
