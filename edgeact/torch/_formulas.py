"""Each activation in torch's own differentiable functions: what its second derivative comes from.

The registry names the function where torch has it; the others are put together here.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

_QUICK = 1.702  # of gelu_quick


def _affine_hardswish(x: Tensor, *p: float) -> Tensor:
    return p[2] * functional.hardswish(p[0] * x + p[1]) + p[3]


FORMULAS: dict[str, Callable[..., Tensor]] = {
    "relu": torch.relu,
    "relu6": functional.relu6,
    "leaky_relu": functional.leaky_relu,
    "prelu": lambda x, slope: torch.where(x > 0, x, slope * x),
    "thresholded_relu": lambda x, alpha: functional.threshold(x, alpha, 0),
    "squared_relu": lambda x: torch.relu(x).square(),
    "hardtanh": functional.hardtanh,
    "hardshrink": functional.hardshrink,
    "softshrink": functional.softshrink,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "erf": torch.erf,
    "gelu": functional.gelu,
    "gelu_tanh": lambda x: functional.gelu(x, approximate="tanh"),
    "gelu_quick": lambda x: x * torch.sigmoid(_QUICK * x),
    "silu": functional.silu,
    "swish": lambda x, beta: x * torch.sigmoid(beta * x),
    "mish": functional.mish,
    "softplus": lambda x: -functional.logsigmoid(-x),
    "softplus_beta": functional.softplus,
    "logsigmoid": functional.logsigmoid,
    "softsign": functional.softsign,
    "elu": functional.elu,
    "celu": functional.celu,
    "selu": functional.selu,
    "exp": torch.exp,
    "expm1": torch.expm1,
    "log1p": torch.log1p,
    "tanhshrink": functional.tanhshrink,
    "hardsigmoid": lambda x: (x / 6 + 0.5).clamp(0, 1),  # torch's has no second derivative
    "hardsigmoid_affine": lambda x, alpha, beta: (alpha * x + beta).clamp(0, 1),
    "hardswish": functional.hardswish,
    "bias_gelu": lambda x, b: functional.gelu(x + b),
    "bias_silu": lambda x, b: functional.silu(x + b),
    "glu": lambda x, gate: x * torch.sigmoid(gate),
    "reglu": lambda x, up: torch.relu(x) * up,
    "swiglu": lambda x, up: functional.silu(x) * up,
    "geglu": lambda x, up: functional.gelu(x) * up,
    "geglu_tanh": lambda x, up: functional.gelu(x, approximate="tanh") * up,
    "scale_shift_hardswish": _affine_hardswish,
}

# What flows back through functions of rows, of dy and of their output, along dim.
BACKWARD_OF_ROWS: dict[str, Callable[[Tensor, Tensor, int], Tensor]] = {
    "softmax": lambda dy, y, dim: y * (dy - (dy * y).sum(dim, keepdim=True)),
    "log_softmax": lambda dy, y, dim: dy - y.exp() * dy.sum(dim, keepdim=True),
}
