/* Written by tools/coefficients.py from tools/minimax/normal_tail_f64.sollya (sha256 edf8489089aacdf4).
 * a e^(a^2/2) Phi(-a) for 0.875 <= a <= 40 as a polynomial in q = (a - 4) / (a + 4); weight 1 / f
 * On [-0.641026, 0.818182] its weighted error is at most 2^-54.82. */
#define NORMAL_TAIL_F64_0 0x1.82b4bb8c94dcep-2
#define NORMAL_TAIL_F64_1 0x1.2dda040d62d0cp-4
#define NORMAL_TAIL_F64_2 -0x1.c41d6bcaf856cp-4
#define NORMAL_TAIL_F64_3 0x1.9adc525a90354p-4
#define NORMAL_TAIL_F64_4 -0x1.024df8efd28f1p-4
#define NORMAL_TAIL_F64_5 0x1.b0ffe01dabecep-6
#define NORMAL_TAIL_F64_6 -0x1.691976fb45b57p-8
#define NORMAL_TAIL_F64_7 -0x1.e4abd3b9ed4bcp-11
#define NORMAL_TAIL_F64_8 0x1.ce76f7132d8e1p-11
#define NORMAL_TAIL_F64_9 -0x1.99ff13dfe9b29p-15
#define NORMAL_TAIL_F64_10 -0x1.e8a500a31a861p-14
#define NORMAL_TAIL_F64_11 0x1.16d0f8f8cd138p-16
#define NORMAL_TAIL_F64_12 0x1.2cdadfbe6c5e6p-16
#define NORMAL_TAIL_F64_13 -0x1.5d8f285754b95p-19
#define NORMAL_TAIL_F64_14 -0x1.b83efeaf8853ep-19
#define NORMAL_TAIL_F64_15 0x1.b721ace1c2d19p-23
#define NORMAL_TAIL_F64_16 0x1.604cbed747c46p-21
#define NORMAL_TAIL_F64_17 0x1.622ad75e8ee8dp-25
#define NORMAL_TAIL_F64_18 -0x1.1682de88e05f3p-23
#define NORMAL_TAIL_F64_19 -0x1.12b68c5011745p-26
#define NORMAL_TAIL_F64_20 0x1.57f28c23fdd8ep-26
#define NORMAL_TAIL_F64_21 -0x1.3d58b78db65bdp-31
