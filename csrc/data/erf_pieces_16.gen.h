/* Written by tools/coefficients.py from tools/minimax/erf_pieces_16.sollya (sha256 3223d1092f322fc6).
 * erf(a) for 0 <= a <= 3.95: 16 polynomials in a less the center, the first to be added to a
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
        0x1.94764ep-14f, 0x1.3deea2p-16f, 0x1.9fde5ep-19f, 0x1.fe179ep-22f,
    },
    {
        0x1.15e32ap-23f, -0x1.141b0cp-2f, -0x1.c65926p-2f, -0x1.ec527ap-2f,
        -0x1.a0641ep-2f, -0x1.21e74p-2f, -0x1.542eep-3f, -0x1.54e43cp-4f,
        -0x1.2574b2p-5f, -0x1.b564bcp-7f, -0x1.1aa6cap-8f, -0x1.3d5c4ep-10f,
        -0x1.35c146p-12f, -0x1.0983bep-14f, -0x1.832a7p-17f, -0x1.33012cp-19f,
    },
    {
        -0x1.81286p-2f, -0x1.39f6bep-2f, -0x1.1cde68p-3f, 0x1.24e488p-5f,
        0x1.262996p-3f, 0x1.5542bcp-3f, 0x1.10e846p-3f, 0x1.56051cp-4f,
        0x1.5f3c7ap-5f, 0x1.2ede04p-6f, 0x1.bb95f4p-8f, 0x1.15f16ap-9f,
        0x1.2adde8p-11f, 0x1.1605cp-13f, 0x1.aa3582p-16f, 0x1.2db40ep-18f,
    },
    {
        0x1.ffd588p-16f, 0x1.080014p-3f, 0x1.7797d8p-3f, 0x1.2c3cp-3f,
        0x1.fe505ep-5f, -0x1.8356dp-7f, -0x1.7db3b6p-5f, -0x1.7fa766p-5f,
        -0x1.04821ap-5f, -0x1.1188d4p-6f, -0x1.d80ce4p-8f, -0x1.565e5cp-9f,
        -0x1.7f0e2p-11f, -0x1.016d78p-13f, 0x1.870c9cp-16f, 0x1.01a688p-14f,
    },
    {
        0x1.d014b4p-4f, 0x1.41e666p-4f, 0x1.2d82f6p-8f, -0x1.c53d76p-5f,
        -0x1.173fdep-4f, -0x1.67c214p-5f, -0x1.7bfe82p-7f, 0x1.0e6ccep-7f,
        0x1.aa296ep-7f, 0x1.426b0ap-7f, 0x1.5c74fep-8f, 0x1.27ebeep-9f,
        0x1.9a2dep-11f, 0x1.dab6aep-13f, 0x1.c1366ep-15f, 0x1.6ac13ep-17f,
    },
    {
        -0x1.e22c24p-8f, -0x1.3842e2p-5f, -0x1.9b4912p-5f, -0x1.a038a6p-6f,
        0x1.9cf1e4p-8f, 0x1.4b7a3ap-6f, 0x1.336c56p-6f, 0x1.3152cap-7f,
        -0x1.78673cp-12f, -0x1.81072cp-8f, -0x1.1f7128p-9f, 0x1.0be89ep-12f,
        -0x1.35d9cap-9f, -0x1.aeaa92p-9f, -0x1.3aaf68p-9f, -0x1.53b282p-9f,
    },
};
