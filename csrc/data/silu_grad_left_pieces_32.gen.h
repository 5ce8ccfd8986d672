/* Written by tools/coefficients.py from tools/minimax/silu_grad_left_pieces.sollya (sha256 aeacbbed0ad5b6b3).
 * The derivative of silu at -a: polynomials in a less the center
 * On [0, 20.5945] its relative error is at most 2^-25.10. */
#pragma once
#define SILU_GRAD_LEFT_PIECES_PER 0x1.08p+1f
#define SILU_GRAD_LEFT_PIECES_STEEP -0x1.a8p-6f
V_CONST float SILU_GRAD_LEFT_PIECES_CENTER[32] = {
    0x0p+0f, 0x1.77dd0ep-1f, 0x1.3b2e0ep+0f, 0x1.474974p+0f,
    0x1.bc1902p+0f, 0x1.61998ep+1f, 0x1.a4c92cp+1f, 0x1.e8ef4cp+1f,
    0x1.170b8p+2f, 0x1.3a3294p+2f, 0x1.5dd3bcp+2f, 0x1.82120ap+2f,
    0x1.a6f8dep+2f, 0x1.cc8468p+2f, 0x1.f2b6ecp+2f, 0x1.0cdb7ap+3f,
    0x1.20b266p+3f, 0x1.34fa96p+3f, 0x1.49b844p+3f, 0x1.5ed554p+3f,
    0x1.7480eep+3f, 0x1.8aa564p+3f, 0x1.a168eap+3f, 0x1.b8d86p+3f,
    0x1.d0dbeap+3f, 0x1.e9a5e4p+3f, 0x1.01a33cp+4f, 0x1.0ee272p+4f,
    0x1.1ca1b6p+4f, 0x1.2aed98p+4f, 0x1.39ddcap+4f, 0x1.498628p+4f,
};
V_CONST float SILU_GRAD_LEFT_PIECES[7][32] = {
    {
        0x1p-1f, 0x1.4eb4b4p-3f, 0x1.5c5a72p-7f, -0x1.848b9ep-29f,
        -0x1.238ab8p-4f, -0x1.84ce4cp-4f, -0x1.3fe44ep-4f, -0x1.e157aep-5f,
        -0x1.5595d6p-5f, -0x1.d0c042p-6f, -0x1.327934p-6f, -0x1.89a77ep-7f,
        -0x1.ee26bep-8f, -0x1.2ffd08p-8f, -0x1.6f3cbp-9f, -0x1.b3540ep-10f,
        -0x1.fbb75cp-11f, -0x1.22b21ap-11f, -0x1.46dd6p-12f, -0x1.69edap-13f,
        -0x1.88bfc4p-14f, -0x1.a2cb26p-15f, -0x1.b50c34p-16f, -0x1.bdcc32p-17f,
        -0x1.bdb47p-18f, -0x1.b25824p-19f, -0x1.9bd562p-20f, -0x1.7ba21cp-21f,
        -0x1.52e4e4p-22f, -0x1.241e66p-23f, -0x1.e39a82p-25f, -0x1.7e9e58p-26f,
    },
    {
        -0x1p-1f, -0x1.86e304p-2f, -0x1.dabb58p-3f, -0x1.be141p-3f,
        -0x1.9a3a5cp-4f, 0x1.8d8d5cp-6f, 0x1.2abf36p-5f, 0x1.1cdeaep-5f,
        0x1.cb3a8ep-6f, 0x1.51f54cp-6f, 0x1.d5d43ap-7f, 0x1.3951ccp-7f,
        0x1.94947ap-8f, 0x1.fcd976p-9f, 0x1.38d7b2p-9f, 0x1.784dd4p-10f,
        0x1.bc4af6p-11f, 0x1.011242p-11f, 0x1.23b57cp-12f, 0x1.4596f8p-13f,
        0x1.63d4f4p-14f, 0x1.7dd5cep-15f, 0x1.90c21cp-16f, 0x1.9ae786p-17f,
        0x1.9cc132p-18f, 0x1.93f934p-19f, 0x1.809058p-20f, 0x1.63cd5ap-21f,
        0x1.3eb584p-22f, 0x1.13994ep-23f, 0x1.c9a052p-25f, 0x1.6b1792p-26f,
    },
    {
        0x1.a1598ep-24f, 0x1.206784p-3f, 0x1.3164b6p-3f, 0x1.2c5644p-3f,
        0x1.b9d96ep-4f, 0x1.714706p-6f, 0x1.9c2184p-9f, -0x1.418c84p-8f,
        -0x1.c50b8cp-8f, -0x1.9e48c4p-8f, -0x1.435aeap-8f, -0x1.cf5a18p-9f,
        -0x1.3a09fap-9f, -0x1.9908aep-10f, -0x1.023698p-10f, -0x1.3d202p-11f,
        -0x1.7cc50ap-12f, -0x1.bed53ap-13f, -0x1.00890cp-13f, -0x1.213dcap-14f,
        -0x1.3ee8f8p-15f, -0x1.58e02cp-16f, -0x1.6c783p-17f, -0x1.780362p-18f,
        -0x1.7bcecp-19f, -0x1.759b9p-20f, -0x1.654caep-21f, -0x1.4bfa4ep-22f,
        -0x1.2a87eep-23f, -0x1.03161ap-24f, -0x1.afaa58p-26f, -0x1.57952ap-27f,
    },
    {
        0x1.555138p-4f, 0x1.f5bb12p-6f, -0x1.030278p-6f, -0x1.353664p-6f,
        -0x1.13ba8cp-5f, -0x1.1b6b32p-6f, -0x1.071696p-7f, -0x1.5d6852p-9f,
        -0x1.763a56p-13f, 0x1.7710cp-11f, 0x1.c9646ep-11f, 0x1.8a443cp-11f,
        0x1.27c8bcp-11f, 0x1.9aab86p-12f, 0x1.0eda6ep-12f, 0x1.5781b8p-13f,
        0x1.a6bfa6p-14f, 0x1.f9d9ecp-15f, 0x1.2713c2p-15f, 0x1.5120dep-16f,
        0x1.77e9fep-17f, 0x1.9a7794p-18f, 0x1.b57a86p-19f, 0x1.c6b6b8p-20f,
        0x1.ce587p-21f, 0x1.c979a2p-22f, 0x1.b7db18p-23f, 0x1.9aa614p-24f,
        0x1.72e7fcp-25f, 0x1.43318ep-26f, 0x1.0e37d8p-27f, 0x1.af988cp-29f,
    },
    {
        0x1.e648f6p-15f, -0x1.c1532p-6f, -0x1.0e5b88p-6f, -0x1.f46c14p-7f,
        -0x1.cc9514p-10f, 0x1.57debap-8f, 0x1.bd1a88p-9f, 0x1.c1b73ep-10f,
        0x1.6cd46ap-11f, 0x1.95c3eap-13f, -0x1.950d9p-17f, -0x1.3d98f2p-14f,
        -0x1.500bf4p-14f, -0x1.109508p-14f, -0x1.8943fep-15f, -0x1.0811e4p-15f,
        -0x1.5174ccp-16f, -0x1.a02fc4p-17f, -0x1.f10ec2p-18f, -0x1.2141e4p-18f,
        -0x1.479e76p-19f, -0x1.6a8052p-20f, -0x1.86a38ep-21f, -0x1.9a1438p-22f,
        -0x1.a49a4ap-23f, -0x1.a3b19p-24f, -0x1.965e72p-25f, -0x1.7e0e7ep-26f,
        -0x1.5b3e28p-27f, -0x1.306bf6p-28f, -0x1.002a3ap-29f, -0x1.9bc9ecp-31f,
    },
    {
        -0x1.a6bc5ep-7f, 0x1.91b312p-12f, 0x1.ea18eep-8f, 0x1.c4e9bp-8f,
        0x1.23a05ep-8f, -0x1.8b1e38p-11f, -0x1.b26d08p-11f, -0x1.0e814ep-11f,
        -0x1.0b7e3p-12f, -0x1.bd0ab4p-14f, -0x1.256d1cp-15f, -0x1.7a1798p-18f,
        0x1.332c9cp-18f, 0x1.bae29p-18f, 0x1.804bccp-18f, 0x1.1e09c2p-18f,
        0x1.8ee66cp-19f, 0x1.fe4ccp-20f, 0x1.38d95p-20f, 0x1.740166p-21f,
        0x1.ab3662p-22f, 0x1.dd687ep-23f, 0x1.03f2d4p-23f, 0x1.127586p-24f,
        0x1.1acd74p-25f, 0x1.19d09cp-26f, 0x1.11765ap-27f, 0x1.004e5ap-28f,
        0x1.d0d2fap-30f, 0x1.95867ep-31f, 0x1.51d85cp-32f, 0x1.0c2c9p-33f,
    },
    {
        0x1.5a1a8ep-10f, 0x1.01340ep-8f, 0x1.f9e7cp-10f, -0x1.556b28p-11f,
        -0x1.3392bep-10f, -0x1.0862a2p-11f, -0x1.ae2302p-15f, 0x1.519b6p-14f,
        0x1.3ba24cp-14f, 0x1.77b532p-15f, 0x1.6f6dp-16f, 0x1.32156ap-17f,
        0x1.aa2dc6p-19f, 0x1.65d7f6p-21f, -0x1.0b1abap-22f, -0x1.d96772p-22f,
        -0x1.820616p-22f, -0x1.279ae4p-22f, -0x1.94afacp-23f, -0x1.01951ep-23f,
        -0x1.3a2d3ep-24f, -0x1.70fffap-25f, -0x1.9f4f3ap-26f, -0x1.c6c0eep-27f,
        -0x1.e3422ep-28f, -0x1.f54918p-29f, -0x1.f35658p-30f, -0x1.e4952ap-31f,
        -0x1.c49acep-32f, -0x1.97d8dep-33f, -0x1.61da5p-34f, -0x1.252e3p-35f,
    },
};
