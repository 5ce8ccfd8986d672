/* Written by tools/coefficients.py from tools/minimax/erf_far_f64.sollya (sha256 f27e830932dd59e0).
 * log(erfc(a)) for 0.9 <= a <= 6 in powers of a - 1: an error d there is an error d erfc(a) of erf(a)
 * On [-0.1, 5] its weighted error is at most 2^-58.53. */
#pragma once
V_CONST double ERF_FAR_F64[22] = {
    -0x1.d97fbf27aa2a1p+0, -0x1.51c9b0006c23dp+1, -0x1.afabc11a28f56p-1, -0x1.5477f09ca8f72p-5,
    0x1.48c9d40c2aa78p-7, -0x1.033f69980ae42p-9, 0x1.f1b4bb899d19cp-13, 0x1.b8be80b9b5b0dp-16,
    -0x1.c75aaad2d8121p-16, 0x1.415ed75077f2bp-17, -0x1.0efb385ddcd6bp-19, 0x1.b9ebffc43deaap-24,
    0x1.10f83727aa27dp-23, -0x1.26181559fbc23p-24, 0x1.74b23b764f0b5p-26, -0x1.4fa3f6a39004ap-28,
    0x1.ab7602d98599ap-31, -0x1.5235d57a168a6p-34, 0x1.1be6f8a3d0102p-39, 0x1.4b77f1a3a1beap-41,
    -0x1.6b8fa24022b85p-44, 0x1.fa821e64fd46ep-49,
};
