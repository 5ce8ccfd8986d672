/* Written by tools/coefficients.py from tools/minimax/tanhshrink_pieces.sollya (sha256 05c076633513b53c).
 * (a - tanh(a)) / a^3 for 0 <= a <= 15: polynomials in a less the center
 * On [0.00390625, 15] its relative error is at most 2^-24.83. */
#pragma once
V_CONST float TANHSHRINK_PIECES_CENTER[16] = {
    0x1.400028p+0f, 0x1.c009bcp+0f, 0x1.200168p+1f, 0x1.60032ep+1f,
    0x1.c0093p+1f, 0x1.201908p+2f, 0x1.6004bap+2f, 0x1.a0016cp+2f,
    0x1.0007cp+3f, 0x1.400514p+3f, 0x1.8010bp+3f, 0x1.c0016cp+3f,
    0x1.0400ap-3f, 0x1.8002b8p-2f, 0x1.400014p-1f, 0x1.c00ff8p-1f,
};
V_CONST float TANHSHRINK_PIECES[7][16] = {
    {
        0x1.a53ac2p-3f, 0x1.34f98p-3f, 0x1.c961fap-4f, 0x1.5a40a8p-4f,
        0x1.ddf44cp-5f, 0x1.3a7bd8p-5f, 0x1.bb1bp-6f, 0x1.481ea8p-6f,
        0x1.bfe6d2p-7f, 0x1.26e0a2p-7f, 0x1.a10ccep-8f, 0x1.367ap-8f,
        0x1.5325a4p-2f, 0x1.432a94p-2f, 0x1.2747b4p-2f, 0x1.0581cep-2f,
    },
    {
        -0x1.006996p-3f, -0x1.7e1d4cp-4f, -0x1.09e2d8p-4f, -0x1.6ff47p-5f,
        -0x1.b6a1e4p-6f, -0x1.df499ep-7f, -0x1.1e7434p-7f, -0x1.6f2002p-8f,
        -0x1.9fdd42p-9f, -0x1.bd9122p-10f, -0x1.095a5p-10f, -0x1.552dd2p-11f,
        -0x1.11c0a8p-5f, -0x1.6eaeb2p-4f, -0x1.fd076ep-4f, -0x1.1694ecp-3f,
    },
    {
        0x1.c0705ep-6f, 0x1.073538p-5f, 0x1.8b0b3ap-6f, 0x1.0a0fbep-6f,
        0x1.1e87fcp-7f, 0x1.0ab7ccp-8f, 0x1.117e02p-9f, 0x1.3100fp-10f,
        0x1.1fe02cp-11f, 0x1.f7330ep-13f, 0x1.f95a58p-14f, 0x1.18bcfcp-14f,
        -0x1.068ce6p-3f, -0x1.7f9836p-4f, -0x1.71ea5ap-5f, -0x1.154ed2p-8f,
    },
    {
        0x1.c8cddp-7f, -0x1.d5ad22p-9f, -0x1.804126p-8f, -0x1.24e71cp-8f,
        -0x1.34ce0cp-9f, -0x1.fd34a4p-11f, -0x1.c70fa4p-12f, -0x1.bcf5b2p-13f,
        -0x1.5fb864p-14f, -0x1.f71bc4p-16f, -0x1.aaa602p-17f, -0x1.99f426p-18f,
        0x1.b29c38p-6f, 0x1.f5050cp-5f, 0x1.026ed8p-4f, 0x1.6a1e08p-5f,
    },
    {
        -0x1.fa4a62p-7f, -0x1.cfe876p-9f, 0x1.44381ep-12f, 0x1.b7a1c6p-11f,
        0x1.160d38p-11f, 0x1.b1f494p-13f, 0x1.59ea48p-14f, 0x1.2bac3ep-15f,
        0x1.8fbbe8p-17f, 0x1.d59598p-19f, 0x1.50ca6ap-20f, 0x1.181b9cp-21f,
        0x1.8ff22p-5f, 0x1.2b196ap-6f, -0x1.83d368p-7f, -0x1.73264cp-6f,
    },
    {
        0x1.869cbep-8f, 0x1.7e468ep-9f, 0x1.40e9a6p-11f, -0x1.58cc68p-17f,
        -0x1.7ecccap-14f, -0x1.4dc1a4p-15f, -0x1.ed04b2p-17f, -0x1.7f49acp-18f,
        -0x1.bc17fep-20f, -0x1.aad33p-22f, -0x1.01fb18p-23f, -0x1.71ffeap-25f,
        -0x1.fc3e8ap-7f, -0x1.d17d96p-6f, -0x1.1491bcp-6f, -0x1.814b02p-10f,
    },
    {
        0x1.15db6p-13f, -0x1.34d29cp-10f, -0x1.a368aap-12f, -0x1.40fb16p-14f,
        0x1.d9fa54p-18f, 0x1.b5799p-18f, 0x1.4077ccp-19f, 0x1.ca0702p-21f,
        0x1.c924bap-23f, 0x1.6dcddep-25f, 0x1.7840d6p-27f, 0x1.d222aep-29f,
        -0x1.1b6522p-6f, 0x1.5d16ecp-10f, 0x1.6f7c5ap-7f, 0x1.017d44p-7f,
    },
};
