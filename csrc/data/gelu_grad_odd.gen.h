/* Written by tools/coefficients.py from tools/minimax/gelu_grad_odd.sollya (sha256 bcf63a7809cbb632).
 * the odd part of gelu'(x) for |x| <= 0.4
 * On [9.31323e-10, 0.4] its relative error is at most 2^-24.98. */
#pragma once
#define GELU_GRAD_ODD_1 0x1.988454p-1f
#define GELU_GRAD_ODD_3 -0x1.1058b4p-2f
#define GELU_GRAD_ODD_5 0x1.ea8ec4p-5f
#define GELU_GRAD_ODD_7 -0x1.425376p-7f
#define GELU_GRAD_ODD_9 0x1.0e4442p-9f
