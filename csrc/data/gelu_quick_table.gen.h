/* Written by tools/coefficients.py from tools/minimax/gelu_quick_table.sollya (sha256 da207fa75c9337dd).
 * a / (1 + e^1.702a) for a >= 0 in 32 pieces; the factor keeps gelu_quick above its minimum
 * On [0, 5.80952] its absolute error is at most 2^-14.85. */
#pragma once
#define GELU_QUICK_TABLE_PER 0x1.5p+2f
V_CONST float GELU_QUICK_TABLE_0[32] = {
    0x0p+0f, 0x1.59caccp-12f, 0x1.6237c8p-8f, 0x1.849e16p-6f,
    0x1.f15a6p-5f, 0x1.d4318ap-4f, 0x1.6899bp-3f, 0x1.e2810cp-3f,
    0x1.23369cp-2f, 0x1.45549ap-2f, 0x1.567c3ep-2f, 0x1.583826p-2f,
    0x1.4d7beep-2f, 0x1.39b05cp-2f, 0x1.200d88p-2f, 0x1.034c7p-2f,
    0x1.cb1d14p-3f, 0x1.90bfap-3f, 0x1.599574p-3f, 0x1.26e3ep-3f,
    0x1.f2a2e4p-4f, 0x1.a22a0cp-4f, 0x1.5c1b26p-4f, 0x1.1fe6dp-4f,
    0x1.d96808p-5f, 0x1.831f74p-5f, 0x1.3b0208p-5f, 0x1.fe5422p-6f,
    0x1.9ba8eep-6f, 0x1.4ac5cep-6f, 0x1.08d26cp-6f, 0x0p+0f,
};
V_CONST float GELU_QUICK_TABLE_1[32] = {
    0x1.ffb01ep-2f, 0x1.fa3f54p-2f, 0x1.d71946p-2f, 0x1.88f472p-2f,
    0x1.175f1p-2f, 0x1.2e04a4p-3f, 0x1.dcaeb6p-6f, -0x1.14827cp-4f,
    -0x1.16e674p-3f, -0x1.6bbc7ap-3f, -0x1.920446p-3f, -0x1.95b32p-3f,
    -0x1.8235bap-3f, -0x1.6100b6p-3f, -0x1.39225ap-3f, -0x1.0f7a72p-3f,
    -0x1.ce527p-4f, -0x1.83fcfep-4f, -0x1.41bd7p-4f, -0x1.082648p-4f,
    -0x1.ae1032p-5f, -0x1.5b8f5ap-5f, -0x1.17130ap-5f, -0x1.bdadp-6f,
    -0x1.62195ap-6f, -0x1.18156ap-6f, -0x1.b94c64p-7f, -0x1.5a616ap-7f,
    -0x1.0efa5ap-7f, -0x1.a6aafp-8f, -0x1.48b4aep-8f, 0x0p+0f,
};
V_CONST float GELU_QUICK_TABLE_2[32] = {
    -0x1.b1f7e2p-2f, -0x1.9c3196p-2f, -0x1.604ad6p-2f, -0x1.0ea0ap-2f,
    -0x1.72ae1ap-3f, -0x1.b8d0e6p-4f, -0x1.a0b7c8p-5f, -0x1.7df236p-7f,
    0x1.9a2faep-7f, 0x1.a019c4p-6f, 0x1.f5890ap-6f, 0x1.fd5554p-6f,
    0x1.d9f2p-6f, 0x1.a23b6ep-6f, 0x1.6438fp-6f, 0x1.27dec6p-6f,
    0x1.e26cb2p-7f, 0x1.83befp-7f, 0x1.342e8cp-7f, 0x1.e58132p-8f,
    0x1.7b9e96p-8f, 0x1.27078ep-8f, 0x1.c8280ep-9f, 0x1.5f1794p-9f,
    0x1.0d3066p-9f, 0x1.9b63fep-10f, 0x1.396b9p-10f, 0x1.dc496cp-11f,
    0x1.6909dap-11f, 0x1.11138cp-11f, 0x1.9c4778p-12f, 0x0p+0f,
};
