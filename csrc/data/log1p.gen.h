/* Written by tools/coefficients.py from tools/minimax/log1p.sollya (sha256 f83c222853a89986).
 * log(1 + e) for 0 <= e <= 1 as e + e^2 (c2 + c3 e + ...)
 * On [9.31323e-10, 1] its relative error is at most 2^-27.41. */
#define LOG1P_2 -0x1.ffffd2p-2f
#define LOG1P_3 0x1.554ddap-2f
#define LOG1P_4 -0x1.ff2556p-3f
#define LOG1P_5 0x1.935568p-3f
#define LOG1P_6 -0x1.3a6736p-3f
#define LOG1P_7 0x1.b53c48p-4f
#define LOG1P_8 -0x1.d7efa8p-5f
#define LOG1P_9 0x1.4a9226p-6f
#define LOG1P_10 -0x1.b22adep-9f
