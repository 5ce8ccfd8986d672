/* Written by tools/coefficients.py from tools/minimax/erf_pieces.sollya (sha256 d466f4c96542cce6).
 * erf(a) for 0 <= a <= 3.95 in 16 pieces, in powers of a less the piece's center; the
 * On [0, 3.95] its relative error is at most 2^-27.77. */
#pragma once
V_CONST float ERF_PIECES_CENTER[16] = {
    0x0p+0f, 0x1.00179p-2f, 0x1.00004p-1f, 0x1.800528p-1f,
    0x1.00009p+0f, 0x1.40032p+0f, 0x1.800078p+0f, 0x1.c00134p+0f,
    0x1.00037p+1f, 0x1.2000a2p+1f, 0x1.400078p+1f, 0x1.600084p+1f,
    0x1.8008ap+1f, 0x1.a00c3p+1f, 0x1.c0a934p+1f, 0x1.ea6f6p+1f,
};
V_CONST float ERF_PIECES_0[16] = {
    0x0p+0f, 0x1.1b0e48p-2f, 0x1.0a7f2ep-1f, 0x1.6c1fe8p-1f,
    0x1.af76f2p-1f, 0x1.d887d8p-1f, 0x1.eea572p-1f, 0x1.f92d28p-1f,
    0x1.fd9b2ap-1f, 0x1.ff404cp-1f, 0x1.ffcaaap-1f, 0x1.fff2dp-1f,
    0x1.fffd1cp-1f, 0x1.ffff7p-1f, 0x1.ffffe8p-1f, 0x1.fffffep-1f,
};
V_CONST float ERF_PIECES_1[16] = {
    0x1.06eba8p-3f, 0x1.0f59f6p+0f, 0x1.c1ef92p-1f, 0x1.49294ap-1f,
    0x1.a91012p-2f, 0x1.e45668p-3f, 0x1.e720c6p-4f, 0x1.b04e14p-5f,
    0x1.52774p-6f, 0x1.d409dp-8f, 0x1.1d7ddcp-9f, 0x1.3359fep-11f,
    0x1.2392eep-13f, 0x1.e88754p-16f, 0x1.5d7a5p-18f, 0x1.fe156p-22f,
};
V_CONST float ERF_PIECES_2[16] = {
    0x1.20a4ccp-23f, -0x1.0f7304p-2f, -0x1.c1f004p-2f, -0x1.edc494p-2f,
    -0x1.a91104p-2f, -0x1.2eb8e4p-2f, -0x1.6d5944p-3f, -0x1.7a4522p-4f,
    -0x1.527c5p-5f, -0x1.074592p-6f, -0x1.64dce8p-8f, -0x1.a6a078p-10f,
    -0x1.b59578p-12f, -0x1.8ee858p-14f, -0x1.3a72p-16f, -0x1.13d17ap-19f,
};
V_CONST float ERF_PIECES_3[16] = {
    -0x1.81287ep-2f, -0x1.3c88c4p-2f, -0x1.2bf4acp-3f, 0x1.b73decp-6f,
    0x1.1b6222p-3f, 0x1.571be6p-3f, 0x1.1c2938p-3f, 0x1.714564p-4f,
    0x1.8aed2ep-5f, 0x1.63e98p-6f, 0x1.119968p-7f, 0x1.69c73p-9f,
    0x1.9d217cp-11f, 0x1.99b55ap-13f, 0x1.572d3ep-15f, 0x1.15abc8p-18f,
};
V_CONST float ERF_PIECES_4[16] = {
    0x1.6623b2p-15f, 0x1.043d5p-3f, 0x1.76f31cp-3f, 0x1.349946p-3f,
    0x1.1b69cap-4f, -0x1.9708dcp-8f, -0x1.6cc11ap-5f, -0x1.8a46b8p-5f,
    -0x1.19cd66p-5f, -0x1.38fd74p-6f, -0x1.1ad2aep-7f, -0x1.a9ba1ap-9f,
    -0x1.099e08p-10f, -0x1.b37d1ep-13f, 0x1.7d709ap-17f, 0x1.05d21ap-17f,
};
V_CONST float ERF_PIECES_5[16] = {
    0x1.cf8d68p-4f, 0x1.44daeap-4f, 0x1.e73e68p-8f, -0x1.b05494p-5f,
    -0x1.1a26c8p-4f, -0x1.81ab3p-5f, -0x1.e8ecf6p-7f, 0x1.aafdb2p-8f,
    0x1.aaded4p-7f, 0x1.5ccfp-7f, 0x1.916c02p-8f, 0x1.6a9be6p-9f,
    0x1.0bc766p-10f, 0x1.4c015cp-12f, 0x1.53e228p-14f, 0x1.c7ad28p-15f,
};
V_CONST float ERF_PIECES_6[16] = {
    -0x1.c3ab5p-8f, -0x1.5d97d4p-5f, -0x1.98a9fcp-5f, -0x1.bb222cp-6f,
    0x1.050d2ep-8f, 0x1.756a5cp-6f, 0x1.0b80d2p-6f, 0x1.4886e4p-7f,
    -0x1.0f1686p-10f, -0x1.081928p-9f, -0x1.3da428p-9f, -0x1.0d85b6p-9f,
    -0x1.06531ap-9f, -0x1.d6d172p-9f, -0x1.9754f8p-9f, -0x1.99bc4cp-14f,
};
