"""What is tabulated: any callable, as a function of float64 arrays whose values are checked."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]


def name_of(fn: Any) -> str:
    """A name for messages and files.

    >>> name_of(np.tanh), name_of(lambda x: x)
    ('tanh', 'fn')
    """
    name = getattr(fn, "__name__", type(fn).__name__)
    named = isinstance(name, str) and name.isprintable() and not name.startswith("<")
    return name if named else "fn"


def checked(fn: Callable[..., Any], lo: float, hi: float) -> Callable[[F64], F64]:
    """fn of one-dimensional float64 arrays within [lo, hi], which refuses values that are none.

    A fn that does not take arrays is called with one float after the other.

    Raises:
        TypeError: fn cannot be called, or its values are no real numbers.
        ValueError, by the function returned: values of another shape, NaN or infinite.

    >>> import math
    >>> checked(math.exp, 0, 1)(np.zeros(2))
    array([1., 1.])
    """
    if not callable(fn):
        raise TypeError(f"a function is needed, not {fn!r}")
    name, of_arrays = name_of(fn), _of_arrays(fn, np.linspace(lo, hi, 3))

    def values(x: F64) -> F64:
        with np.errstate(all="ignore"):
            y = of_arrays(x)
        if np.shape(y) != x.shape:
            raise ValueError(f"{name} makes shape {np.shape(y)} of an array of shape {x.shape}")
        if np.iscomplexobj(y):
            raise TypeError(f"{name} has complex values: {y.flat[0]} at x = {x.flat[0]}")
        try:
            y = np.asarray(y, np.float64)
        except (TypeError, ValueError):
            raise TypeError(f"{name} has values that are no numbers: {y.flat[0]!r}") from None
        if not np.isfinite(y).all():
            at = np.flatnonzero(~np.isfinite(y))[0]
            raise ValueError(f"{name} is {y[at]} at x = {float(x[at])!r}, within the domain")
        return y

    values(np.linspace(lo, hi, 3))
    return values


def _of_arrays(fn: Callable[..., Any], probe: F64) -> Callable[[F64], Any]:
    torch = sys.modules.get("torch")  # a module of torch cannot come without it
    if torch is not None and isinstance(fn, torch.nn.Module):
        return _of_module(fn, torch)
    try:
        with np.errstate(all="ignore"):
            np.asarray(fn(probe.copy()))
        return lambda x: np.asarray(fn(x))
    except (AttributeError, TypeError, ValueError) as error:
        of_arrays = error
    try:
        fn(float(probe[0]))
    except Exception:
        raise of_arrays from None
    lock = Lock()  # mpmath's precision is one for all threads

    def one_by_one(x: F64) -> Any:
        with lock:
            return np.array([fn(float(value)) for value in x])

    return one_by_one


def _of_module(module: Any, torch: Any) -> Callable[[F64], Any]:
    """What it has learned is taken over as it is now, in double."""
    frozen = copy.deepcopy(module).double().eval()

    def values(x: F64) -> Any:
        with torch.no_grad():
            return frozen(torch.from_numpy(x.copy())).numpy()

    return values
