"""Trained activations as tables, for what runs without PyTorch.

>>> import torch
>>> from edgeact.torch import CubicSpline, freeze
>>> model = torch.nn.Sequential(torch.nn.Linear(2, 4), CubicSpline(), torch.nn.Linear(4, 1))
>>> freeze(model, check=1 << 18)["1"].bound
0.0001
>>> model(torch.zeros(5, 2)).shape
torch.Size([5, 1])

The table of one activation is its own ``freeze()``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

import edgeact
from edgeact import _registry
from edgeact._registry import ffi, lib
from edgeact._tabulate.table import native
from edgeact.cuda import _call
from edgeact.torch._pointwise import Freezable
from edgeact.torch.ops import DTYPES

__all__ = ["Frozen", "freeze"]


def _run(x: Tensor, coefficients: Tensor, numbers: Sequence[float]) -> Tensor:
    """numbers: as :class:`edgeact._tabulate.table.Table` has them."""
    y = torch.empty_like(x)  # dense, whatever x is
    if y.stride() != x.stride():
        x = torch.empty_like(x).copy_(x)
    table = native(numbers, coefficients.shape, coefficients.data_ptr())
    dtype = _registry.DTYPES.index(DTYPES[x.dtype])
    kernel = lib.edgeact_tabulated_lookup(dtype, ffi.NULL)
    size = x.element_size()
    kernel(table, [ffi.cast("char *", t.data_ptr()) for t in (x, y)], [size, size], x.numel())
    return y


def _run_on_cuda(x: Tensor, coefficients: Tensor, numbers: Sequence[float]) -> Tensor:
    if coefficients.device != x.device:
        raise ValueError(f"the table is on {coefficients.device}, x on {x.device}")
    y, at = torch.empty_like(x), coefficients.data_ptr()
    _call.table_of("edgeact::tabulated", numbers, coefficients.shape, at, x.detach(), y)
    return y


def _batched(
    info: Any, in_dims: Sequence[int | None], x: Tensor, *table: Any
) -> tuple[Tensor, int | None]:
    return _tabulated(x, *table), in_dims[0]


_tabulated: Any = torch.library.custom_op(
    "edgeact::tabulated", _run, mutates_args=(), device_types="cpu"
)
_tabulated.register_kernel("cuda", _run_on_cuda)
_tabulated.register_fake(lambda x, *table: torch.empty_like(x))
_tabulated.register_vmap(_batched)


class Frozen(nn.Module):
    """A table of :func:`edgeact.tabulate` as a module, for inference.

    :func:`edgeact.onnx.export` writes it as one operator ``ai.edgeact::Tabulated``, which is native
    where edgeact is registered, and elsewhere is run by its body in ONNX's own operators.

    Takes float32, float64, float16 and bfloat16, of any shape, and keeps both; in ONNX
    all but float64. It has no gradient: RuntimeError from backward.

    Args:
        table: what it computes.

    >>> import math
    >>> Frozen(edgeact.tabulate(math.erf, check=1 << 18))(torch.tensor([0.0, 9.0]))
    tensor([0., 1.])
    """

    def __init__(self, table: edgeact.Tabulated) -> None:
        super().__init__()
        self.table, self._to_onnx = table, False
        self._coefficients = torch.from_numpy(table.table.coefficients)
        self._numbers = table.table.numbers

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Frozen:
        """The coefficients are no buffer: they follow a model to its device, not to its dtype."""
        device = fn(torch.empty(0, device=self._coefficients.device)).device
        self._coefficients = torch.from_numpy(self.table.table.coefficients).to(device)
        super()._apply(fn, recurse)
        return self

    def forward(self, x: Tensor) -> Tensor:
        if x.dtype not in DTYPES:
            raise TypeError(f"a table has no kernel for {x.dtype}")
        if self._to_onnx or torch.onnx.is_in_onnx_export():
            return self._as_onnx(x)
        y: Tensor = _tabulated(x, self._coefficients, self._numbers)
        return y

    def _as_onnx(self, x: Tensor) -> Tensor:
        if x.dtype == torch.float64:
            raise TypeError("ONNX's Tabulated takes no torch.float64")
        from edgeact._tabulate.model import attributes
        from edgeact.onnx.bodies import DOMAIN, TABULATED, VERSION

        y: Tensor = torch.onnx.ops.symbolic(
            f"{DOMAIN}::{TABULATED}",
            (x.float(),),
            attributes(self.table.table),
            dtype=torch.float32,
            shape=x.shape,
            version=VERSION,
        )
        return y.to(x.dtype)

    def extra_repr(self) -> str:
        return str(self.table.certificate)


@contextmanager
def to_onnx(model: nn.Module) -> Iterator[None]:
    """Where torch.export runs for ONNX, which torch.onnx itself cannot know."""
    frozen = [module for module in model.modules() if isinstance(module, Frozen)]
    for module in frozen:
        module._to_onnx = True
    try:
        yield
    finally:
        for module in frozen:
            module._to_onnx = False


def freeze(
    model: nn.Module, max_abs: float = 1e-4, **arguments: Any
) -> dict[str, edgeact.Tabulated]:
    """Put a :class:`Frozen` table in the place of each learnable or adaptive activation of a model.

    Args:
        model: is changed, once all tables are made.
        max_abs, arguments: as the ``freeze`` of each takes them.

    Returns:
        The tables by the activations' names in the model.

    Raises:
        ValueError: the model is such an activation itself; or one cannot be a table, and the
            message has its name. The model is as it was.
    """
    if isinstance(model, Freezable):
        raise ValueError(f"{type(model).__name__} is no part of a model: call its own freeze()")
    frozen: dict[int, Frozen] = {}
    places: list[tuple[nn.Module, str, str, Frozen]] = []
    for prefix, parent in model.named_modules():
        for name, child in parent._modules.items():  # named_children() has each once
            if not isinstance(child, Freezable):
                continue
            path = f"{prefix}.{name}" if prefix else name
            if id(child) not in frozen:
                try:
                    frozen[id(child)] = Frozen(child.freeze(max_abs, **arguments))
                except ValueError as error:
                    raise ValueError(f"{path}: {error}") from error
            places.append((parent, name, path, frozen[id(child)]))
    for parent, name, _, module in places:
        setattr(parent, name, module)
    return {path: module.table for _, _, path, module in places}
