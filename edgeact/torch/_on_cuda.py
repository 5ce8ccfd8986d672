"""What runs the operators on CUDA: :mod:`edgeact.cuda`, on PyTorch's current stream.

Each function writes to the tensors that it is given last.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from edgeact import _registry, cuda


def activation(
    name: str, tensors: Sequence[Tensor], floats: Sequence[float], tier: str, y: Tensor
) -> None:
    x, *others = (tensor.detach().expand(y.shape) for tensor in tensors)
    cuda.apply(name, x, *others, *floats, out=y, tier=tier)


def flow_back(
    name: str,
    grad: Tensor,
    tensors: Sequence[Tensor],
    floats: Sequence[float],
    tier: str,
    made: Sequence[Tensor],
) -> None:
    """Derivatives, and their products with grad: each a launch. 16 bits are rounded at the end."""
    wide = torch.promote_types(grad.dtype, torch.float32)
    tensors = [tensor.to(wide) for tensor in tensors]
    rows = _registry.partials(name, tier)[: len(made)]
    for row, product in zip(rows, made, strict=True):
        derivative = torch.empty_like(product, dtype=wide)
        activation(row, tensors, floats, tier, derivative)
        torch.mul(derivative, grad, out=product)


def rows(name: str, x: Tensor, dim: int, y: Tensor) -> None:
    getattr(cuda, name)(x.detach(), dim, out=y)


def rows_flow_back(name: str, grad: Tensor, output: Tensor, dim: int, made: Tensor) -> None:
    getattr(cuda.backward, name)(grad.detach(), output.detach(), dim, out=made)
