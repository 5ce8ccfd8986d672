/* Written by tools/coefficients.py from tools/minimax/log_erfc_f64.sollya (sha256 78e9fa4c6077655e).
 * log(erfc(a)) for 0.9 <= a <= 3.95 in powers of a - 2.375, in double: an error d there is an error d erfc(a) of erf(a)
 * On [-1.475, 1.575] its weighted error is at most 2^-53.66. */
#pragma once
V_CONST double LOG_ERFC_F64[17] = {
    -0x1.c9c1da09b326dp+2, -0x1.4780c1ed5a94bp+2, -0x1.e1149e502a1f7p-1, -0x1.8988b0d3509e3p-7,
    0x1.40cd07d39babfp-9, -0x1.fa8e4413d30e4p-12, 0x1.75417d5498a64p-14, -0x1.ea311bce5c4e4p-17,
    0x1.03253f3fb212dp-19, -0x1.15e657695ae6ep-23, -0x1.09b172ac899c8p-25, 0x1.36a1cf1b459cap-26,
    -0x1.6f3fe996580aap-28, 0x1.8382f0cbcf1b9p-31, -0x1.4cf55c472adb4p-32, 0x1.e473a80c8da7ap-34,
    0x1.526448a9afeaep-35,
};
