/* Written by tools/coefficients.py from tools/minimax/log_erfc.sollya (sha256 2e1b212ab8c0c35e).
 * log(erfc(x)) for 0.9 <= x <= 3.95: an error d there is an error d erfc(x) of erf(x)
 * On [0.9, 3.95] its weighted error is at most 2^-27.40. */
#pragma once
#define LOG_ERFC_0 -0x1.74d9a4p-13f
#define LOG_ERFC_1 -0x1.20b41ep+0f
#define LOG_ERFC_2 -0x1.462cf4p-1f
#define LOG_ERFC_3 -0x1.aa2152p-4f
#define LOG_ERFC_4 0x1.6cf996p-6f
#define LOG_ERFC_5 -0x1.907acap-9f
#define LOG_ERFC_6 0x1.9d7b14p-13f
