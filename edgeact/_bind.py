"""Calls on fixed buffers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from edgeact import _registry
from edgeact._apply import with_defaults
from edgeact._registry import ffi, lib

Array = npt.NDArray[Any]


def _checked(what: str, array: Any, dtype: np.dtype[Any]) -> Array:
    """An array as it is, for it is a buffer; what is none becomes one."""
    if isinstance(array, np.ma.MaskedArray):
        raise TypeError(f"bind: {what} is a masked array; bind its data and mask the result")
    made: Array = array if isinstance(array, np.ndarray) else np.asarray(array, dtype)
    if made.dtype != dtype:
        raise TypeError(f"bind: {what} has dtype {made.dtype}, not {dtype}")
    if not (made.flags.aligned and made.dtype.isnative):
        raise ValueError(f"bind: {what} is not aligned, or not in this machine's byte order")
    return made


def _one_loop(arrays: list[Array], names: list[str]) -> tuple[list[int], list[int], int]:
    """Address and step in bytes of each array, and how many values: one loop over all."""
    if arrays[0].size == 0:
        return [0] * len(arrays), [0] * len(arrays), 0
    flags: Any = [["readonly"]] * (len(arrays) - 1) + [["writeonly"]]
    loops = np.nditer(arrays, flags=["external_loop"], op_flags=flags, order="K")
    inner: Any = loops.value if len(arrays) > 1 else (loops.value,)
    if inner[0].size != loops.itersize:
        has = ", ".join(f"{n} {a.shape}" for n, a in zip(names, arrays, strict=True))
        raise ValueError(
            f"bind: each array must have one stride over all axes, as contiguous ones have; of "
            f"{has} strides are {', '.join(str(a.strides) for a in arrays)}"
        )
    return [a.ctypes.data for a in inner], [a.strides[0] for a in inner], inner[0].size


def bind(
    name: str,
    x: Array,
    *operands: npt.ArrayLike,
    out: Array | None = None,
    tier: str = "fast",
    **named: npt.ArrayLike,
) -> Callable[[], Array]:
    """Make a callable that computes an activation again and again on the same buffers.

    It takes no arguments, reads what is in the arrays when it is called, and returns ``out``.
    Everything is checked here, once and not at each call. It keeps the arrays alive.

    Args:
        name: one of :func:`edgeact.activations`, or clip, which is hardtanh.
        x: an array of any shape; float16, float32 or float64, or bfloat16 where ml_dtypes is
            installed. One stride must lead from each value to the next: it is contiguous in some
            order, or a slice such as ``a[::2]`` of one dimension.
        operands: parameters, as the ufunc takes them, and after the last of them ``out``. They
            broadcast to the shape of x where one stride describes that, which may be 0: numbers
            do, and tensors that lie in memory as x does. Arrays have the dtype of x; beside a
            16-bit x a parameter that is no tensor has float32. What is no array is copied.
        out: an array of the shape and dtype of x, x itself or apart from it; a new one by default.
        tier: fast, exact or coarse.
        named: parameters by name. Those not given have their defaults.

    Raises:
        ValueError: no such activation, or it has no such tier or is a function of rows; a wrong
            shape; arrays that need more than one stride; an ``out`` that is read-only or overlaps
            another array without being it.
        TypeError: x or ``out`` is no array, or a masked one; a wrong dtype; a parameter that the
            activation does not have, that is given twice, or that is missing.

    >>> x = np.zeros(4, np.float32)
    >>> run = bind("leaky_relu", x, 0.5)
    >>> x[:] = [-2, -1, 0, 1]
    >>> run()
    array([-1. , -0.5,  0. ,  1. ], dtype=float32)
    """
    *params, last = operands or (None,)
    if out is None and operands and len(operands) > len(_registry.spec(name).params):
        out = last  # type: ignore[assignment]
    else:
        params = list(operands)
    spec, values = with_defaults(name, tier, params, named)
    for what, array in (("x", x), ("out", out)):
        if not isinstance(array, np.ndarray) and not (what == "out" and array is None):
            raise TypeError(f"bind: {what} must be an array, not {type(array).__name__}")
    dtype = x.dtype
    if (tier, dtype.name) not in spec.bounds:
        has = ", ".join(d for t, d in spec.bounds if t == tier)
        raise TypeError(f"{name} has no loop for dtype {dtype}; tier {tier} has {has}")
    other = np.dtype(np.float32) if dtype.itemsize == 2 else dtype
    names = ["x", *spec.params, "out"]
    x = _checked("x", x, dtype)
    arrays = [x]
    for i, (what, value) in enumerate(zip(spec.params, values, strict=True)):
        array = _checked(what, value, dtype if i < spec.tensors else other)
        try:
            arrays.append(np.broadcast_to(array, x.shape))
        except ValueError:
            message = f"bind: {what} has shape {array.shape}, which does not broadcast to {x.shape}"
            raise ValueError(message) from None
    out = _checked("out", np.empty_like(x) if out is None else out, dtype)
    if out.shape != x.shape:
        raise ValueError(f"bind: out has shape {out.shape}, not {x.shape}")
    if not out.flags.writeable:
        raise ValueError("bind: out is read-only")
    arrays.append(out)
    addresses, steps, n = _one_loop(arrays, names)
    for what, array, *place in zip(names[:-1], arrays, addresses, steps, strict=False):
        if place != [addresses[-1], steps[-1]] and np.may_share_memory(array, out):
            raise ValueError(f"bind: out overlaps {what}; it must be that very array, or lie apart")
    kept = (*arrays[:-1], out)
    made: list[Callable[[], Array]] = []
    status = lib.edgeact_make_bound(
        ffi.cast("void *", id(made)),
        _registry.find(name),
        _registry.TIERS.index(tier),
        _registry.DTYPES.index(dtype.name),
        ffi.cast("void *", id(kept)),
        [ffi.cast("char *", address) for address in addresses],
        steps,
        n,
    )
    if status != 0:
        raise MemoryError(f"bind: the callable of {name} could not be made")
    return made[0]
