/* Written by tools/coefficients.py from tools/minimax/normal_tail_f64.sollya (sha256 edf8489089aacdf4).
 * a e^(a^2/2) Phi(-a) for 0.875 <= a <= 40 as a polynomial in q = (a - 4) / (a + 4); weight 1 / f
 * On [-0.641026, 0.818182] its weighted error is at most 2^-54.82. */
static const double NORMAL_TAIL_F64[22] = {
    0x1.82b4bb8c94dcep-2, 0x1.2dda040d62d0cp-4, -0x1.c41d6bcaf856cp-4, 0x1.9adc525a90354p-4,
    -0x1.024df8efd28f1p-4, 0x1.b0ffe01dabecep-6, -0x1.691976fb45b57p-8, -0x1.e4abd3b9ed4bcp-11,
    0x1.ce76f7132d8e1p-11, -0x1.99ff13dfe9b29p-15, -0x1.e8a500a31a861p-14, 0x1.16d0f8f8cd138p-16,
    0x1.2cdadfbe6c5e6p-16, -0x1.5d8f285754b95p-19, -0x1.b83efeaf8853ep-19, 0x1.b721ace1c2d19p-23,
    0x1.604cbed747c46p-21, 0x1.622ad75e8ee8dp-25, -0x1.1682de88e05f3p-23, -0x1.12b68c5011745p-26,
    0x1.57f28c23fdd8ep-26, -0x1.3d58b78db65bdp-31,
};
