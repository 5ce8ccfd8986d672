"""Errors of float32 and float16 outputs over the whole range of inputs, against MPFR.

>>> import numpy as np
>>> x, truth = inputs(1), truths("relu", inputs(1))
>>> bool((ulp_errors(np.maximum(x, np.float32(0)), truth) == 0).all())
True

Needs gmpy2: ``pip install "edgeact[certify]"``.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from edgeact import reference

Array = npt.NDArray[Any]
F64 = npt.NDArray[np.float64]
# Bits of the significand, exponents of the smallest subnormal and of what is infinite.
_FORMATS = {"float32": (24, -149, 128), "float16": (11, -24, 16)}


def inputs(per_binade: int = 8, dtype: str = "float32") -> Array:
    """Numbers of every exponent of that dtype and either sign, in order: the binade's first, and
    others spread over it. Zeros and infinities are not among them."""
    rng = np.random.default_rng(20481)
    _, lowest, too_large = _FORMATS[dtype]
    exponents = np.arange(lowest, too_large)
    within = (np.arange(per_binade) + rng.random((exponents.size, per_binade))) / per_binade
    within[:, 0] = 0.0
    size = np.ldexp(1.0 + within, exponents[:, None]).ravel()
    size = size.clip(max=float(np.finfo(dtype).max)).astype(dtype)
    size = np.unique(size)
    return np.concatenate([-size[::-1], size])


def truths(name: str, x: Array, *params: float) -> F64:
    """The activation at each x, rounded to float64 towards 0, which leaves it in its binade: good
    to 2^-28 of a float32 ULP."""
    return _truths(name, x.tobytes(), x.dtype.name, params)


@lru_cache(64)
def _truths(name: str, x: bytes, dtype: str, params: tuple[float, ...]) -> F64:
    values = np.frombuffer(x, dtype).tolist()
    return np.array([_towards_0(reference.exact(name, value, *params)) for value in values])


def _towards_0(truth: Any) -> float:
    nearest = float(truth)
    beyond = nearest > truth if truth > 0 else nearest < truth
    return math.nextafter(nearest, 0.0) if beyond else nearest


def ulp_errors(y: Array, truth: F64) -> F64:
    """|y - truth| in ULP of y's dtype, as `edgeact.reference.ulp_error` counts them; where
    y is not finite and should be, or the other way round, it is infinite."""
    with np.errstate(all="ignore"):
        bits, lowest, _ = _FORMATS[y.dtype.name]
        rounded = truth.astype(y.dtype)
        _, exponent = np.frexp(truth)
        ulp = np.ldexp(1.0, np.maximum(exponent - bits, lowest))
        error: F64 = np.abs(y.astype(np.float64) - truth) / ulp
        both_nan = np.isnan(y) & np.isnan(rounded)
        finite = np.isfinite(y) & np.isfinite(rounded)
        error[~finite] = np.where((y == rounded) | both_nan, 0.0, np.inf)[~finite]
    return error


def worst(x: Array, y: Array, truth: F64) -> tuple[float, float, float]:
    """The largest error in ULP, the input where it is, and the largest absolute error for
    |x| <= 10."""
    errors = ulp_errors(y, truth)
    at = int(np.argmax(errors))
    near = (np.abs(x) <= 10) & (errors > 0)  # not where both are infinite
    absolute = np.abs(y[near].astype(np.float64) - truth[near]).max(initial=0.0)
    return float(errors[at]), float(x[at]), float(absolute)
