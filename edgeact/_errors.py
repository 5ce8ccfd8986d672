"""Errors of float32 outputs over the whole range of float32 inputs, against MPFR.

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

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
_LOWEST, _TOO_LARGE = -149, 128  # exponents of the smallest subnormal, and of what is infinite


def inputs(per_binade: int = 8) -> F32:
    """float32 numbers of every exponent and either sign, in order: the binade's first, and others
    spread over it. Zeros and infinities are not among them."""
    rng = np.random.default_rng(20481)
    exponents = np.arange(_LOWEST, _TOO_LARGE)
    within = (np.arange(per_binade) + rng.random((exponents.size, per_binade))) / per_binade
    within[:, 0] = 0.0
    size = np.ldexp(1.0 + within, exponents[:, None]).ravel()
    size = size.clip(max=float(np.finfo(np.float32).max)).astype(np.float32)
    size = np.unique(size)
    return np.concatenate([-size[::-1], size])


def truths(name: str, x: F32, *params: float) -> F64:
    """The activation at each x, rounded to float64 towards 0, which leaves it in its binade: good
    to 2^-28 of a float32 ULP."""
    return _truths(name, x.tobytes(), params)


@lru_cache(64)
def _truths(name: str, x: bytes, params: tuple[float, ...]) -> F64:
    values = np.frombuffer(x, np.float32).tolist()
    return np.array([_towards_0(reference.exact(name, value, *params)) for value in values])


def _towards_0(truth: Any) -> float:
    nearest = float(truth)
    beyond = nearest > truth if truth > 0 else nearest < truth
    return math.nextafter(nearest, 0.0) if beyond else nearest


def ulp_errors(y: F32, truth: F64) -> F64:
    """|y - truth| in float32 ULP of the truth, as `edgeact.reference.ulp_error` counts them; where
    y is not finite and should be, or the other way round, it is infinite."""
    with np.errstate(all="ignore"):
        rounded = truth.astype(np.float32)
        _, exponent = np.frexp(truth)
        ulp = np.ldexp(1.0, np.maximum(exponent - 24, _LOWEST))
        error: F64 = np.abs(y.astype(np.float64) - truth) / ulp
        both_nan = np.isnan(y) & np.isnan(rounded)
        finite = np.isfinite(y) & np.isfinite(rounded)
        error[~finite] = np.where((y == rounded) | both_nan, 0.0, np.inf)[~finite]
    return error
