/* Written by tools/coefficients.py from tools/minimax/mills_f64.sollya (sha256 b35e1767182bc7bd).
 * e^(a^2/2) Phi(-a) for 0 <= a <= 14.7 as a polynomial in q = (a - 4) / (a + 4), in double
 * On [-1, 0.572193] its weighted error is at most 2^-54.74. */
#pragma once
V_CONST double MILLS_F64[21] = {
    0x1.82b4bb8c94dcep-4, -0x1.5cf97b0ae882dp-3, 0x1.fd751a1fba3b7p-4, -0x1.25b6aa9658138p-4,
    0x1.f9b05f0efdeafp-6, -0x1.1644dc2f824cbp-7, 0x1.0a1bd412abab8p-11, 0x1.4eec24f014bbbp-11,
    -0x1.888dc87f21ffbp-13, -0x1.7e2475adbb5fbp-15, 0x1.e0a34baf1e1c5p-16, 0x1.36d44c2347cbp-18,
    -0x1.20c5f5ebea90fp-18, -0x1.bd82e6105e43bp-21, 0x1.623c975f5b5dfp-21, 0x1.bb29e2351aa04p-23,
    -0x1.856a2611c4cc5p-24, -0x1.be06bb49a4f8dp-25, 0x1.700681028c18p-28, 0x1.413c0d3fe60ffp-27,
    0x1.0f8b5fe7ac428p-29,
};
