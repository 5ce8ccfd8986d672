/* Written by tools/coefficients.py from tools/minimax/gelu_tanh_grad_pieces.sollya (sha256 110bf09f0d483293).
 * The derivative of gelu_tanh at -a, beyond 2 over e^-v, v = a (U1 + U3 a^2) with U1 of 16 bits and U3 a float, if 2 is taken for e^LN2: polynomials in a
 * On [0, 15] its relative error is at most 2^-25.47. */
#pragma once
V_CONST float GELU_TANH_GRAD_PIECES_CENTER[8] = {
    0x1.80123p+0f, 0x1.400078p+1f, 0x1.000e3p+2f, 0x1.800c48p+2f,
    0x1.200156p+3f, 0x1.a00256p+3f, 0x0p+0f, 0x1.8142ap-1f,
};
V_CONST float GELU_TANH_GRAD_PIECES[9][8] = {
    {
        -0x1.0588cap-3f, -0x1.902074p+2f, -0x1.317a88p+4f, -0x1.b6a29cp+5f,
        -0x1.52d4dep+7f, -0x1.ea0aa4p+8f, 0x1p-1f, -0x1.4f6404p-28f,
    },
    {
        0x1.f58de6p-6f, -0x1.71f984p+2f, -0x1.7c189ap+3f, -0x1.8b82f2p+4f,
        -0x1.ace51cp+5f, -0x1.b87b48p+6f, -0x1.988454p-1f, -0x1.b8baccp-2f,
    },
    {
        0x1.5b8828p-3f, -0x1.7b60c2p+0f, -0x1.48159ep+1f, -0x1.ed3bfcp+1f,
        -0x1.71df76p+2f, -0x1.0b1da8p+3f, 0x1.816736p-21f, 0x1.8cd1a2p-2f,
    },
    {
        -0x1.216918p-3f, -0x1.ccbe6cp-3f, -0x1.c4f3b4p-3f, -0x1.b656a2p-3f,
        -0x1.b64edp-3f, -0x1.b63c3ap-3f, 0x1.11af44p-2f, 0x1.029192p-6f,
    },
    {
        0x1.d1cf1p-7f, -0x1.1a24f6p-5f, 0x1.596fbep-8f, 0x1.0c3036p-17f,
        0x1.2c5e56p-19f, 0x1.3bd3bep-18f, 0x1.19c26ap-15f, -0x1.d2b5fp-4f,
    },
    {
        0x1.beb288p-6f, 0x1.3244f2p-6f, -0x1.2f7346p-9f, -0x1.fec9ecp-18f,
        -0x1.6fb5bp-23f, -0x1.1df652p-20f, -0x1.f58ca4p-5f, 0x1.10ce9ap-6f,
    },
    {
        -0x1.5df6ecp-7f, -0x1.03e38ep-10f, 0x1.33c2b8p-12f, -0x1.7059e8p-17f,
        -0x1.e60352p-23f, -0x1.06a6d4p-20f, -0x1.8dc434p-12f, 0x1.41badep-6f,
    },
    {
        -0x1.b5a684p-10f, -0x1.0de5ecp-9f, 0x1.35fbbap-12f, 0x1.7a793ep-19f,
        0x1.e4661p-26f, 0x1.3f3bbcp-23f, 0x1.738102p-7f, -0x1.66bc54p-8f,
    },
    {
        0x1.dd9134p-10f, 0x1.fb12aep-13f, -0x1.1c4132p-13f, 0x1.ce44e2p-18f,
        0x1.08bd8p-25f, 0x1.160ee8p-23f, -0x1.0dfc72p-9f, -0x1.06ebbp-9f,
    },
};
