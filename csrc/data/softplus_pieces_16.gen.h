/* Written by tools/coefficients.py from tools/minimax/softplus_pieces_16.sollya (sha256 64dff3f800889ea8).
 * POWER_0 e^a log(1 + e^-a) for 0 <= a <= 17.5: 16 polynomials in a less the center
 * On [0, 17.5] its relative error is at most 2^-26.60. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[16] = {
    0x1.400618p+0f, 0x1.c016a4p+0f, 0x1.20068ap+1f, 0x1.6002ecp+1f,
    0x1.c0016cp+1f, 0x1.2007f2p+2f, 0x1.6007e8p+2f, 0x1.a002d8p+2f,
    0x1.0002ap+3f, 0x1.4012acp+3f, 0x1.805e5p+3f, 0x1.fc0456p+3f,
    0x1.00083p-3f, 0x1.80411p-2f, 0x1.400064p-1f, 0x1.c008a4p-1f,
};
V_CONST float SOFTPLUS_PIECES[6][16] = {
    {
        0x1.a83302p-1f, 0x1.bccf18p-1f, 0x1.caa67ep-1f, 0x1.d39f16p-1f,
        0x1.db45cep-1f, 0x1.dfc112p-1f, 0x1.e16e2p-1f, 0x1.e20cf2p-1f,
        0x1.e254f8p-1f, 0x1.e266ep-1f, 0x1.e2694cp-1f, 0x1.e269aap-1f,
        0x1.59cf06p-1f, 0x1.6f342ap-1f, 0x1.825f9ap-1f, 0x1.933dbp-1f,
    },
    {
        0x1.89b262p-4f, 0x1.0e5c34p-4f, 0x1.63a21ap-5f, 0x1.c62b5p-6f,
        0x1.bffe38p-7f, 0x1.51ce0cp-8f, 0x1.f5ba8p-10f, 0x1.728906p-11f,
        0x1.4b2fa2p-13f, 0x1.66017p-16f, 0x1.800d98p-19f, 0x1.095272p-24f,
        0x1.662dbp-3f, 0x1.450f48p-3f, 0x1.209ad6p-3f, 0x1.f60984p-4f,
    },
    {
        -0x1.12554p-5f, -0x1.b09634p-6f, -0x1.360d6p-6f, -0x1.a1998p-7f,
        -0x1.ae7124p-8f, -0x1.4cd6fcp-9f, -0x1.f2f91p-11f, -0x1.71c5cp-12f,
        -0x1.4aa1fap-14f, -0x1.65982ap-17f, -0x1.804ba4p-20f, -0x1.0b65fp-25f,
        -0x1.e96a16p-6f, -0x1.19858ap-5f, -0x1.2b3442p-5f, -0x1.2b55cp-5f,
    },
    {
        0x1.006feep-8f, 0x1.50d3c6p-8f, 0x1.30f498p-8f, 0x1.d1e424p-9f,
        0x1.0858c8p-9f, 0x1.aec1bap-11f, 0x1.490968p-12f, 0x1.eb0e14p-14f,
        0x1.b868b8p-16f, 0x1.dc996p-19f, 0x1.ff728p-22f, 0x1.06e4a6p-27f,
        -0x1.ec8188p-8f, -0x1.221f3ap-8f, -0x1.69d3c4p-10f, 0x1.4546bep-10f,
    },
    {
        0x1.461eeep-10f, 0x1.6e21dcp-14f, -0x1.e798bp-12f, -0x1.2d71c6p-11f,
        -0x1.ba9816p-12f, -0x1.9829d8p-13f, -0x1.452c76p-14f, -0x1.ec45acp-16f,
        -0x1.ccb892p-18f, -0x1.f2e1dcp-21f, -0x1.06be46p-23f, -0x1.379582p-29f,
        0x1.80f092p-9f, 0x1.9a0594p-9f, 0x1.79211ep-9f, 0x1.2f61cep-9f,
    },
    {
        -0x1.228538p-11f, -0x1.680768p-12f, -0x1.e3d9dp-14f, 0x1.3871d8p-17f,
        0x1.bdb594p-15f, 0x1.1d44e4p-15f, 0x1.f0b88cp-17f, 0x1.8326a2p-18f,
        0x1.6f0fd2p-20f, 0x1.8fe83ep-23f, 0x1.af4bcp-26f, 0x1.45084ap-30f,
        0x1.365324p-12f, 0x1.268498p-14f, -0x1.4b0dccp-12f, -0x1.08bf6cp-11f,
    },
};
