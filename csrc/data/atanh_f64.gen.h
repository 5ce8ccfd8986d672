/* Written by tools/coefficients.py from tools/minimax/atanh_f64.sollya (sha256 1c28a7986e8ca00b).
 * log((1 + s) / (1 - s)) for 0 <= s <= 1/3 as 2 s + s^3 (c0 + c1 s^2 + ...), in double
 * On [9.31323e-10, 0.333333] its relative error is at most 2^-59.32. */
#pragma once
V_CONST double ATANH_F64[10] = {
    0x1.5555555555535p-1, 0x1.99999999a0725p-2, 0x1.249249208e892p-2, 0x1.c71c741b15a32p-3,
    0x1.745cb438b4b19p-3, 0x1.3b1dd62630701p-3, 0x1.1068112711b1bp-3, 0x1.efd33f51f835bp-4,
    0x1.55c870e04365cp-4, 0x1.5c62242f698e6p-3,
};
