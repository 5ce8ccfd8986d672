/* Written by tools/coefficients.py from tools/minimax/gelu_tanh_grad_pieces.sollya (sha256 110bf09f0d483293).
 * The derivative of gelu_tanh at -a, beyond 2 over e^-v, v = a (U1 + U3 a^2) with U1 of 16 bits and U3 a float, if 2 is taken for e^LN2: polynomials in a
 * On [0, 15] its relative error is at most 2^-24.15. */
#pragma once
V_CONST float GELU_TANH_GRAD_PIECES_CENTER[16] = {
    0x1.400474p+0f, 0x1.c00508p+0f, 0x1.20022ep+1f, 0x1.60042p+1f,
    0x1.c0047cp+1f, 0x1.2005fap+2f, 0x1.6002aap+2f, 0x1.a0038ep+2f,
    0x1.0002bp+3f, 0x1.400b9p+3f, 0x1.8007ep+3f, 0x1.c00118p+3f,
    0x0p+0f, 0x1.801398p-2f, 0x1.8142ap-1f, 0x1.8142ap-1f,
};
V_CONST float GELU_TANH_GRAD_PIECES[7][16] = {
    {
        -0x1.f5c09ep-4f, -0x1.c912a6p-4f, -0x1.395cd8p+2f, -0x1.f2d3dap+2f,
        -0x1.b84bb2p+3f, -0x1.9b138ap+4f, -0x1.5b26bep+5f, -0x1.10a7dep+6f,
        -0x1.e58134p+6f, -0x1.ca34c6p+7f, -0x1.841e4p+8f, -0x1.305a1cp+9f,
        0x1p-1f, 0x1.b7138p-3f, -0x1.4f6404p-28f, -0x1.4f6404p-28f,
    },
    {
        -0x1.4c5d34p-4f, 0x1.71d3fcp-4f, -0x1.451986p+2f, -0x1.a43c3ap+2f,
        -0x1.2f6328p+3f, -0x1.d344d4p+3f, -0x1.505bfep+4f, -0x1.cba9bep+4f,
        -0x1.5593a8p+5f, -0x1.07505cp+6f, -0x1.784fe8p+6f, -0x1.fdd14p+6f,
        -0x1.988454p-1f, -0x1.61c412p-1f, -0x1.b8baccp-2f, -0x1.b8baccp-2f,
    },
    {
        0x1.1ae2e2p-2f, 0x1.29dbbep-4f, -0x1.543f6ap+0f, -0x1.a92d7p+0f,
        -0x1.1c2b48p+1f, -0x1.71d008p+1f, -0x1.c41738p+1f, -0x1.0b2486p+2f,
        -0x1.48c99ep+2f, -0x1.9b03d4p+2f, -0x1.ed2c6p+2f, -0x1.1fa794p+3f,
        0x1.c34048p-20f, 0x1.146f76p-2f, 0x1.8cd1dap-2f, 0x1.8cd16ep-2f,
    },
    {
        -0x1.155f9ap-3f, -0x1.d12552p-4f, -0x1.6e451ep-3f, -0x1.fc97cp-3f,
        -0x1.e63b46p-3f, -0x1.b8de08p-3f, -0x1.b6581ep-3f, -0x1.b654d6p-3f,
        -0x1.b652dap-3f, -0x1.b64cccp-3f, -0x1.b647aep-3f, -0x1.b637p-3f,
        0x1.11a646p-2f, 0x1.8092d6p-3f, 0x1.02f11ap-6f, 0x1.02f3dep-6f,
    },
    {
        -0x1.d3a4b2p-6f, 0x1.36277ap-5f, -0x1.d7f47ep-5f, -0x1.ae7fb2p-7f,
        0x1.527cf2p-7f, 0x1.4762a2p-10f, 0x1.48a83p-15f, 0x1.1e6d4ep-16f,
        0x1.d52f72p-20f, 0x1.21b9fep-19f, -0x1.7c4116p-19f, -0x1.7bd4f2p-18f,
        0x1.0021dap-11f, -0x1.8f4fe8p-4f, -0x1.d1b64ep-4f, -0x1.d3e09p-4f,
    },
    {
        0x1.3ec166p-5f, 0x1.6417b6p-7f, 0x1.1765bep-6f, 0x1.e615fp-7f,
        -0x1.5fe7e4p-12f, -0x1.e06baap-11f, -0x1.65ed18p-15f, -0x1.b8bc5ep-17f,
        0x1.00f1d2p-21f, 0x1.3e4a8p-19f, 0x1.ee536ap-18f, -0x1.dd199p-20f,
        -0x1.068fc4p-4f, -0x1.18e6eep-5f, 0x1.26bf8ep-6f, 0x1.2d421cp-6f,
    },
    {
        -0x1.0a1592p-8f, -0x1.514162p-7f, 0x1.f14a6ep-9f, -0x1.9ce50ep-9f,
        -0x1.ece374p-10f, 0x1.c4815p-12f, -0x1.0194c8p-14f, -0x1.5fb73cp-15f,
        -0x1.0c959ap-24f, 0x1.dd78e8p-23f, 0x1.10418cp-18f, 0x1.54894ap-18f,
        0x1.16bc26p-7f, 0x1.526e46p-6f, 0x1.82533p-6f, 0x1.d9a19cp-7f,
    },
};
