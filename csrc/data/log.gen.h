/* Written by tools/coefficients.py from tools/minimax/log.sollya (sha256 b90449bbc8e3d9e7).
 * log(1 + f) for sqrt(1/2) <= 1 + f <= sqrt(2) as f - f^2 / 2 + f^2 (c3 f + c4 f^2 + ...)
 * On [-0.292893, 0.414214] its relative error is at most 2^-26.83. */
#pragma once
#define LOG_3 0x1.55557p-2f
#define LOG_4 -0x1.000234p-2f
#define LOG_5 0x1.99944ep-3f
#define LOG_6 -0x1.5466fep-3f
#define LOG_7 0x1.239ce2p-3f
#define LOG_8 -0x1.0e96ccp-3f
#define LOG_9 0x1.015974p-3f
#define LOG_10 -0x1.2a6f78p-4f
