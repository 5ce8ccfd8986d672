/* Written by tools/coefficients.py from tools/minimax/tanh_table.sollya (sha256 40d8fd3a66c37c81).
 * tanh(a) for a >= 0 in pieces; the factor keeps it below 1
 * On [0, 4.2963] its absolute error is at most 2^-12.27. */
#pragma once
#define TANH_TABLE_PER 0x1.bp+1f
#define TANH_TABLE8_PER 0x1.8p+0f
V_CONST float TANH_TABLE_0[16] = {
    0x0p+0f, -0x1.6a92f8p-8f, -0x1.a15c8cp-6f, -0x1.b99212p-8f,
    0x1.795bdep-4f, 0x1.0174aap-2f, 0x1.b47cc4p-2f, 0x1.2abe8ep-1f,
    0x1.6b2912p-1f, 0x1.9b1254p-1f, 0x1.bd07p-1f, 0x1.d44c4ep-1f,
    0x1.e3dc1cp-1f, 0x1.ee1312p-1f, 0x1.f4ae26p-1f, 0x1p+0f,
};
V_CONST float TANH_TABLE_1[16] = {
    0x1.00c2ecp+0f, 0x1.1134bp+0f, 0x1.29f0e8p+0f, 0x1.1e4aep+0f,
    0x1.dbaa36p-1f, 0x1.610432p-1f, 0x1.e53c22p-2f, 0x1.3d253ep-2f,
    0x1.912f6ap-3f, 0x1.f0828ep-4f, 0x1.2ea1p-4f, 0x1.6ce878p-5f,
    0x1.b467dap-6f, 0x1.0344d2p-6f, 0x1.327454p-7f, 0x0p+0f,
};
V_CONST float TANH_TABLE_2[16] = {
    -0x1.167dc6p-4f, -0x1.0a13a8p-2f, -0x1.8273eep-2f, -0x1.667364p-2f,
    -0x1.098544p-2f, -0x1.5a6a0ep-3f, -0x1.a456d2p-4f, -0x1.e988a2p-5f,
    -0x1.169264p-5f, -0x1.39011cp-6f, -0x1.5d3146p-7f, -0x1.8406acp-8f,
    -0x1.ae3e14p-9f, -0x1.dc766cp-10f, -0x1.07a7e8p-10f, 0x0p+0f,
};
V_CONST float TANH_TABLE8_0[8] = {
    0x0p+0f, -0x1.5c172cp-6f, -0x1.2835a4p-4f, 0x1.9819c2p-3f,
    0x1.1dbc04p-1f, 0x1.965492p-1f, 0x1.d3411ap-1f, 0x1p+0f,
};
V_CONST float TANH_TABLE8_1[8] = {
    0x1.001fb2p+0f, 0x1.25fa56p+0f, 0x1.598054p+0f, 0x1.bb2fdap-1f,
    0x1.953722p-2f, 0x1.3ee10ep-3f, 0x1.d095f6p-5f, 0x0p+0f,
};
V_CONST float TANH_TABLE8_2[8] = {
    -0x1.3c7f64p-7f, -0x1.71345ap-2f, -0x1.3bafaap-1f, -0x1.4f42fcp-2f,
    -0x1.f226e2p-4f, -0x1.472b98p-5f, -0x1.981056p-7f, 0x0p+0f,
};
V_CONST float TANH_TABLE8_3[8] = {
    -0x1.2efeb6p-2f, -0x1.57a9dp-8f, 0x1.9ce598p-4f, 0x1.5f5214p-5f,
    0x1.a1d5b2p-7f, 0x1.c6a4fcp-9f, 0x1.e35af4p-11f, 0x0p+0f,
};
