/* Written by tools/coefficients.py from tools/minimax/gelu_grad_pieces.sollya (sha256 3c8b033cb1e61b41).
 * Phi(-a) - a phi(a), beyond 2 over what e^(-a^2/2) is if 2 is taken for e^LN2: polynomials in a
 * On [0, 14.65] its relative error is at most 2^-24.11. */
#pragma once
V_CONST float GELU_GRAD_PIECES_CENTER[16] = {
    0x1.4p+0f, 0x1.c0031p+0f, 0x1.200144p+1f, 0x1.600134p+1f,
    0x1.c00348p+1f, 0x1.200012p+2f, 0x1.6006f6p+2f, 0x1.a0083ap+2f,
    0x1.0006ap+3f, 0x1.40003cp+3f, 0x1.80006p+3f, 0x1.ba6c32p+3f,
    0x0p+0f, 0x1.8000a8p-2f, 0x1.80ead2p-1f, 0x1.80ead2p-1f,
};
V_CONST float GELU_GRAD_PIECES[7][16] = {
    {
        -0x1.f66bfep-4f, -0x1.c65602p-4f, -0x1.7cebbp-1f, -0x1.eec9b4p-1f,
        -0x1.4a3d24p+0f, -0x1.b5df4ep+0f, -0x1.0fdfb4p+1f, -0x1.4443ap+1f,
        -0x1.924566p+1f, -0x1.f99736p+1f, -0x1.30468cp+2f, -0x1.5f2a36p+2f,
        0x1p-1f, 0x1.b70e5ap-3f, -0x1.6737d8p-28f, -0x1.6737d8p-28f,
    },
    {
        -0x1.474ecap-4f, 0x1.77818ep-4f, -0x1.cf04b4p-2f, -0x1.c0e97ep-2f,
        -0x1.b3e434p-2f, -0x1.aa427cp-2f, -0x1.a4dca8p-2f, -0x1.a1916ep-2f,
        -0x1.9e9eep-2f, -0x1.9c7c2cp-2f, -0x1.9b4be2p-2f, -0x1.9a9efcp-2f,
        -0x1.988454p-1f, -0x1.62016p-1f, -0x1.b9d98ep-2f, -0x1.b9d98ep-2f,
    },
    {
        0x1.1ceed4p-2f, 0x1.21d368p-4f, 0x1.15a848p-6f, 0x1.6c5ae8p-7f,
        0x1.a29864p-8f, 0x1.bfbbc6p-9f, 0x1.07d5ecp-9f, 0x1.4e913ap-10f,
        0x1.760bc8p-11f, 0x1.8af5c6p-12f, 0x1.d1025cp-13f, 0x1.3327acp-13f,
        0x1.ba97eep-20f, 0x1.138bdp-2f, 0x1.8d9aeep-2f, 0x1.8d9a4p-2f,
    },
    {
        -0x1.1843e8p-3f, -0x1.da9f7cp-4f, -0x1.49bbe8p-8f, -0x1.839ce6p-9f,
        -0x1.7e7ca4p-10f, -0x1.55ab74p-11f, -0x1.57dc8ep-12f, -0x1.7af012p-13f,
        -0x1.6154fcp-14f, -0x1.307cb4p-15f, -0x1.2d8794p-16f, -0x1.5bc6b2p-17f,
        0x1.104d84p-2f, 0x1.81477ep-3f, 0x1.2ab982p-6f, 0x1.2ab4bep-6f,
    },
    {
        -0x1.fb7ad8p-6f, 0x1.4510d2p-5f, 0x1.6ff5a8p-10f, 0x1.89266ep-11f,
        0x1.4f3a6ep-12f, 0x1.f93684p-14f, 0x1.b6ca74p-15f, 0x1.ac8eb4p-16f,
        0x1.49cdb4p-17f, 0x1.d08068p-19f, 0x1.88faeap-20f, 0x1.2a43c4p-21f,
        0x1.eddeaap-12f, -0x1.881762p-4f, -0x1.d19252p-4f, -0x1.d472b8p-4f,
    },
    {
        0x1.44781ap-5f, 0x1.905e9ap-7f, -0x1.85960ep-12f, -0x1.6c2472p-13f,
        -0x1.1eb1p-14f, -0x1.754672p-16f, -0x1.16c24p-17f, -0x1.067f74p-18f,
        -0x1.373cep-20f, -0x1.5404eap-22f, -0x1.1a2d1ap-23f, -0x1.198d56p-24f,
        -0x1.007b8p-4f, -0x1.1bcb58p-5f, 0x1.0dfedap-6f, 0x1.1295e2p-6f,
    },
    {
        -0x1.6d0cd8p-9f, -0x1.704372p-7f, 0x1.0ad738p-13f, 0x1.0b26b6p-16f,
        0x1.fc248p-17f, 0x1.286f8ap-18f, 0x1.183bd2p-20f, -0x1.21975cp-21f,
        0x1.12c054p-23f, 0x1.28c732p-25f, 0x1.5a32bep-33f, 0x1.7345e2p-23f,
        0x1.0abc3p-7f, 0x1.54bbeap-6f, 0x1.818ad4p-6f, 0x1.d1cf36p-7f,
    },
};
