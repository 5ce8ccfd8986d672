/* Written by tools/coefficients.py from tools/minimax/silu_grad_pieces.sollya (sha256 43e21071fdd9dc7f).
 * (1 + t - a) / (1 + t)^2, t = e^-a, and t times that below 2: polynomials in a
 * On [0, 15] its relative error is at most 2^-26.77. */
#pragma once
V_CONST float SILU_GRAD_PIECES_CENTER[8] = {
    0x1.474974p+0f, 0x1.40032p+1f, 0x1.00008p+2f, 0x1.801218p+2f,
    0x1.2001f8p+3f, 0x1.a02546p+3f, 0x0p+0f, 0x1.8001bp-1f,
};
V_CONST float SILU_GRAD_PIECES[9][8] = {
    {
        -0x1.848b9ep-29f, -0x1.3607f8p+0f, -0x1.700de2p+1f, -0x1.3e5578p+2f,
        -0x1.ffe194p+2f, -0x1.8024dp+3f, 0x1p-1f, 0x1.42586ap-3f,
    },
    {
        -0x1.be141p-3f, -0x1.1b9d5ap+0f, -0x1.15dfdep+0f, -0x1.05a86p+0f,
        -0x1.00793ep+0f, -0x1.000364p+0f, -0x1p-1f, -0x1.8246c6p-2f,
    },
    {
        0x1.2c5634p-3f, -0x1.18147ep-5f, 0x1.6f88dep-6f, 0x1.167adep-7f,
        0x1.a41c7p-11f, 0x1.8dc64ep-16f, -0x1.dc790ap-27f, 0x1.235042p-3f,
    },
    {
        -0x1.353e5cp-6f, 0x1.267e5p-5f, -0x1.c55408p-12f, -0x1.0162a2p-9f,
        -0x1.d979f8p-13f, -0x1.e1d302p-18f, 0x1.5555d2p-4f, 0x1.d9478ep-6f,
    },
    {
        -0x1.f2d0fep-7f, -0x1.7910bcp-7f, -0x1.bc8836p-10f, 0x1.161b2cp-12f,
        0x1.825b9ap-15f, 0x1.92461cp-20f, -0x1.939382p-18f, -0x1.c0476ep-6f,
    },
    {
        0x1.b0ec42p-8f, 0x1.2891c8p-10f, 0x1.649238p-11f, -0x1.542a76p-18f,
        -0x1.dea8b2p-18f, -0x1.16dcaep-22f, -0x1.984924p-7f, 0x1.797818p-11f,
    },
    {
        0x1.08ac3ap-13f, 0x1.22448ep-11f, -0x1.3e5f38p-13f, -0x1.c6624p-18f,
        0x1.c4372ap-21f, 0x1.52ec52p-24f, -0x1.3e952ep-13f, 0x1.d0cfccp-9f,
    },
    {
        -0x1.a2053p-11f, -0x1.171caep-12f, 0x1.04af2ap-16f, 0x1.256142p-19f,
        -0x1.0ba194p-24f, -0x1.0de5e2p-27f, 0x1.08b38ep-9f, -0x1.ad8adp-11f,
    },
    {
        0x1.a79aeap-13f, -0x1.33400cp-15f, 0x1.3c228ep-19f, -0x1.ea6a28p-21f,
        -0x1.b34f8cp-32f, -0x1.21bdbap-28f, -0x1.a413a8p-12f, -0x1.8d862ep-12f,
    },
};
