/* Written by tools/coefficients.py from tools/minimax/silu_grad_pieces.sollya (sha256 43e21071fdd9dc7f).
 * (1 + t - a) / (1 + t)^2, t = e^-a, and t times that below 2: polynomials in a
 * On [0, 15] its relative error is at most 2^-26.67. */
#pragma once
V_CONST float SILU_GRAD_PIECES_CENTER[16] = {
    0x1.474974p+0f, 0x1.c0245p+0f, 0x1.2026e2p+1f, 0x1.600688p+1f,
    0x1.c02824p+1f, 0x1.200534p+2f, 0x1.6000f2p+2f, 0x1.a00b6p+2f,
    0x1.0003ep+3f, 0x1.400474p+3f, 0x1.800a98p+3f, 0x1.c0cba8p+3f,
    0x0p+0f, 0x1.800a38p-2f, 0x1.40055p-1f, 0x1.c0039cp-1f,
};
V_CONST float SILU_GRAD_PIECES[8][16] = {
    {
        -0x1.848b9ep-29f, -0x1.29e9a8p-4f, -0x1.e043fp-1f, -0x1.7d6106p+0f,
        -0x1.2a0bf6p+1f, -0x1.b4dcb6p+1f, -0x1.1d679ep+2f, -0x1.5ee4a4p+2f,
        -0x1.bfb562p+2f, -0x1.1ffd64p+3f, -0x1.60097p+3f, -0x1.a0cb7ap+3f,
        0x1p-1f, 0x1.446364p-2f, 0x1.a7505p-3f, 0x1.ccd6e8p-4f,
    },
    {
        -0x1.be141p-3f, -0x1.8c5efep-4f, -0x1.155c52p+0f, -0x1.1e7196p+0f,
        -0x1.1b68bcp+0f, -0x1.10619ep+0f, -0x1.08402cp+0f, -0x1.03d3bcp+0f,
        -0x1.011d6p+0f, -0x1.00328cp+0f, -0x1.000872p+0f, -0x1.000154p+0f,
        -0x1p-1f, -0x1.dd39ccp-2f, -0x1.a513e2p-2f, -0x1.5cb044p-2f,
    },
    {
        0x1.2c5636p-3f, 0x1.b34decp-4f, -0x1.0c1374p-4f, -0x1.734dap-7f,
        0x1.405fap-6f, 0x1.46f99ap-6f, 0x1.843aacp-7f, 0x1.85577ep-8f,
        0x1.e24b5p-10f, 0x1.64b6bep-12f, 0x1.e9cbaap-15f, 0x1.3c2cb4p-17f,
        0x1.b72ee4p-30f, 0x1.661336p-4f, 0x1.07e1a4p-3f, 0x1.344d0cp-3f,
    },
    {
        -0x1.353de4p-6f, -0x1.1481eep-5f, 0x1.885cep-5f, 0x1.9e30b4p-6f,
        0x1.4af14ep-8f, -0x1.4300a4p-9f, -0x1.458d88p-9f, -0x1.7ebb6ap-10f,
        -0x1.061ceap-11f, -0x1.9d204ap-14f, -0x1.24e3bep-16f, -0x1.b26fdp-19f,
        0x1.55554p-4f, 0x1.11e10ap-4f, 0x1.5c5bccp-5f, 0x1.fa58d4p-7f,
    },
    {
        -0x1.f2daa4p-7f, -0x1.79d566p-10f, -0x1.9246acp-7f, -0x1.3f462cp-7f,
        -0x1.074758p-8f, -0x1.f9b7c8p-12f, 0x1.f640c2p-13f, 0x1.e88a52p-13f,
        0x1.954f5p-14f, 0x1.5e574ep-16f, 0x1.e3307ep-19f, 0x1.f6865p-22f,
        0x1.8cb3d6p-20f, -0x1.4f9facp-6f, -0x1.b96446p-6f, -0x1.ac8954p-6f,
    },
    {
        0x1.b09ad8p-8f, 0x1.21c858p-8f, 0x1.a4d01ap-13f, 0x1.821df6p-10f,
        0x1.3a6988p-10f, 0x1.4fd4d4p-12f, 0x1.c2a6e6p-16f, -0x1.ae0b0ap-16f,
        -0x1.d8ea92p-17f, -0x1.8736c2p-19f, -0x1.1ea308p-21f, 0x1.5104b2p-21f,
        -0x1.9a0934p-7f, -0x1.dcd156p-8f, -0x1.585aa4p-10f, 0x1.3f60b8p-9f,
    },
    {
        0x1.43211p-13f, -0x1.440d62p-10f, 0x1.1146d6p-10f, 0x1.aa8d8ep-13f,
        -0x1.84660ap-13f, -0x1.7c6f42p-14f, -0x1.898518p-16f, -0x1.3c8aaap-18f,
        0x1.3b9eb6p-20f, 0x1.878a68p-22f, 0x1.0e0f22p-22f, 0x1.053f1ep-23f,
        0x1.f9e246p-15f, 0x1.1c737p-9f, 0x1.252368p-8f, 0x1.b92492p-9f,
    },
    {
        -0x1.890706p-11f, -0x1.80daaep-15f, -0x1.21787p-9f, 0x1.0c50cep-10f,
        0x1.2321b8p-18f, 0x1.5ff78ep-16f, 0x1.56bee6p-16f, 0x1.1c9e9ep-16f,
        0x1.45deaep-22f, -0x1.52e40ap-22f, -0x1.61f5e6p-24f, -0x1.bae64cp-22f,
        0x1.9b4ff8p-10f, -0x1.a8f3dep-6f, -0x1.f1eb78p-6f, 0x1.7bb2ep-6f,
    },
};
