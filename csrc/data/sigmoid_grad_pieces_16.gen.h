/* Written by tools/coefficients.py from tools/minimax/sigmoid_grad_pieces.sollya (sha256 447d6e2e0d678e41).
 * The derivative of sigmoid: polynomials in a less the center
 * On [0, 12] its relative error is at most 2^-24.78. */
#pragma once
#define SIGMOID_GRAD_PIECES_PER 0x1.4a740ep+0f
V_CONST float SIGMOID_GRAD_PIECES_CENTER[16] = {
    0x0p+0f, 0x1.8ca5ecp-1f, 0x1.8caa84p+0f, 0x1.29855ep+1f,
    0x1.8ca604p+1f, 0x1.efdb5ap+1f, 0x1.299434p+2f, 0x1.5b12b2p+2f,
    0x1.8caa84p+2f, 0x1.be3a9ap+2f, 0x1.efd6e6p+2f, 0x1.10cbdp+3f,
    0x1.297dc6p+3f, 0x1.424ddep+3f, 0x1.5b3d94p+3f, 0x1.73c94ep+3f,
};
V_CONST float SIGMOID_GRAD_PIECES[7][16] = {
    {
        0x1p-2f, 0x1.ba41dcp-3f, 0x1.27e538p-3f, 0x1.4c840cp-4f,
        0x1.524712p-5f, 0x1.46b3dp-6f, 0x1.3381d8p-7f, 0x1.1eba1ep-8f,
        0x1.097a54p-9f, 0x1.ea9564p-11f, 0x1.c468f4p-12f, 0x1.a00dc2p-13f,
        0x1.80b1f8p-14f, 0x1.625a88p-15f, 0x1.45216ap-16f, 0x1.2df922p-17f,
    },
    {
        -0x1.01de7p-27f, -0x1.46739cp-4f, -0x1.8079p-4f, -0x1.113eeep-4f,
        -0x1.35148p-5f, -0x1.39670cp-6f, -0x1.2dae32p-7f, -0x1.1c35p-8f,
        -0x1.086676p-9f, -0x1.e9aa26p-11f, -0x1.c404fap-12f, -0x1.9fe37ep-13f,
        -0x1.809fe8p-14f, -0x1.6252ep-15f, -0x1.451e32p-16f, -0x1.2df7cp-17f,
    },
    {
        -0x1.ffff3ep-5f, -0x1.058792p-5f, 0x1.3b1c88p-7f, 0x1.551b02p-6f,
        0x1.fcee4ep-7f, 0x1.1f9d7ep-7f, 0x1.223152p-8f, 0x1.173342p-9f,
        0x1.064064p-10f, 0x1.e7d44ap-12f, 0x1.c33d1cp-13f, 0x1.9f8ef2p-14f,
        0x1.807bbep-15f, 0x1.624388p-16f, 0x1.4517bcp-17f, 0x1.2df4f6p-18f,
    },
    {
        -0x1.81a258p-18f, 0x1.5a399ap-6f, 0x1.783f02p-7f, -0x1.2c663ap-12f,
        -0x1.9fd6d6p-9f, -0x1.3de6a2p-9f, -0x1.64f3dcp-10f, -0x1.670bep-11f,
        -0x1.57f696p-12f, -0x1.42c556p-13f, -0x1.2bc7cep-14f, -0x1.149816p-15f,
        -0x1.002114p-16f, -0x1.d82e22p-18f, -0x1.b160f8p-19f, -0x1.9291ap-20f,
    },
    {
        0x1.56aec2p-7f, 0x1.15b87cp-10f, -0x1.471e36p-8f, -0x1.1dcdc4p-9f,
        -0x1.eef5c4p-15f, 0x1.878b52p-12f, 0x1.2ae8dap-12f, 0x1.4d02c8p-13f,
        0x1.4ca926p-14f, 0x1.3de97ep-15f, 0x1.29b9b4p-16f, 0x1.13bc92p-17f,
        0x1.ff8d38p-19f, 0x1.d7e162p-20f, 0x1.b1406ep-21f, 0x1.9283aep-22f,
    },
    {
        -0x1.29b18ep-13f, -0x1.9905aap-9f, 0x1.49375ep-14f, 0x1.af56c4p-11f,
        0x1.2153aap-12f, 0x1.64d7bap-17f, -0x1.29bf3ap-15f, -0x1.c3827ep-16f,
        -0x1.f1cc96p-17f, -0x1.efca1p-18f, -0x1.d84996p-19f, -0x1.b8ca7ap-20f,
        -0x1.9a6172p-21f, -0x1.7b6648p-22f, -0x1.5c9d56p-23f, -0x1.4412cep-24f,
    },
    {
        -0x1.4d5d98p-10f, 0x1.965fa6p-12f, 0x1.12b38ap-11f, -0x1.807dc4p-14f,
        -0x1.936bfcp-14f, -0x1.9ab37ap-16f, -0x1.3d1626p-21f, 0x1.837104p-19f,
        0x1.181fp-19f, 0x1.34629ap-20f, 0x1.2eb93ap-21f, 0x1.1ee47p-22f,
        0x1.0c8e36p-23f, 0x1.f5aca2p-25f, 0x1.cf91e2p-26f, 0x1.af9836p-27f,
    },
};
