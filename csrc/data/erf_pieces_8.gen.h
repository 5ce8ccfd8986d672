/* Written by tools/coefficients.py from tools/minimax/erf_pieces.sollya (sha256 240642c4ff02a205).
 * erf(a) for 0 <= a <= 3.95: polynomials in a less the center, the first to be added to a
 * On [0, 3.95] its relative error is at most 2^-25.33. */
#pragma once
#define ERF_PIECES_PER 0x1.e56d88p+0f
V_CONST float ERF_PIECES_CENTER[8] = {
    0x0p+0f, 0x1.0e050ap-1f, 0x1.0e078ap+0f, 0x1.951de8p+0f,
    0x1.0e052ap+1f, 0x1.518c44p+1f, 0x1.950f48p+1f, 0x1.d86d74p+1f,
};
V_CONST float ERF_PIECES[7][8] = {
    {
        0x0p+0f, 0x1.16a562p-1f, 0x1.ba7be2p-1f, 0x1.f31604p-1f,
        0x1.fe8a46p-1f, 0x1.ffe6d8p-1f, 0x1.ffffp-1f, 0x1.fffffap-1f,
    },
    {
        0x1.06eba8p-3f, 0x1.b574a2p-1f, 0x1.7bccfep-2f, 0x1.79c482p-4f,
        0x1.afc12p-7f, 0x1.1a5ca6p-10f, 0x1.a7b2bap-15f, 0x1.6f72d8p-20f,
    },
    {
        -0x1.84d6ap-21f, -0x1.cd6986p-2f, -0x1.909d86p-2f, -0x1.2ae838p-3f,
        -0x1.c7666ep-6f, -0x1.744bep-9f, -0x1.4f3d2ap-13f, -0x1.5b0946p-18f,
    },
    {
        -0x1.811c82p-2f, -0x1.02e23cp-3f, 0x1.361e9ap-3f, 0x1.f8dd44p-4f,
        0x1.1c517ep-5f, 0x1.2f9082p-8f, 0x1.4f08cap-12f, 0x1.912d12p-17f,
    },
    {
        -0x1.7fcap-11f, 0x1.77c97p-3f, 0x1.9e5348p-5f, -0x1.903176p-5f,
        -0x1.bfff48p-6f, -0x1.527cf4p-8f, -0x1.da5002p-12f, -0x1.09ebaep-16f,
    },
    {
        0x1.e56c26p-4f, 0x1.908b5ep-14f, -0x1.0b2c1p-4f, -0x1.b9e008p-8f,
        0x1.968a24p-7f, 0x1.0f1192p-8f, 0x1.08b31ep-11f, 0x1.d7cf9ep-16f,
    },
    {
        -0x1.48b9bep-6f, -0x1.86e2eap-5f, 0x1.26568ap-7f, 0x1.073a4p-6f,
        -0x1.6dbbb8p-10f, -0x1.1dfaccp-9f, -0x1.a5f10ap-12f, -0x1.2d834ep-14f,
    },
};
