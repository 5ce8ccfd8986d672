/* Written by tools/coefficients.py from tools/minimax/normal_tail.sollya (sha256 a20402903a9eec3a).
 * a e^(a^2/2) Phi(-a) for 0.8 <= a <= 14.6 in powers of t = (a - 1.78125) / (a + 4)
 * On [-0.204427, 0.68918] its relative error is at most 2^-26.45. */
#pragma once
#define NORMAL_TAIL_0 0x1.4da5cap-2f
#define NORMAL_TAIL_1 0x1.37e61p-2f
#define NORMAL_TAIL_2 -0x1.24405ap-1f
#define NORMAL_TAIL_3 0x1.472d96p-1f
#define NORMAL_TAIL_4 -0x1.cd22f4p-2f
#define NORMAL_TAIL_5 0x1.5d5b3ap-3f
#define NORMAL_TAIL_6 0x1.13e0f8p-9f
#define NORMAL_TAIL_7 -0x1.09b078p-5f
#define NORMAL_TAIL_8 0x1.555208p-7f
