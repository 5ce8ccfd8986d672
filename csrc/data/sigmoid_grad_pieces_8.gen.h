/* Written by tools/coefficients.py from tools/minimax/sigmoid_grad_pieces.sollya (sha256 447d6e2e0d678e41).
 * The derivative of sigmoid: polynomials in a less the center
 * On [0, 10] its relative error is at most 2^-25.69. */
#pragma once
#define SIGMOID_GRAD_PIECES_PER 0x1.7f7ceep-1f
V_CONST float SIGMOID_GRAD_PIECES_CENTER[8] = {
    0x0p+0f, 0x1.55caf2p+0f, 0x1.55d886p+1f, 0x1.005a9p+2f,
    0x1.55d794p+2f, 0x1.ab45f2p+2f, 0x1.00663p+3f, 0x1.2ae51ap+3f,
};
V_CONST float SIGMOID_GRAD_PIECES[9][8] = {
    {
        0x1p-2f, 0x1.51c0b6p-3f, 0x1.efeb08p-5f, 0x1.1fd902p-6f,
        0x1.36e9eap-8f, 0x1.49a284p-10f, 0x1.5b2adap-12f, 0x1.703056p-14f,
    },
    {
        0x1.fef11cp-30f, -0x1.8a12c2p-4f, -0x1.afb858p-5f, -0x1.158c96p-6f,
        -0x1.33f316p-8f, -0x1.48ce06p-10f, -0x1.5aeffcp-12f, -0x1.701fcap-14f,
    },
    {
        -0x1.000018p-4f, 0x1.c579fp-11f, 0x1.3bca4ap-6f, 0x1.018138p-7f,
        0x1.2e1044p-9f, 0x1.4725d8p-11f, 0x1.5a7a4cp-13f, 0x1.6ffebp-15f,
    },
    {
        0x1.88696ep-20f, 0x1.0137b8p-6f, -0x1.3af354p-9f, -0x1.240bb8p-9f,
        -0x1.8338eep-11f, -0x1.afca7ap-13f, -0x1.ccbe92p-15f, -0x1.ea5068p-17f,
    },
    {
        0x1.54f4f4p-7f, -0x1.33e364p-8f, -0x1.f1ba72p-11f, 0x1.8778bap-12f,
        0x1.64ad24p-13f, 0x1.a703aap-15f, 0x1.ca4d5ap-17f, 0x1.e9a136p-19f,
    },
    {
        0x1.9f0922p-15f, -0x1.7ca5b6p-11f, 0x1.2edb56p-11f, -0x1.0f3e74p-17f,
        -0x1.db9458p-16f, -0x1.4479ccp-17f, -0x1.6ac708p-19f, -0x1.86a65ep-21f,
    },
    {
        -0x1.a2c74ap-10f, 0x1.8bbce8p-11f, -0x1.17c6b8p-13f, -0x1.28db52p-16f,
        0x1.83606cp-19f, 0x1.8c0d3ap-20f, 0x1.d8c0ecp-22f, 0x1.02b1bep-23f,
    },
    {
        0x1.5c8f76p-13f, -0x1.835e3ap-14f, -0x1.3f391p-21f, 0x1.c8a9bp-18f,
        0x1.047406p-23f, -0x1.6f668cp-23f, -0x1.025814p-24f, -0x1.24d2bp-26f,
    },
    {
        0x1.712ebp-14f, -0x1.ac4f38p-15f, 0x1.357058p-17f, -0x1.6c51c6p-20f,
        -0x1.eee038p-24f, 0x1.6b6f3ep-27f, 0x1.fbf4bp-28f, 0x1.31341ep-29f,
    },
};
