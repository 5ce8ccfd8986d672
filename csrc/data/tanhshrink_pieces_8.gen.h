/* Written by tools/coefficients.py from tools/minimax/tanhshrink_pieces.sollya (sha256 05c076633513b53c).
 * (a - tanh(a)) / a^3 for 0 <= a <= 15: polynomials in a less the center
 * On [0.00390625, 15] its relative error is at most 2^-27.42. */
#pragma once
V_CONST float TANHSHRINK_PIECES_CENTER[8] = {
    0x1.8008ap+0f, 0x1.40053cp+1f, 0x1.00004p+2f, 0x1.8004c8p+2f,
    0x1.200012p+3f, 0x1.ap+3f, 0x1.0200dp-2f, 0x1.8013f8p-1f,
};
V_CONST float TANHSHRINK_PIECES[10][8] = {
    {
        0x1.68ef6ep-3f, 0x1.8cb09p-4f, 0x1.80155ap-5f, 0x1.7b3a1cp-6f,
        0x1.6797e4p-7f, 0x1.65f50cp-8f, 0x1.4ce21p-2f, 0x1.16c0a8p-2f,
    },
    {
        -0x1.c18152p-4f, -0x1.b9bdeap-5f, -0x1.407818p-6f, -0x1.c70fb8p-8f,
        -0x1.2ba92ep-9f, -0x1.a634b8p-11f, -0x1.059696p-4f, -0x1.0fd19ap-3f,
    },
    {
        0x1.0e0aacp-5f, 0x1.46101p-6f, 0x1.82a7c4p-8f, 0x1.948582p-10f,
        0x1.74e928p-12f, 0x1.74c8a8p-14f, -0x1.d319dap-4f, -0x1.76ab88p-6f,
    },
    {
        0x1.1b498p-9f, -0x1.5a6ae8p-8f, -0x1.8a40dap-10f, -0x1.3abdb6p-12f,
        -0x1.9a65fep-15f, -0x1.23f924p-17f, 0x1.882a1ap-5f, 0x1.c25558p-5f,
    },
    {
        -0x1.120cbp-7f, 0x1.8ca0e4p-11f, 0x1.5e8526p-12f, 0x1.c23b92p-15f,
        0x1.a4f7f8p-18f, 0x1.abcdc4p-21f, 0x1.228338p-5f, -0x1.42fc26p-6f,
    },
    {
        0x1.3f0c78p-8f, 0x1.6aa0ecp-13f, -0x1.0b336ep-14f, -0x1.2d59ep-17f,
        -0x1.9ba964p-21f, -0x1.2bd03ap-24f, -0x1.a91566p-6f, -0x1.10e2bep-7f,
    },
    {
        -0x1.5c004cp-10f, -0x1.861b0cp-13f, 0x1.424ba6p-17f, 0x1.7aedcep-20f,
        0x1.8204cp-24f, 0x1.979272p-28f, -0x1.2283eap-7f, 0x1.5fe132p-7f,
    },
    {
        -0x1.a883ap-13f, 0x1.6ca486p-14f, -0x1.64c1dap-21f, -0x1.c060dcp-23f,
        -0x1.607bep-27f, -0x1.1bde44p-31f, 0x1.76de0ep-7f, -0x1.cc03e8p-9f,
    },
    {
        0x1.c094a4p-12f, -0x1.e9cb0ap-16f, -0x1.7be7dp-22f, 0x1.f673cep-26f,
        0x1.613dbap-30f, 0x1.79235p-35f, 0x1.6588ecp-10f, -0x1.87afc4p-9f,
    },
    {
        -0x1.8bbf48p-13f, 0x1.ae7e38p-18f, 0x1.5487bcp-23f, -0x1.9c484ap-29f,
        -0x1.33fa82p-33f, -0x1.afaffcp-41f, -0x1.3468acp-11f, 0x1.28fbcp-7f,
    },
};
