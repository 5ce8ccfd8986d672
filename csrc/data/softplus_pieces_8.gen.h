/* Written by tools/coefficients.py from tools/minimax/softplus_pieces_8.sollya (sha256 c5d51df36e6b5203).
 * POWER_0 e^a log(1 + e^-a) for 0 <= a <= 17.5: 8 polynomials in a less the center
 * On [0, 17.5] its relative error is at most 2^-24.95. */
#pragma once
V_CONST float SOFTPLUS_PIECES_CENTER[8] = {
    0x1.800b4p+0f, 0x1.40017cp+1f, 0x1.00013p+2f, 0x1.801878p+2f,
    0x1.20084cp+3f, 0x1.c87604p+3f, 0x1.0001ep-2f, 0x1.8001f8p-1f,
};
V_CONST float SOFTPLUS_PIECES[7][8] = {
    {
        0x1.b02f3ap-1f, 0x1.cc23c8p-1f, 0x1.da71ccp-1f, 0x1.de2f36p-1f,
        0x1.debf16p-1f, 0x1.dec69ap-1f, 0x1.6210bep-1f, 0x1.881f1p-1f,
    },
    {
        0x1.45e5ep-4f, 0x1.1ae6e8p-5f, 0x1.11e02cp-7f, 0x1.2e5d9p-10f,
        0x1.e42162p-15f, 0x1.4a1cep-22f, 0x1.53a1c4p-3f, 0x1.0bc80ap-3f,
    },
    {
        -0x1.ea9aacp-6f, -0x1.fc338cp-7f, -0x1.0b4b64p-8f, -0x1.2d5e12p-11f,
        -0x1.e3e502p-16f, -0x1.48fd84p-23f, -0x1.077af6p-5f, -0x1.2b0428p-5f,
    },
    {
        0x1.395a9p-8f, 0x1.0c9cdp-8f, 0x1.5351f2p-10f, 0x1.8ed88p-13f,
        0x1.3c87ecp-17f, 0x1.6e5beap-25f, -0x1.85fceap-8f, 0x1.6733bep-19f,
    },
    {
        0x1.32b17ep-11f, -0x1.249a1cp-11f, -0x1.324d8ep-12f, -0x1.89af08p-15f,
        -0x1.3cfdd4p-19f, -0x1.70e766p-27f, 0x1.948f26p-9f, 0x1.566726p-9f,
    },
    {
        -0x1.e2eb6p-12f, -0x1.6330fcp-15f, 0x1.7cef22p-15f, 0x1.3d647ap-17f,
        0x1.2e317ap-21f, 0x1.046f6ap-28f, 0x1.3f947ep-13f, -0x1.de993ap-12f,
    },
    {
        0x1.34b95cp-14f, 0x1.578204p-15f, -0x1.c41decp-19f, -0x1.8d117cp-20f,
        -0x1.8e7d48p-24f, -0x1.59f20cp-31f, -0x1.1eb58p-12f, -0x1.2c1c4p-13f,
    },
};
