/* Written by tools/coefficients.py from tools/minimax/mish_table.sollya (sha256 576eb2801ea13328).
 * mish's tanh(log(1 + e^x)) in 32 pieces; the factor keeps mish above its minimum
 * On [-8, 5.55556] its absolute error is at most 2^-12.89. */
#pragma once
#define MISH_TABLE_PER 0x1.2p+1f
V_CONST float MISH_TABLE_0[32] = {
    0x1.332006p-1f, 0x1.31cf02p-1f, 0x1.2dc196p-1f, 0x1.372dd6p-1f,
    0x1.5883b2p-1f, 0x1.86ef2ap-1f, 0x1.b22efp-1f, 0x1.d22b54p-1f,
    0x1.e6a632p-1f, 0x1.f2952ep-1f, 0x1.f91afap-1f, 0x1.fc83b6p-1f,
    0x1.fe3d46p-1f, 0x1p+0f, 0x0p+0f, 0x1.3f4c24p-6f,
    0x1.c0096ep-6f, 0x1.3873c6p-5f, 0x1.b0d4bcp-5f, 0x1.29756ep-4f,
    0x1.95273ep-4f, 0x1.10fac8p-3f, 0x1.6b28c8p-3f, 0x1.dba01cp-3f,
    0x1.31726ap-2f, 0x1.7ec53cp-2f, 0x1.d0c2eep-2f, 0x1.0ef976p-1f,
    0x1.2c7a46p-1f, 0x1.3ad578p-1f, 0x1.3a37eep-1f, 0x1.34763ep-1f,
};
V_CONST float MISH_TABLE_1[32] = {
    0x1.45dfccp-2f, 0x1.5cfcc8p-2f, 0x1.77d682p-2f, 0x1.57cce8p-2f,
    0x1.026306p-2f, 0x1.4a20dep-3f, 0x1.770b42p-4f, 0x1.88f9eap-5f,
    0x1.85b8cp-6f, 0x1.743216p-7f, 0x1.5a44eap-8f, 0x1.3c31c2p-9f,
    0x1.1cd64p-10f, 0x0p+0f, 0x0p+0f, 0x1.2688e6p-8f,
    0x1.b34308p-8f, 0x1.408c6ep-7f, 0x1.d65338p-7f, 0x1.577baap-6f,
    0x1.f2f788p-6f, 0x1.67fcap-5f, 0x1.01858p-4f, 0x1.6c68cap-4f,
    0x1.fc1eb6p-4f, 0x1.5b2c0ep-3f, 0x1.cd13dap-3f, 0x1.25d8fcp-2f,
    0x1.60ce7cp-2f, 0x1.8526c2p-2f, 0x1.818612p-2f, 0x1.5d3458p-2f,
};
V_CONST float MISH_TABLE_2[32] = {
    -0x1.0667e4p-6f, -0x1.1dcfccp-4f, -0x1.76d282p-4f, -0x1.40656ap-4f,
    -0x1.a596e6p-5f, -0x1.d3930ap-6f, -0x1.d0a072p-7f, -0x1.aea6eep-8f,
    -0x1.7e0608p-9f, -0x1.49a12ep-10f, -0x1.177e74p-11f, -0x1.d4b776p-13f,
    -0x1.863f42p-14f, 0x0p+0f, 0x0p+0f, 0x1.135becp-12f,
    0x1.ad338ep-12f, 0x1.4e6262p-11f, 0x1.0460b8p-10f, 0x1.952c2ap-10f,
    0x1.3ad728p-9f, 0x1.e84fa4p-9f, 0x1.797b92p-8f, 0x1.2259aep-7f,
    0x1.bb12a2p-7f, 0x1.4db392p-6f, 0x1.ec0538p-6f, 0x1.5dee94p-5f,
    0x1.d3dfaep-5f, 0x1.18013ep-4f, 0x1.0ee334p-4f, 0x1.37058cp-5f,
};
