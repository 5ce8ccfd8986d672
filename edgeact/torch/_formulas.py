"""Each activation in torch's own differentiable functions: what its second derivative comes from.

The registry names the function where torch has it; the others are put together here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import torch
from torch import Tensor
from torch.nn import functional

import edgeact

_QUICK = 1.702  # of gelu_quick


def _affine_hardswish(x: Tensor, *p: float) -> Tensor:
    return p[2] * functional.hardswish(p[0] * x + p[1]) + p[3]


def _of_torch(path: str) -> Callable[..., Tensor]:
    function: Callable[..., Tensor] = reduce(getattr, path.split(".")[1:], torch)
    return function


# Where the registry names a function that has the same arguments.
_TORCHS = {
    name: _of_torch(path)
    for name in edgeact.activations()
    if (path := edgeact.spec(name).torch) and "(" not in path
}

FORMULAS: dict[str, Callable[..., Tensor]] = _TORCHS | {
    "prelu": lambda x, slope: torch.where(x > 0, x, slope * x),  # torch's has one a channel
    "thresholded_relu": lambda x, alpha: functional.threshold(x, alpha, 0),
    "squared_relu": lambda x: torch.relu(x).square(),
    "gelu_tanh": lambda x: functional.gelu(x, approximate="tanh"),
    "gelu_quick": lambda x: x * torch.sigmoid(_QUICK * x),
    "swish": lambda x, beta: x * torch.sigmoid(beta * x),
    "softplus": lambda x: -functional.logsigmoid(-x),
    "hardsigmoid": lambda x: (x / 6 + 0.5).clamp(0, 1),  # torch's has no second derivative
    "hardsigmoid_affine": lambda x, alpha, beta: (alpha * x + beta).clamp(0, 1),
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
