"""What runs the operators on CPU where they were not compiled: the NumPy ufuncs.

The functions are those of :mod:`edgeact.torch._on_cuda`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

import edgeact
from edgeact import _registry, backward

_MODULES = {"fast": edgeact, "exact": edgeact.exact, "coarse": edgeact.coarse}
_BACKWARD = {"fast": backward, "exact": edgeact.exact.backward}


def _array(tensor: Tensor) -> Any:
    """The same memory as NumPy has it, to write to."""
    return _viewed(tensor, Tensor.numpy)


def _read(tensor: Tensor) -> Any:
    """The same memory as NumPy has it, to read. After numpy() fully_shard could not resize it."""
    return _viewed(tensor, np.from_dlpack)


def _viewed(tensor: Tensor, view: Callable[[Tensor], Any]) -> Any:
    tensor = tensor.detach()
    if tensor.dtype != torch.bfloat16:
        return view(tensor)
    if _registry.BFLOAT16 is None:
        raise TypeError('bfloat16 needs ml_dtypes: pip install "edgeact[bfloat16]"')
    return view(tensor.view(torch.int16)).view(_registry.BFLOAT16)


def _numbers(floats: Sequence[float], dtype: torch.dtype) -> list[Any]:
    """Beside 16-bit tensors, float32."""
    return list(map(np.float64 if dtype == torch.float64 else np.float32, floats))


def activation(
    name: str, tensors: Sequence[Tensor], floats: Sequence[float], tier: str, y: Tensor
) -> None:
    ufunc = getattr(_MODULES[tier], name)
    ufunc(*map(_read, tensors), *_numbers(floats, y.dtype), out=_array(y))


def flow_back(
    name: str,
    grad: Tensor,
    tensors: Sequence[Tensor],
    floats: Sequence[float],
    tier: str,
    made: Sequence[Tensor],
) -> None:
    ufunc = getattr(_BACKWARD[tier], name)
    out = [*map(_array, made)]
    out += [None] * (ufunc.nout - len(out))  # by a parameter that is a float here
    ufunc(*map(_read, (grad, *tensors)), *_numbers(floats, grad.dtype), out=tuple(out))


def rows(name: str, x: Tensor, dim: int, y: Tensor) -> None:
    getattr(edgeact, name)(_read(x), axis=dim, out=_array(y))


def rows_flow_back(name: str, grad: Tensor, output: Tensor, dim: int, made: Tensor) -> None:
    getattr(backward, name)(_read(grad), _read(output), axis=dim, out=_array(made))
