/* Written by tools/coefficients.py from tools/minimax/erf_pieces.sollya (sha256 240642c4ff02a205).
 * erf(a) for 0 <= a <= 3.95: polynomials in a less the center, the first to be added to a
 * On [0, 3.95] its relative error is at most 2^-24.97. */
#pragma once
#define ERF_PIECES_PER 0x1.f5f456p+1f
V_CONST float ERF_PIECES_CENTER[16] = {
    0x0p+0f, 0x1.05226p-2f, 0x1.05264p-1f, 0x1.87b7cap-1f,
    0x1.0520bp+0f, 0x1.466776p+0f, 0x1.87b5d2p+0f, 0x1.c8f98ap+0f,
    0x1.052acp+1f, 0x1.25c9a2p+1f, 0x1.4669e2p+1f, 0x1.670dbap+1f,
    0x1.87c2c2p+1f, 0x1.a86bep+1f, 0x1.ca0b16p+1f, 0x1.ea6f5ap+1f,
};
V_CONST float ERF_PIECES[6][16] = {
    {
        0x0p+0f, 0x1.2064cep-2f, 0x1.0eff92p-1f, 0x1.71048ap-1f,
        0x1.b3a29cp-1f, 0x1.db75fep-1f, 0x1.f0661cp-1f, 0x1.fa1128p-1f,
        0x1.fdffcep-1f, 0x1.ff668ep-1f, 0x1.ffd74ep-1f, 0x1.fff676p-1f,
        0x1.fffe08p-1f, 0x1.ffffa4p-1f, 0x1.fffff2p-1f, 0x1.fffffep-1f,
    },
    {
        0x1.06eba8p-3f, 0x1.0ead6ap+0f, 0x1.bd639ep-1f, 0x1.41bf7cp-1f,
        0x1.9836eap-2f, 0x1.c6be8p-3f, 0x1.bca656p-4f, 0x1.7df0cp-5f,
        0x1.1fa66ap-6f, 0x1.7d1f68p-8f, 0x1.bb5d06p-10f, 0x1.c4a4a2p-12f,
        0x1.947648p-14f, 0x1.3dee76p-16f, 0x1.9fdbeep-19f, 0x1.fe1a4cp-22f,
    },
    {
        0x1.29a0e6p-22f, -0x1.1419f4p-2f, -0x1.c657a4p-2f, -0x1.ec51bap-2f,
        -0x1.a0644ep-2f, -0x1.21e7dap-2f, -0x1.543002p-3f, -0x1.54e56p-4f,
        -0x1.25749cp-5f, -0x1.b55f34p-7f, -0x1.1aa2aap-8f, -0x1.3d5d3cp-10f,
        -0x1.3581bcp-12f, -0x1.0851cp-14f, -0x1.7badb8p-17f, -0x1.144fe4p-19f,
    },
    {
        -0x1.812b3ap-2f, -0x1.39fed4p-2f, -0x1.1ce73ep-3f, 0x1.24c6eap-5f,
        0x1.2629b2p-3f, 0x1.5542bcp-3f, 0x1.10e96ap-3f, 0x1.560682p-4f,
        0x1.5f3c94p-5f, 0x1.2ede1cp-6f, 0x1.bb932ep-8f, 0x1.15f0fcp-9f,
        0x1.2ad66p-11f, 0x1.15f6ecp-13f, 0x1.a64a38p-16f, 0x1.1e1004p-18f,
    },
    {
        0x1.2821d8p-12f, 0x1.064212p-3f, 0x1.75426ap-3f, 0x1.2b0fccp-3f,
        0x1.ff7b56p-5f, -0x1.745d4ep-7f, -0x1.7a354ap-5f, -0x1.7de81ep-5f,
        -0x1.04932p-5f, -0x1.13b456p-6f, -0x1.db476ep-8f, -0x1.55cca4p-9f,
        -0x1.99e72cp-11f, -0x1.90042ep-13f, -0x1.d69eb6p-16f, 0x1.e8b4fcp-18f,
    },
    {
        0x1.c69a34p-4f, 0x1.483fc2p-4f, 0x1.67886cp-8f, -0x1.bf8966p-5f,
        -0x1.1753eap-4f, -0x1.67bb3p-5f, -0x1.7fd80ap-7f, 0x1.0bdb52p-7f,
        0x1.aa0cf2p-7f, 0x1.425bbp-7f, 0x1.5d1f16p-8f, 0x1.281178p-9f,
        0x1.9cf16ap-11f, 0x1.e220c6p-13f, 0x1.5f630ap-14f, 0x1.529202p-15f,
    },
};
