/* Written by tools/coefficients.py from tools/minimax/log1p_exp_pieces.sollya (sha256 2371e00ef0b8a2bd).
 * log(1 + e^-a): polynomials in a less the center
 * On [0, 15] its relative error is at most 2^-25.27. */
#pragma once
#define LOG1P_EXP_PIECES_PER 0x1.085cd8p+0f
V_CONST float LOG1P_EXP_PIECES_CENTER[16] = {
    0x1.eff6a8p-3f, 0x1.efd218p-1f, 0x1.efd5d8p+0f, 0x1.73dbd2p+1f,
    0x1.efe046p+1f, 0x1.35e1b2p+2f, 0x1.73dc7ap+2f, 0x1.b1f21ep+2f,
    0x1.efd5f6p+2f, 0x1.16e78ap+3f, 0x1.35eb8ap+3f, 0x1.54e112p+3f,
    0x1.73f672p+3f, 0x1.92d84cp+3f, 0x1.b1ebe2p+3f, 0x1.d0ce44p+3f,
};
V_CONST float LOG1P_EXP_PIECES[7][16] = {
    {
        0x1.28a3ep-1f, 0x1.499564p-2f, 0x1.13cc96p-3f, 0x1.b497d4p-5f,
        0x1.50e196p-6f, 0x1.01976p-7f, 0x1.88295cp-9f, 0x1.29942ap-10f,
        0x1.c4ba9cp-12f, 0x1.57dd0ep-13f, 0x1.04eae6p-14f, 0x1.8ca592p-16f,
        0x1.2c515ep-17f, 0x1.c9a23p-19f, 0x1.5a9126p-20f, 0x1.080976p-21f,
    },
    {
        -0x1.c24e48p-2f, -0x1.19cdfp-2f, -0x1.0208eap-3f, -0x1.a929aep-5f,
        -0x1.4d71p-6f, -0x1.0094dep-7f, -0x1.879358p-9f, -0x1.2968f6p-10f,
        -0x1.c4a19ep-12f, -0x1.57d5dcp-13f, -0x1.04e8d6p-14f, -0x1.8ca464p-16f,
        -0x1.2c510ap-17f, -0x1.c9a204p-19f, -0x1.5a911cp-20f, -0x1.080976p-21f,
    },
    {
        0x1.f890ep-4f, 0x1.9880e8p-4f, 0x1.c30c7cp-5f, 0x1.9318e8p-6f,
        0x1.46a7c2p-7f, 0x1.fd24fcp-9f, 0x1.8667c8p-10f, 0x1.291286p-11f,
        0x1.c46f7ap-13f, 0x1.57c758p-14f, 0x1.04e49cp-15f, 0x1.8ca1ep-17f,
        0x1.2c5046p-18f, 0x1.c9a17ep-20f, 0x1.5a90e6p-21f, 0x1.08096p-22f,
    },
    {
        -0x1.443ab2p-8f, -0x1.e9ae82p-7f, -0x1.c1e11cp-7f, -0x1.e1b3ecp-8f,
        -0x1.a1d02ap-9f, -0x1.4e1ae4p-10f, -0x1.02b42p-11f, -0x1.8b2d56p-13f,
        -0x1.2d592cp-14f, -0x1.ca3276p-16f, -0x1.5bcbcep-17f, -0x1.08655ap-18f,
        -0x1.906406p-20f, -0x1.3111aep-21f, -0x1.ce1048p-23f, -0x1.6007a2p-24f,
    },
    {
        -0x1.41a1b2p-8f, -0x1.ac938cp-10f, 0x1.97d8a4p-10f, 0x1.7abfap-10f,
        0x1.7f733ep-11f, 0x1.43a3ecp-12f, 0x1.ff49ap-14f, 0x1.896e2ep-15f,
        0x1.2ce12p-16f, 0x1.c9f796p-18f, 0x1.5bc4cep-19f, 0x1.086b7p-20f,
        0x1.90709ap-22f, 0x1.311dc8p-23f, 0x1.ce23b4p-25f, 0x1.601214p-26f,
    },
    {
        0x1.f2a924p-12f, 0x1.0ac7bap-10f, 0x1.dec55p-13f, -0x1.3397a8p-13f,
        -0x1.fc3eep-14f, -0x1.e77dc2p-15f, -0x1.926e7p-16f, -0x1.3aba18p-17f,
        -0x1.e41d9ap-19f, -0x1.7154cp-20f, -0x1.18ad44p-21f, -0x1.aae528p-23f,
        -0x1.434ff6p-24f, -0x1.ecc65ap-26f, -0x1.7524dp-27f, -0x1.1c506ep-28f,
    },
    {
        0x1.2f6114p-12f, -0x1.d9e068p-15f, -0x1.090268p-13f, -0x1.aeb5ccp-17f,
        0x1.9b9d0ap-17f, 0x1.15580ep-17f, 0x1.f71daap-19f, 0x1.975bap-20f,
        0x1.3b812ep-21f, 0x1.e44f06p-23f, 0x1.7035cap-24f, 0x1.17c206p-25f,
        0x1.a9167ap-27f, 0x1.4387dcp-28f, 0x1.ea2e76p-30f, 0x1.7744e8p-31f,
    },
};
