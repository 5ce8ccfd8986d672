/* Written by tools/coefficients.py from tools/minimax/silu_table.sollya (sha256 1bd19a8387129fd9).
 * a / (1 + e^a) for a >= 0 in 32 pieces; the factor keeps silu above its minimum
 * On [0, 9.76] its absolute error is at most 2^-14.14. */
#pragma once
#define SILU_TABLE_PER 0x1.9p+1f
static const float SILU_TABLE_0[32] = {
    0x0p+0f, 0x1.17a694p-11f, 0x1.1f3244p-7f, 0x1.3c5594p-5f,
    0x1.96e11ap-4f, 0x1.81363ap-3f, 0x1.2a7dcp-2f, 0x1.91de9ep-2f,
    0x1.e8102cp-2f, 0x1.123e94p-1f, 0x1.225cb6p-1f, 0x1.2570ccp-1f,
    0x1.1dcabp-1f, 0x1.0e3278p-1f, 0x1.f2ab0ep-2f, 0x1.c30902p-2f,
    0x1.9128d6p-2f, 0x1.5fc1f4p-2f, 0x1.30b1b6p-2f, 0x1.05255p-2f,
    0x1.bb81cap-3f, 0x1.75879ep-3f, 0x1.384c1ap-3f, 0x1.036408p-3f,
    0x1.ac550ep-4f, 0x1.5fcc54p-4f, 0x1.1f704cp-4f, 0x1.d3a2b8p-5f,
    0x1.7ace0cp-5f, 0x1.31a896p-5f, 0x1.eb7e7ep-6f, 0x0p+0f,
};
static const float SILU_TABLE_1[32] = {
    0x1.ffb0b8p-2f, 0x1.fa73eap-2f, 0x1.d886e8p-2f, 0x1.8cba62p-2f,
    0x1.1dc5ccp-2f, 0x1.3e83d8p-3f, 0x1.33f048p-5f, -0x1.ead934p-5f,
    -0x1.0b1c94p-3f, -0x1.64853p-3f, -0x1.8f4d04p-3f, -0x1.96da86p-3f,
    -0x1.8658c4p-3f, -0x1.673676p-3f, -0x1.40978ep-3f, -0x1.17855p-3f,
    -0x1.de8ebp-4f, -0x1.93a86p-4f, -0x1.506004p-4f, -0x1.157aecp-4f,
    -0x1.c5dfbep-5f, -0x1.707798p-5f, -0x1.293596p-5f, -0x1.dcc144p-6f,
    -0x1.7c74fcp-6f, -0x1.2e4cdp-6f, -0x1.de4eep-7f, -0x1.790fd8p-7f,
    -0x1.283f8ep-7f, -0x1.d01434p-8f, -0x1.6a76c2p-8f, 0x0p+0f,
};
static const float SILU_TABLE_2[32] = {
    -0x1.fdff2ep-3f, -0x1.e50b9ep-3f, -0x1.a03a76p-3f, -0x1.41f18ap-3f,
    -0x1.bd8e64p-4f, -0x1.0d43f6p-4f, -0x1.06df6ap-5f, -0x1.179cc6p-7f,
    0x1.98c23p-8f, 0x1.d5088cp-7f, 0x1.234d34p-6f, 0x1.2c8f82p-6f,
    0x1.1abf4ep-6f, 0x1.f7543p-7f, 0x1.afd3eep-7f, 0x1.68fe76p-7f,
    0x1.280ccap-7f, 0x1.de88ap-8f, 0x1.7e56bep-8f, 0x1.2eaf4p-8f,
    0x1.dba93p-9f, 0x1.736acep-9f, 0x1.207d28p-9f, 0x1.be2182p-10f,
    0x1.579a28p-10f, 0x1.07c908p-10f, 0x1.93a7e8p-11f, 0x1.341132p-11f,
    0x1.d51718p-12f, 0x1.645c58p-12f, 0x1.0e2f4ep-12f, 0x0p+0f,
};
