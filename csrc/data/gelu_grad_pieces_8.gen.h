/* Written by tools/coefficients.py from tools/minimax/gelu_grad_pieces.sollya (sha256 3c8b033cb1e61b41).
 * Phi(-a) - a phi(a), beyond 2 over what e^(-a^2/2) is if 2 is taken for e^LN2: polynomials in a
 * On [0, 14.65] its relative error is at most 2^-24.72. */
#pragma once
V_CONST float GELU_GRAD_PIECES_CENTER[8] = {
    0x1.800b88p+0f, 0x1.4002bcp+1f, 0x1.00039p+2f, 0x1.80048p+2f,
    0x1.20009p+3f, 0x1.9a675p+3f, 0x0p+0f, 0x1.80ead2p-1f,
};
V_CONST float GELU_GRAD_PIECES[9][8] = {
    {
        -0x1.050b94p-3f, -0x1.b64dbp-1f, -0x1.805f04p+0f, -0x1.2a1c3cp+1f,
        -0x1.c5fa9p+1f, -0x1.4579c6p+2f, 0x1p-1f, -0x1.6737d8p-28f,
    },
    {
        0x1.09bdf2p-5f, -0x1.c73926p-2f, -0x1.ae5362p-2f, -0x1.a3075ap-2f,
        -0x1.9d624ap-2f, -0x1.9af4cep-2f, -0x1.988454p-1f, -0x1.b9d99p-2f,
    },
    {
        0x1.5bfcc6p-3f, 0x1.bf3176p-7f, 0x1.2dcfd4p-8f, 0x1.a0e282p-10f,
        0x1.0b6fdcp-11f, 0x1.7ed138p-13f, 0x1.876d32p-21f, 0x1.8d9a96p-2f,
    },
    {
        -0x1.27a03ap-3f, -0x1.f61f1p-9f, -0x1.f69974p-11f, -0x1.f9dc12p-13f,
        -0x1.c63decp-15f, -0x1.d2f0a6p-17f, 0x1.105618p-2f, 0x1.2a36f6p-6f,
    },
    {
        0x1.c05f26p-7f, 0x1.0accccp-10f, 0x1.940378p-13f, 0x1.2c43fep-15f,
        0x1.7ceb4cp-18f, 0x1.17d92ep-20f, 0x1.3ac68ep-15f, -0x1.d2fdbep-4f,
    },
    {
        0x1.dfc902p-6f, -0x1.0d21e4p-12f, -0x1.39522p-15f, -0x1.56695p-18f,
        -0x1.3c4204p-21f, -0x1.35ddccp-24f, -0x1.ea88d6p-5f, 0x1.e1f74ap-7f,
    },
    {
        -0x1.55e656p-7f, 0x1.feeb58p-15f, 0x1.e30a5p-18f, 0x1.bbef6ep-21f,
        0x1.1769acp-24f, 0x1.85e2f4p-27f, -0x1.3cd0c2p-12f, 0x1.3fd7p-6f,
    },
    {
        -0x1.36e55p-9f, -0x1.12eec6p-16f, -0x1.874ccap-20f, -0x1.736a0cp-23f,
        -0x1.d4c916p-28f, -0x1.b3088p-30f, 0x1.605604p-7f, -0x1.ffd704p-9f,
    },
    {
        0x1.d3c75ep-10f, 0x1.7d68bap-18f, 0x1.9faab6p-23f, -0x1.f571f2p-26f,
        0x1.84002ap-33f, -0x1.bb5b7cp-31f, -0x1.fcaf38p-10f, -0x1.96385ep-9f,
    },
};
