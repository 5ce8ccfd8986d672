/* Written by tools/coefficients.py from tools/minimax/mish_table.sollya (sha256 2bf9dbec8b7bd8d9).
 * mish's tanh(log(1 + e^x)) in 32 pieces; the factor keeps mish above its minimum
 * On [-8, 4.2] its absolute error is at most 2^-13.34. */
#pragma once
#define MISH_TABLE_PER 0x1.4p+1f
static const float MISH_TABLE_0[32] = {
    0x1.332004p-1f, 0x1.321e0cp-1f, 0x1.2e1bep-1f, 0x1.31de1ap-1f,
    0x1.48c29cp-1f, 0x1.6f6e26p-1f, 0x1.9983b4p-1f, 0x1.bd433cp-1f,
    0x1.d73ca2p-1f, 0x1.e84034p-1f, 0x1.f2a14ap-1f, 0x1p+0f,
    0x0p+0f, 0x1.3442dp-6f, 0x1.a2773p-6f, 0x1.1aaf08p-5f,
    0x1.7be4a6p-5f, 0x1.fb7c5cp-5f, 0x1.50a978p-4f, 0x1.bb318cp-4f,
    0x1.211146p-3f, 0x1.7508ccp-3f, 0x1.db371ep-3f, 0x1.29f442p-2f,
    0x1.6e7098p-2f, 0x1.b7dd96p-2f, 0x1.00199cp-1f, 0x1.1f3a1ep-1f,
    0x1.34394p-1f, 0x1.3c00f2p-1f, 0x1.392248p-1f, 0x1.3423d4p-1f,
};
static const float MISH_TABLE_1[32] = {
    0x1.463338p-2f, 0x1.59a0bp-2f, 0x1.7623c4p-2f, 0x1.68c8d8p-2f,
    0x1.27f826p-2f, 0x1.a3b18cp-3f, 0x1.09d578p-3f, 0x1.364a1ap-4f,
    0x1.55bf44p-5f, 0x1.6941d6p-6f, 0x1.72dd62p-7f, 0x0p+0f,
    0x0p+0f, 0x1.1aebf2p-8f, 0x1.924152p-8f, 0x1.1d3712p-7f,
    0x1.9341fap-7f, 0x1.1c1aaep-6f, 0x1.8eb52ap-6f, 0x1.166fbcp-5f,
    0x1.82a344p-5f, 0x1.0a8324p-4f, 0x1.6c14a8p-4f, 0x1.eb7958p-4f,
    0x1.468932p-3f, 0x1.a8b56p-3f, 0x1.0c20cp-2f, 0x1.44c73ap-2f,
    0x1.734496p-2f, 0x1.88e308p-2f, 0x1.7c3b38p-2f, 0x1.59b2c2p-2f,
};
static const float MISH_TABLE_2[32] = {
    -0x1.06597ap-6f, -0x1.0cd9dep-4f, -0x1.72cab6p-4f, -0x1.5b61d2p-4f,
    -0x1.fef962p-5f, -0x1.3efa2ap-5f, -0x1.648364p-6f, -0x1.72228ap-7f,
    -0x1.6dfcaep-8f, -0x1.5e6f4ep-9f, -0x1.487b9ap-10f, 0x0p+0f,
    0x0p+0f, 0x1.072446p-12f, 0x1.885e3p-12f, 0x1.24746cp-11f,
    0x1.b3ce54p-11f, 0x1.448912p-10f, 0x1.e2f208p-10f, 0x1.66e5ecp-9f,
    0x1.0a3868p-8f, 0x1.89d824p-8f, 0x1.221a7ap-7f, 0x1.a8997p-7f,
    0x1.33a71p-6f, 0x1.b6f5d4p-6f, 0x1.3187e6p-5f, 0x1.98b3fep-5f,
    0x1.ffbd66p-5f, 0x1.1dee3p-4f, 0x1.022a68p-4f, 0x1.139d66p-5f,
};
