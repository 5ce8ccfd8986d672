/* Written by tools/coefficients.py from tools/minimax/gate_table.sollya (sha256 b53a4eaf8423294a).
 * 1 / (1 + e^-a) - 1/2 for a >= 0 in 32 pieces, so near that swish stays above its minimum
 * On [0, 8.71429] its absolute error is at most 2^-16.04. */
#pragma once
#define GATE_TABLE_PER 0x1.cp+1f
V_CONST float GATE_TABLE_0[32] = {
    0x0p+0f, -0x1.87708ap-12f, -0x1.8b7614p-9f, -0x1.082e6ap-7f,
    -0x1.a7d25ap-7f, -0x1.bc7c08p-7f, -0x1.9c68dp-8f, 0x1.61162cp-7f,
    0x1.32cbbap-5f, 0x1.26acfep-4f, 0x1.c94eaap-4f, 0x1.3b1894p-3f,
    0x1.91d6ap-3f, 0x1.e53212p-3f, 0x1.1955ap-2f, 0x1.3c6e6p-2f,
    0x1.5b916p-2f, 0x1.76bd62p-2f, 0x1.8e2272p-2f, 0x1.a20eb6p-2f,
    0x1.b2dcfep-2f, 0x1.c0ee6cp-2f, 0x1.cca0aep-2f, 0x1.d64be8p-2f,
    0x1.de3fdcp-2f, 0x1.e4c2bap-2f, 0x1.ea12ap-2f, 0x1.ee63c6p-2f,
    0x1.f1e334p-2f, 0x1.f4b674p-2f, 0x1.f6fd04p-2f, 0x1p-1f,
};
V_CONST float GATE_TABLE_1[32] = {
    0x1.002ddp-2f, 0x1.04aa5ap-2f, 0x1.115aaap-2f, 0x1.1fffcep-2f,
    0x1.2a2fdap-2f, 0x1.2b5ffcp-2f, 0x1.22070cp-2f, 0x1.0f4762p-2f,
    0x1.eb9fd6p-3f, 0x1.b171c4p-3f, 0x1.757c2ep-3f, 0x1.3bcc6cp-3f,
    0x1.06eff4p-3f, 0x1.b0664cp-4f, 0x1.5ff4bcp-4f, 0x1.1c194p-4f,
    0x1.c7911ap-5f, 0x1.6b3d08p-5f, 0x1.204a32p-5f, 0x1.c7d52ep-6f,
    0x1.67349cp-6f, 0x1.1a449p-6f, 0x1.ba8ec2p-7f, 0x1.5a3574p-7f,
    0x1.0e557p-7f, 0x1.a5808p-8f, 0x1.4818dcp-8f, 0x1.fe1cfp-9f,
    0x1.8c0f74p-9f, 0x1.332c66p-9f, 0x1.dc02cp-10f, 0x0p+0f,
};
V_CONST float GATE_TABLE_2[32] = {
    -0x1.0ed9fep-8f, -0x1.1b914ep-6f, -0x1.05d30ep-5f, -0x1.591f0cp-5f,
    -0x1.82c8cep-5f, -0x1.870e86p-5f, -0x1.6f93dcp-5f, -0x1.4755b8p-5f,
    -0x1.17d4e4p-5f, -0x1.cfcc8p-6f, -0x1.775ad6p-6f, -0x1.2a58dep-6f,
    -0x1.d3d194p-7f, -0x1.6afbdep-7f, -0x1.17725ap-7f, -0x1.abaeacp-8f,
    -0x1.45d1c4p-8f, -0x1.eec392p-9f, -0x1.76b398p-9f, -0x1.1b3838p-9f,
    -0x1.ab89ecp-10f, -0x1.42576cp-10f, -0x1.e5aa8ap-11f, -0x1.6da5fcp-11f,
    -0x1.1328c4p-11f, -0x1.9e0194p-12f, -0x1.375acp-12f, -0x1.d43ac6p-13f,
    -0x1.60026ep-13f, -0x1.089d38p-13f, -0x1.8dd3c4p-14f, 0x0p+0f,
};
