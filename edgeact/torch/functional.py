"""The activations of torch.nn.functional, by edgeact: torch's arguments, and a tier.

Each gives what torch's function of that name gives, in float32, float64, float16 and bfloat16, in
any layout, with the error that ``edgeact.spec`` promises. It raises what torch's raises for
parameters that make no sense, and

Raises:
    ValueError: no such tier, or the function does not have it in this dtype.
    TypeError: another dtype; integers, too, some of which torch would promote.
    edgeact.cuda.CudaError: a tensor on CUDA, where edgeact.cuda has no library.
    NotImplementedError: a tensor on another device.

>>> import torch
>>> gelu(torch.tensor([-12.0, 1.0]), tier="exact")
tensor([-2.1318e-32,  8.4134e-01])
>>> softplus(torch.tensor([0.0]), beta=2.0)
tensor([0.3466])
"""

from __future__ import annotations

import warnings
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.compiler import is_dynamo_compiling

from edgeact.torch.ops import CALLS


class _OfTier:
    """The operators, with a tier that is not their default."""

    def __init__(self, tier: str) -> None:
        self.tier = tier

    def __getattr__(self, name: str) -> Any:
        return partial(getattr(torch.ops.edgeact, name), tier=self.tier)


def _ops(tier: str) -> Any:
    """The operators in a tier; past a layer of Python, which a small call would feel, where no
    compiler looks on. There an argument is felt, too, so the default is not given.
    """
    if tier != "fast":
        return _OfTier(tier)
    return torch.ops.edgeact if is_dynamo_compiling() else CALLS


def relu(input: Tensor, inplace: bool = False, tier: str = "fast") -> Tensor:
    return (_ops(tier).relu_ if inplace else _ops(tier).relu)(input)


def relu6(input: Tensor, inplace: bool = False, tier: str = "fast") -> Tensor:
    return (_ops(tier).relu6_ if inplace else _ops(tier).relu6)(input)


def leaky_relu(
    input: Tensor, negative_slope: float = 0.01, inplace: bool = False, tier: str = "fast"
) -> Tensor:
    return (_ops(tier).leaky_relu_ if inplace else _ops(tier).leaky_relu)(input, negative_slope)


def prelu(input: Tensor, weight: Tensor, tier: str = "fast") -> Tensor:
    """One slope, or one for each channel: dimension 1 of the input."""
    if weight.numel() != 1:
        channels = input.shape[1] if input.dim() > 1 else 1
        if weight.numel() != channels:
            raise ValueError(f"prelu: {weight.numel()} slopes for {channels} channels")
        weight = weight.reshape(-1, *[1] * (input.dim() - 2))
    else:
        weight = weight.reshape(())
    return _ops(tier).prelu(input, weight)


def threshold(
    input: Tensor, threshold: float, value: float, inplace: bool = False, tier: str = "fast"
) -> Tensor:
    """``value`` must be 0."""
    if value != 0:
        raise ValueError(f"threshold: value {value} is not 0, the only one that edgeact has")
    op = _ops(tier).thresholded_relu_ if inplace else _ops(tier).thresholded_relu
    return op(input, threshold)


def hardtanh(
    input: Tensor,
    min_val: float = -1.0,
    max_val: float = 1.0,
    inplace: bool = False,
    tier: str = "fast",
) -> Tensor:
    if min_val > max_val:
        raise ValueError(f"hardtanh: min_val {min_val} is more than max_val {max_val}")
    return (_ops(tier).hardtanh_ if inplace else _ops(tier).hardtanh)(input, min_val, max_val)


def hardshrink(input: Tensor, lambd: float = 0.5, tier: str = "fast") -> Tensor:
    return _ops(tier).hardshrink(input, lambd)


def softshrink(input: Tensor, lambd: float = 0.5, tier: str = "fast") -> Tensor:
    if not lambd >= 0:
        raise ValueError(f"softshrink: lambd {lambd} is less than 0")
    return _ops(tier).softshrink(input, lambd)


def tanhshrink(input: Tensor, tier: str = "fast") -> Tensor:
    return _ops(tier).tanhshrink(input)


def sigmoid(input: Tensor, tier: str = "fast") -> Tensor:
    return _ops(tier).sigmoid(input)


def tanh(input: Tensor, tier: str = "fast") -> Tensor:
    return _ops(tier).tanh(input)


def gelu(input: Tensor, approximate: str = "none", tier: str = "fast") -> Tensor:
    if approximate not in ("none", "tanh"):
        raise ValueError(f"gelu: approximate {approximate!r} is not none or tanh")
    return (_ops(tier).gelu if approximate == "none" else _ops(tier).gelu_tanh)(input)


def silu(input: Tensor, inplace: bool = False, tier: str = "fast") -> Tensor:
    return (_ops(tier).silu_ if inplace else _ops(tier).silu)(input)


def mish(input: Tensor, inplace: bool = False, tier: str = "fast") -> Tensor:
    return (_ops(tier).mish_ if inplace else _ops(tier).mish)(input)


def softplus(
    input: Tensor, beta: float = 1.0, threshold: float = 20.0, tier: str = "fast"
) -> Tensor:
    if beta == 1 and threshold == 20:
        if input.dtype != torch.float64:  # there softplus(20.1) rounds to more than 20.1
            return _ops(tier).softplus(input)
        return _ops(tier).softplus_beta(input)
    return _ops(tier).softplus_beta(input, beta, threshold)


def logsigmoid(input: Tensor, tier: str = "fast") -> Tensor:
    return _ops(tier).logsigmoid(input)


def softsign(input: Tensor, tier: str = "fast") -> Tensor:
    return _ops(tier).softsign(input)


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False, tier: str = "fast") -> Tensor:
    return (_ops(tier).elu_ if inplace else _ops(tier).elu)(input, alpha)


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False, tier: str = "fast") -> Tensor:
    if alpha == 0:
        raise ZeroDivisionError("celu: alpha is 0")
    return (_ops(tier).celu_ if inplace else _ops(tier).celu)(input, alpha)


def selu(input: Tensor, inplace: bool = False, tier: str = "fast") -> Tensor:
    return (_ops(tier).selu_ if inplace else _ops(tier).selu)(input)


def hardsigmoid(input: Tensor, inplace: bool = False, tier: str = "fast") -> Tensor:
    return (_ops(tier).hardsigmoid_ if inplace else _ops(tier).hardsigmoid)(input)


def hardswish(input: Tensor, inplace: bool = False, tier: str = "fast") -> Tensor:
    return (_ops(tier).hardswish_ if inplace else _ops(tier).hardswish)(input)


def glu(input: Tensor, dim: int = -1, tier: str = "fast") -> Tensor:
    if input.shape[dim] % 2:
        raise ValueError(f"glu: dimension {dim} has {input.shape[dim]} values, which is odd")
    x, gate = input.chunk(2, dim)
    return _ops(tier).glu(x, gate)


def softmax(
    input: Tensor,
    dim: int | None = None,
    _stacklevel: int = 3,
    dtype: Any = None,
    tier: str = "fast",
) -> Tensor:
    return _of_rows(_ops("fast").softmax, input, dim, dtype, tier)


def softmin(
    input: Tensor,
    dim: int | None = None,
    _stacklevel: int = 3,
    dtype: Any = None,
    tier: str = "fast",
) -> Tensor:
    return _of_rows(_ops("fast").softmax, -input, dim, dtype, tier)


def log_softmax(
    input: Tensor,
    dim: int | None = None,
    _stacklevel: int = 3,
    dtype: Any = None,
    tier: str = "fast",
) -> Tensor:
    return _of_rows(_ops("fast").log_softmax, input, dim, dtype, tier)


def _of_rows(op: Any, input: Tensor, dim: int | None, dtype: Any, tier: str) -> Tensor:
    if tier != "fast":
        raise ValueError(f"softmax and log_softmax have no tier {tier}")
    if dim is None:
        warnings.warn("softmax without dim, as torch has it, is deprecated", stacklevel=3)
        dim = 0 if input.dim() in (0, 1, 3) else 1
    return op(input if dtype is None else input.to(dtype), dim)
