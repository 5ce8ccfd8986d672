/* Written by tools/coefficients.py from tools/minimax/erf_table.sollya (sha256 57a1406cd67a755d).
 * erf(a) for a >= 0 in pieces; the factor keeps it below 1
 * On [0, 2.69767] its absolute error is at most 2^-13.76. */
#pragma once
#define ERF_TABLE_PER 0x1.58p+2f
#define ERF_TABLE8_PER 0x1.3p+1f
V_CONST float ERF_TABLE_0[16] = {
    0x0p+0f, -0x1.e02154p-10f, -0x1.ce57cp-7f, -0x1.151cb6p-5f,
    -0x1.55de8ep-5f, -0x1.922c46p-7f, 0x1.232612p-4f, 0x1.a6212ap-3f,
    0x1.7df092p-2f, 0x1.1685dap-1f, 0x1.63d432p-1f, 0x1.9fe92cp-1f,
    0x1.c992e2p-1f, 0x1.e39576p-1f, 0x1.f24ccep-1f, 0x1p+0f,
};
V_CONST float ERF_TABLE_1[16] = {
    0x1.212fd4p+0f, 0x1.29a7dep+0f, 0x1.4063c4p+0f, 0x1.5691dep+0f,
    0x1.5d4cb4p+0f, 0x1.4baea4p+0f, 0x1.223142p+0f, 0x1.d22048p-1f,
    0x1.5782c8p-1f, 0x1.d108f8p-2f, 0x1.2189d4p-2f, 0x1.4c2678p-3f,
    0x1.5f853ap-4f, 0x1.57a94cp-5f, 0x1.36b65cp-6f, 0x0p+0f,
};
V_CONST float ERF_TABLE_2[16] = {
    -0x1.8db68ap-5f, -0x1.9d1308p-3f, -0x1.7478cep-2f, -0x1.d636acp-2f,
    -0x1.ec809p-2f, -0x1.c3538cp-2f, -0x1.729aaap-2f, -0x1.14257cp-2f,
    -0x1.7841fep-3f, -0x1.d7047cp-4f, -0x1.0fc55cp-4f, -0x1.21ca42p-5f,
    -0x1.1e045p-6f, -0x1.05a6aep-7f, -0x1.bc2a7ep-9f, 0x0p+0f,
};
V_CONST float ERF_TABLE8_0[8] = {
    0x0p+0f, -0x1.de7a4cp-9f, -0x1.29fc88p-4f, -0x1.3f3e8p-3f,
    0x1.cc0f54p-5f, 0x1.01251cp-1f, 0x1.ab7b8p-1f, 0x1p+0f,
};
V_CONST float ERF_TABLE8_1[8] = {
    0x1.20da28p+0f, 0x1.2a9efp+0f, 0x1.7d3856p+0f, 0x1.bef53cp+0f,
    0x1.53a6a8p+0f, 0x1.3b7abcp-1f, 0x1.6dbfd6p-3f, 0x0p+0f,
};
V_CONST float ERF_TABLE8_2[8] = {
    -0x1.1e851p-9f, -0x1.169768p-3f, -0x1.4b3b06p-1f, -0x1.d2c6c8p-1f,
    -0x1.451366p-1f, -0x1.0703bep-2f, -0x1.09471ep-4f, 0x0p+0f,
};
V_CONST float ERF_TABLE8_3[8] = {
    -0x1.7389b8p-2f, -0x1.9c16fcp-3f, 0x1.2bb532p-4f, 0x1.5053b4p-3f,
    0x1.a6a0fap-4f, 0x1.26eef6p-5f, 0x1.01a63p-7f, 0x0p+0f,
};
