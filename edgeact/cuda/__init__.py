"""The activations on CUDA devices, from the formulas of the CPU's kernels.

``edgeact.cuda.NAME(x, ...)`` takes arrays that speak DLPack or ``__cuda_array_interface__``, as
those of PyTorch, CuPy, JAX and Numba do, without a copy, and gives an array of the same kind; or
NumPy's, which it copies there and back. Parameters are those of ``edgeact.NAME``, and have its
defaults. Derivatives are in :mod:`edgeact.cuda.grad`, what flows back through softmax in
:mod:`edgeact.cuda.backward`.

The kernels are to give the bits that a CPU with FMA gives, in tier fast unless
``edgeact.spec(name).own`` names its isa; docs/cuda.md says how far that has been shown.

Where there is no device a call raises a :class:`CudaError`, and :func:`available` says why:

>>> import numpy as np
>>> from edgeact import cuda
>>> if cuda.available():
...     cuda.relu(np.float32([-1, 1]))
... else:
...     np.float32([0, 1])
array([0., 1.], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from edgeact import _registry
from edgeact._quantized import Table8, Table16
from edgeact._tabulate import Tabulated
from edgeact.cuda import _call
from edgeact.cuda._arrays import DeviceArray
from edgeact.cuda._build import build
from edgeact.cuda._library import Availability, CudaError, available

Function = Callable[..., Any]


def apply(
    function: str | Table8 | Table16 | Tabulated,
    x: Any,
    *params: Any,
    out: Any = None,
    stream: Any = None,
    tier: str = "fast",
    **named: Any,
) -> Any:
    """Compute a function of each value on a CUDA device, in one launch.

    Args:
        function: an activation's name, or what :func:`edgeact.quantized` or
            :func:`edgeact.tabulate` made.
        x: an array in a device's memory, of any shape and strides, up to 8 dimensions: float16,
            bfloat16, float32, or float64 in tier fast; for a table its dtype. Or a NumPy array:
            then device 0 computes, and the call waits for the result.
        params: numbers. What ``edgeact.spec(name).tensors`` counts may be an array of x's dtype and
            device that broadcasts to x.
        out: an array of x's shape for the result, perhaps x itself; by default a new one, of x's
            library. Arrays must not overlap in part.
        stream: where the work goes: a handle, or an object of PyTorch, CuPy, or with
            ``__cuda_stream__``. By default PyTorch's or CuPy's current one, or the one that x's
            interface names, or the default stream. The call does not wait for it.
        tier: fast or exact.
        named: parameters by name.

    Raises:
        CudaError: there is no library, driver or device, or CUDA refuses.
        ValueError: no such activation or tier, a shape that does not fit, arrays of different
            devices, a stream of another device, an out that is read-only or has several values in
            one place.
        TypeError: a dtype without a kernel, an array in no device's memory, a wrong parameter.
        MemoryError: the device has too little memory.
    """
    if isinstance(function, str):
        return _call.activation(function, x, params, named, out, stream, tier)
    if params or named or tier != "fast":
        raise TypeError(f"{function!r} has no parameters and no tiers")
    if isinstance(function, Tabulated):
        return _call.tabulated(function, x, out, stream)
    return _call.look_up(function, x, out, stream)


def softmax(x: Any, axis: int = -1, *, out: Any = None, stream: Any = None) -> Any:
    """softmax along an axis; arguments and errors as :func:`apply` has them.

    The bits are the CPU's in float32, float16 and bfloat16; in float64 the bound.
    """
    return _call.rows("softmax", x, None, axis, out, stream)


def log_softmax(x: Any, axis: int = -1, *, out: Any = None, stream: Any = None) -> Any:
    """log_softmax along an axis; see :func:`softmax`."""
    return _call.rows("log_softmax", x, None, axis, out, stream)


def make(name: str, shown: str | None = None) -> Function:
    """The function ``edgeact.cuda.NAME``."""

    def function(
        x: Any, *params: Any, out: Any = None, stream: Any = None, tier: str = "fast", **named: Any
    ) -> Any:
        return _call.activation(name, x, params, named, out, stream, tier)

    spec = _registry.spec(name)
    given = "".join(
        f", {key}" if default is None else f", {key}={default:g}"
        for key, default in spec.params.items()
    )
    function.__name__ = function.__qualname__ = shown or name
    function.__doc__ = (
        f"{function.__name__}(x{given}, *, out=None, stream=None, tier='fast')\n\n"
        f"{spec.formula}\n\nArguments and errors are those of edgeact.cuda.apply."
    )
    return function


_FUNCTIONS = {name: make(name) for name in _registry.activations()}
_FUNCTIONS |= {alias: _FUNCTIONS[name] for alias, name in _registry.ALIASES.items()}
globals().update(_FUNCTIONS)

from edgeact.cuda import backward, grad  # noqa: E402  grad takes make

__all__ = ["Availability", "CudaError", "DeviceArray", "apply", "available", "backward", "build"]
__all__ += ["grad", "log_softmax", "softmax", *_FUNCTIONS]


def __getattr__(name: str) -> object:
    known = ", ".join([*_FUNCTIONS, *_registry.rowwise()])
    raise AttributeError(f"edgeact.cuda has no {name!r}; activations: {known}")
