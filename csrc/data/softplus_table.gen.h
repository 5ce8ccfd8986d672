/* Written by tools/coefficients.py from tools/minimax/softplus_table.sollya (sha256 81fa23b6bc27ecfb).
 * log(1 + e^-a) for a >= 0 in pieces
 * On [0, 8.92308] its absolute error is at most 2^-12.99. */
#pragma once
#define SOFTPLUS_TABLE_PER 0x1.ap+0f
#define SOFTPLUS_TABLE8_PER 0x1.9p-1f
V_CONST float SOFTPLUS_TABLE_0[16] = {
    0x1.62e3cep-1f, 0x1.6202c8p-1f, 0x1.562968p-1f, 0x1.33e07ep-1f,
    0x1.fdadfp-2f, 0x1.8824fp-2f, 0x1.1d13b4p-2f, 0x1.8d4c3ap-3f,
    0x1.0c361ep-3f, 0x1.6177b6p-4f, 0x1.c90a36p-5f, 0x1.22f868p-5f,
    0x1.6dcbbcp-6f, 0x1.c6f0dcp-7f, 0x1.184adap-7f, 0x0p+0f,
};
V_CONST float SOFTPLUS_TABLE_1[16] = {
    -0x1.ffdb1p-2f, -0x1.f711aap-2f, -0x1.c501a2p-2f, -0x1.6bdad4p-2f,
    -0x1.08c906p-2f, -0x1.669ba6p-3f, -0x1.ce67eap-4f, -0x1.2072a2p-4f,
    -0x1.5fd942p-5f, -0x1.a669bap-6f, -0x1.f53af6p-7f, -0x1.26b91cp-7f,
    -0x1.5820f8p-8f, -0x1.8f7982p-9f, -0x1.cd6e6ep-10f, 0x0p+0f,
};
V_CONST float SOFTPLUS_TABLE_2[16] = {
    0x1.fc5eccp-4f, 0x1.d0c07p-4f, 0x1.661d64p-4f, 0x1.e3a5d2p-5f,
    0x1.2a4902p-5f, 0x1.5ba5dcp-6f, 0x1.87e2a6p-7f, 0x1.b1795p-8f,
    0x1.da780ap-9f, 0x1.022e38p-9f, 0x1.181874p-10f, 0x1.2f5ac4p-11f,
    0x1.483dbcp-12f, 0x1.62ff7cp-13f, 0x1.7fd34ap-14f, 0x0p+0f,
};
V_CONST float SOFTPLUS_TABLE8_0[8] = {
    0x1.62e4fcp-1f, 0x1.644002p-1f, 0x1.484e18p-1f, 0x1.cbbc02p-2f,
    0x1.00a06cp-2f, 0x1.f24a26p-4f, 0x1.ba249p-5f, 0x0p+0f,
};
V_CONST float SOFTPLUS_TABLE8_1[8] = {
    -0x1.0028a6p-1f, -0x1.06017ap-1f, -0x1.bc21d4p-2f, -0x1.0160f6p-2f,
    -0x1.da90eep-4f, -0x1.84b886p-5f, -0x1.294faep-6f, 0x0p+0f,
};
V_CONST float SOFTPLUS_TABLE8_2[8] = {
    0x1.050fb2p-3f, 0x1.286fe4p-3f, 0x1.b7fa18p-4f, 0x1.946db8p-5f,
    0x1.2dc594p-6f, 0x1.9cce18p-8f, 0x1.0e8886p-9f, 0x0p+0f,
};
V_CONST float SOFTPLUS_TABLE8_3[8] = {
    -0x1.a01bbap-8f, -0x1.fd7de8p-7f, -0x1.3954ccp-7f, -0x1.b8ff22p-9f,
    -0x1.0646fcp-10f, -0x1.293c7ap-12f, -0x1.4c4808p-14f, 0x0p+0f,
};
