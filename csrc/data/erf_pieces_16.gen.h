/* Written by tools/coefficients.py from tools/minimax/erf_pieces.sollya (sha256 f1d3126d48fb2a59).
 * erf(a) for 0 <= a <= 3.95: polynomials in a less the center, the first to be added to a
 * On [0, 3.95] its relative error is at most 2^-27.90. */
#pragma once
#define ERF_PIECES_PER 0x1.f5f456p+1f
V_CONST float ERF_PIECES_CENTER[16] = {
    0x0p+0f, 0x1.05226p-2f, 0x1.05264p-1f, 0x1.87b7cap-1f,
    0x1.0520bp+0f, 0x1.466776p+0f, 0x1.87b5d2p+0f, 0x1.c8f98ap+0f,
    0x1.052acp+1f, 0x1.25c9a2p+1f, 0x1.4669e2p+1f, 0x1.670dbap+1f,
    0x1.87c2c2p+1f, 0x1.a86bep+1f, 0x1.ca0b16p+1f, 0x1.ea6f5ap+1f,
};
V_CONST float ERF_PIECES[7][16] = {
    {
        0x0p+0f, 0x1.2064cep-2f, 0x1.0eff92p-1f, 0x1.71048ap-1f,
        0x1.b3a29cp-1f, 0x1.db75fep-1f, 0x1.f0661cp-1f, 0x1.fa1128p-1f,
        0x1.fdffcep-1f, 0x1.ff668ep-1f, 0x1.ffd74ep-1f, 0x1.fff676p-1f,
        0x1.fffe08p-1f, 0x1.ffffa4p-1f, 0x1.fffff2p-1f, 0x1.fffffep-1f,
    },
    {
        0x1.06eba8p-3f, 0x1.0ead68p+0f, 0x1.bd639cp-1f, 0x1.41bf7ap-1f,
        0x1.9836eap-2f, 0x1.c6be8p-3f, 0x1.bca658p-4f, 0x1.7df0c2p-5f,
        0x1.1fa66ap-6f, 0x1.7d1f68p-8f, 0x1.bb5cfep-10f, 0x1.c4a4ap-12f,
        0x1.947644p-14f, 0x1.3dee72p-16f, 0x1.9fdafcp-19f, 0x1.fe142ap-22f,
    },
    {
        0x1.15e32ap-23f, -0x1.141b0cp-2f, -0x1.c6592p-2f, -0x1.ec5284p-2f,
        -0x1.a0641ep-2f, -0x1.21e74p-2f, -0x1.542ee2p-3f, -0x1.54e43cp-4f,
        -0x1.2574b2p-5f, -0x1.b564bep-7f, -0x1.1aa6cap-8f, -0x1.3d5c5p-10f,
        -0x1.35c15ap-12f, -0x1.09841ep-14f, -0x1.8330a4p-17f, -0x1.330462p-19f,
    },
    {
        -0x1.81286p-2f, -0x1.39f6bep-2f, -0x1.1cde52p-3f, 0x1.24e426p-5f,
        0x1.262996p-3f, 0x1.5542bap-3f, 0x1.10e844p-3f, 0x1.56051cp-4f,
        0x1.5f3c7ap-5f, 0x1.2ede12p-6f, 0x1.bb95f6p-8f, 0x1.15f174p-9f,
        0x1.2adf84p-11f, 0x1.160d72p-13f, 0x1.aaafc6p-16f, 0x1.2df444p-18f,
    },
    {
        0x1.ffd588p-16f, 0x1.080014p-3f, 0x1.778ff4p-3f, 0x1.2c49b8p-3f,
        0x1.fe505ep-5f, -0x1.835826p-7f, -0x1.7dae1cp-5f, -0x1.7fa74p-5f,
        -0x1.04821ap-5f, -0x1.11879ep-6f, -0x1.d80cccp-8f, -0x1.565d44p-9f,
        -0x1.7f016p-11f, -0x1.013096p-13f, 0x1.8a8e76p-16f, 0x1.01c46ap-14f,
    },
    {
        0x1.d014b4p-4f, 0x1.41e666p-4f, 0x1.2cb654p-8f, -0x1.c521cap-5f,
        -0x1.173fdep-4f, -0x1.67bff4p-5f, -0x1.7bf5eep-7f, 0x1.0e6c8p-7f,
        0x1.aa296ep-7f, 0x1.42617cp-7f, 0x1.5c747p-8f, 0x1.27e88ap-9f,
        0x1.99ca56p-11f, 0x1.d8df5ep-13f, 0x1.b4441ap-15f, 0x1.63c29cp-17f,
    },
    {
        -0x1.e22c24p-8f, -0x1.3842e2p-5f, -0x1.965fb2p-5f, -0x1.b1ebb4p-6f,
        0x1.9cf1e4p-8f, 0x1.4bb0dcp-6f, 0x1.31971cp-6f, 0x1.312866p-7f,
        -0x1.78673cp-12f, -0x1.822764p-8f, -0x1.1f7ed2p-9f, 0x1.09fc4ap-12f,
        -0x1.369e2ap-9f, -0x1.af929cp-9f, -0x1.3c2be8p-9f, -0x1.53e6ap-9f,
    },
};
