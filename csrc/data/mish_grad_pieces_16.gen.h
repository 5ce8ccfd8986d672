/* Written by tools/coefficients.py from tools/minimax/mish_grad_pieces.sollya (sha256 78f1d1fbef8e9345).
 * The derivative of mish: at a, and at -a, there beyond 2 over e^-a: polynomials in a
 * On [0, 15] its relative error is at most 2^-24.49. */
#pragma once
V_CONST float MISH_GRAD_PIECES_CENTER[16] = {
    0x1.800aep+0f, 0x1.40440cp+1f, 0x1.000a9p+2f, 0x1.80327p+2f,
    0x1.2160f8p+3f, 0x1.ap+3f, 0x0p+0f, 0x1.8007ep-1f,
    0x1.31432cp+0f, 0x1.400578p+1f, 0x1.0004dp+2f, 0x1.8008dp+2f,
    0x1.2003bap+3f, 0x1.a0bc9ap+3f, 0x0p+0f, 0x1.8006cp-1f,
};
V_CONST float MISH_GRAD_PIECES[10][16] = {
    {
        0x1.16a72p+0f, 0x1.0a80aap+0f, 0x1.012234p+0f, 0x1.0008bep+0f,
        0x1.000008p+0f, 0x1p+0f, 0x1.333334p-1f, 0x1.f8b7ep-1f,
        0x1.beb774p-31f, -0x1.564e3p+0f, -0x1.77d638p+1f, -0x1.3f298cp+2f,
        -0x1.fff646p+2f, -0x1.80bc6p+3f, 0x1.333334p-1f, 0x1.492894p-3f,
    },
    {
        -0x1.1ebce6p-9f, -0x1.990c36p-5f, -0x1.e07ae4p-8f, -0x1.fa8382p-13f,
        -0x1.e26926p-21f, -0x1.0cb54p-31f, 0x1.47ad04p-1f, 0x1.4c5326p-2f,
        -0x1.115accp-2f, -0x1.144fbap+0f, -0x1.0bb45p+0f, -0x1.02dab2p+0f,
        -0x1.003ca2p+0f, -0x1.0001acp+0f, -0x1.47af06p-1f, -0x1.d97b78p-2f,
    },
    {
        -0x1.cd743p-4f, 0x1.35c474p-6f, 0x1.792dc6p-8f, 0x1.c4d392p-13f,
        0x1.c58596p-21f, 0x1.5959ap-29f, -0x1.8588bp-5f, -0x1.2ca368p-2f,
        0x1.a34a26p-3f, -0x1.a12496p-9f, 0x1.bf68a6p-7f, 0x1.1c26b6p-8f,
        0x1.a46036p-12f, 0x1.8831d6p-17f, -0x1.863dap-5f, 0x1.c5b698p-3f,
    },
    {
        0x1.7cd972p-4f, 0x1.81066ep-8f, -0x1.684abep-9f, -0x1.097f42p-13f,
        -0x1.1922dap-21f, -0x1.4e7fc2p-32f, -0x1.8b34d6p-3f, 0x1.8176bcp-7f,
        -0x1.574d7p-5f, 0x1.05495ep-6f, -0x1.7d5e8ap-10f, -0x1.0e64e2p-10f,
        -0x1.daa9c8p-14f, -0x1.bcc084p-19f, 0x1.69274p-3f, 0x1.ce3728p-6f,
    },
    {
        -0x1.50bc2ap-6f, -0x1.42114cp-7f, 0x1.aa6462p-11f, 0x1.c8df88p-15f,
        0x1.03e6d2p-22f, -0x1.4b184p-29f, 0x1.928c04p-4f, 0x1.555be8p-4f,
        -0x1.4c2ac6p-6f, -0x1.01f122p-7f, -0x1.bff0e6p-12f, 0x1.4460c6p-13f,
        0x1.84968cp-16f, 0x1.765f38p-21f, 0x1.18f5e8p-4f, -0x1.e15c58p-5f,
    },
    {
        -0x1.a2197ap-7f, 0x1.47d362p-8f, -0x1.9917d2p-14f, -0x1.2fea7ep-16f,
        -0x1.861f06p-24f, -0x1.c3494p-35f, -0x1.1633dep-1f, -0x1.5ecf08p-6f,
        0x1.03078p-6f, 0x1.2d321ep-9f, 0x1.066556p-12f, -0x1.a8f22cp-17f,
        -0x1.d88cb4p-19f, -0x1.508958p-22f, -0x1.c336c6p-2f, 0x1.e36b94p-7f,
    },
    {
        0x1.44befap-7f, -0x1.2eb1dp-10f, -0x1.5ad196p-15f, 0x1.3c8ee8p-18f,
        0x1.cdb5cp-26f, 0x1.1d1bcep-30f, 0x1.058db2p+1f, -0x1.0a2c8cp-6f,
        -0x1.b11358p-9f, -0x1.abd87p-12f, -0x1.31391cp-14f, -0x1.e2d216p-20f,
        0x1.c030bep-22f, 0x1.df97d6p-25f, 0x1.4dd65cp+0f, 0x1.9e55p-8f,
    },
    {
        -0x1.65a4d6p-10f, -0x1.3debd4p-13f, 0x1.065a8ep-15f, -0x1.0a5672p-20f,
        -0x1.bcfa2ap-28f, -0x1.7d9bdcp-38f, -0x1.064ebp+2f, 0x1.3891a8p-7f,
        -0x1.33cbcap-10f, -0x1.3e26dep-15f, 0x1.28944cp-16f, 0x1.0e256p-18f,
        -0x1.0e575cp-24f, 0x1.e762bcp-25f, -0x1.3f116p+1f, -0x1.ea8054p-8f,
    },
    {
        -0x1.6b9c4cp-10f, 0x1.0690d4p-12f, -0x1.93076cp-17f, 0x1.73971ep-23f,
        0x1.13112ap-29f, -0x1.155094p-33f, 0x1.1a6a72p+2f, -0x1.8994a4p-10f,
        0x1.0ab744p-10f, 0x1.7247b6p-15f, -0x1.6fd11ap-19f, -0x1.3c69dp-23f,
        0x1.5e7176p-29f, -0x1.2b3f4ap-28f, 0x1.4db2fcp+1f, 0x1.625e94p-10f,
    },
    {
        0x1.6b8596p-11f, -0x1.547c44p-14f, 0x1.58f3cap-19f, -0x1.73cd56p-28f,
        -0x1.eda928p-32f, -0x1.d940a8p-43f, -0x1.fb401ap+0f, -0x1.b016e8p-7f,
        -0x1.031a6ep-12f, 0x1.994098p-15f, -0x1.23d0eap-21f, -0x1.7f0868p-20f,
        0x1.b2a20cp-29f, -0x1.ccb6ep-28f, -0x1.233b1p+0f, 0x1.23aefp-6f,
    },
};
