/* Written by tools/coefficients.py from tools/minimax/expm1_table.sollya (sha256 3109cc0d09d3a6a8).
 * 1 - e^-a for a >= 0 in 32 pieces; the factor keeps it below 1
 * On [0, 8.13333] its absolute error is at most 2^-13.60. */
#pragma once
#define EXPM1_TABLE_PER 0x1.ep+1f
V_CONST float EXPM1_TABLE_0[32] = {
    0x0p+0f, 0x1.11c502p-9f, 0x1.0946e6p-6f, 0x1.7bb87p-5f,
    0x1.77e83ep-4f, 0x1.31f7d4p-3f, 0x1.b92d94p-3f, 0x1.24fb68p-2f,
    0x1.6edb26p-2f, 0x1.b792bcp-2f, 0x1.fd2db6p-2f, 0x1.1f2a4ap-1f,
    0x1.3d1a98p-1f, 0x1.583422p-1f, 0x1.706b76p-1f, 0x1.85d314p-1f,
    0x1.988e0ep-1f, 0x1.a8d15cp-1f, 0x1.b6d4fp-1f, 0x1.c2d3dcp-1f,
    0x1.cd0964p-1f, 0x1.d5ae5cp-1f, 0x1.dcf6cp-1f, 0x1.e312b6p-1f,
    0x1.e82dccp-1f, 0x1.ec6d98p-1f, 0x1.eff46ap-1f, 0x1.f2df4p-1f,
    0x1.f5474ep-1f, 0x1.f74226p-1f, 0x1.f8e204p-1f, 0x1p+0f,
};
V_CONST float EXPM1_TABLE_1[32] = {
    0x1.ff5154p-1f, 0x1.f1bc32p-1f, 0x1.cd7702p-1f, 0x1.9ee75p-1f,
    0x1.6cdb38p-1f, 0x1.3b8172p-1f, 0x1.0d4496p-1f, 0x1.c6c738p-2f,
    0x1.7cb9ep-2f, 0x1.3c6cc2p-2f, 0x1.055d7ap-2f, 0x1.ad7d28p-3f,
    0x1.5f423p-3f, 0x1.1e1e84p-3f, 0x1.d0750ap-4f, 0x1.77c486p-4f,
    0x1.2f2c1p-4f, 0x1.e7ed94p-5f, 0x1.87b96cp-5f, 0x1.39d4b2p-5f,
    0x1.f5e21ep-6f, 0x1.90950ap-6f, 0x1.3f36p-6f, 0x1.fbf9fep-7f,
    0x1.93997ep-7f, 0x1.40484p-7f, 0x1.fbb148p-8f, 0x1.91ed98p-8f,
    0x1.3ddbfp-8f, 0x1.f63e84p-9f, 0x1.8c716p-9f, 0x0p+0f,
};
V_CONST float EXPM1_TABLE_2[32] = {
    -0x1.e1728cp-2f, -0x1.88d57ep-2f, -0x1.2ce1fcp-2f, -0x1.cce8cp-3f,
    -0x1.61061p-3f, -0x1.0e63f4p-3f, -0x1.9e32fcp-4f, -0x1.3d3edap-4f,
    -0x1.e5f9a8p-5f, -0x1.74395cp-5f, -0x1.1d18cap-5f, -0x1.b4ba2cp-6f,
    -0x1.4e80aep-6f, -0x1.00347ep-6f, -0x1.8877e2p-7f, -0x1.2c96d4p-7f,
    -0x1.cc7b92p-8f, -0x1.60b212p-8f, -0x1.0e231ap-8f, -0x1.9dd17ap-9f,
    -0x1.3cf642p-9f, -0x1.e586f8p-10f, -0x1.73e03ep-10f, -0x1.1cd4fap-10f,
    -0x1.b44c9p-11f, -0x1.4e3106p-11f, -0x1.ffef74p-12f, -0x1.881b9cp-12f,
    -0x1.2c539cp-12f, -0x1.cc0d2ep-13f, -0x1.606176p-13f, 0x0p+0f,
};
