"""The true value of every activation, in MPFR, and errors counted against it.

>>> from edgeact import reference
>>> truth = reference.exact("gelu", -30.0)
>>> f"{truth:.30e}"
'-1.472014178144456117860142776974e-196'
>>> reference.ulp_error(float(truth), truth, "float64") <= 0.5
True

Needs gmpy2: ``pip install "edgeact[certify]"``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

try:
    import gmpy2
    from gmpy2 import erf, erfc, exp, expm1, log1p, maxnum, minnum, mpfr, tanh
except ImportError as error:
    raise ImportError('edgeact.reference needs gmpy2: pip install "edgeact[certify]"') from error

# No formula below loses more than 40 bits of these, unless the two sums of scale_shift_hardswish
# cancel: e^-u, where u reaches 2^30 before MPFR's exponents end, loses most. What lies below
# 2^(-2^30) becomes a zero of the right sign.
CONTEXT = gmpy2.context(precision=192)
_FLOAT32 = gmpy2.context(precision=24, emin=-148, emax=128, subnormalize=True)

with CONTEXT:
    _ONE = mpfr(1)
    _ROOT_HALF = gmpy2.sqrt(mpfr(1) / 2)
    _TWICE_ROOT_TWO_OVER_PI = gmpy2.sqrt(8 / gmpy2.const_pi())
    _CUBIC = mpfr("0.044715")


def _gated(x: mpfr, gate: mpfr) -> mpfr:
    """x times a gate in [0, 1]; a closed gate wins over an infinite x."""
    return x * gate if gate else gmpy2.copy_sign(gate, x)


def _sigmoid(x: mpfr) -> mpfr:
    return 1 / (1 + exp(-x))


def _hardsigmoid(x: mpfr) -> mpfr:
    return minnum(maxnum(x + 3, 0), 6) / 6


def _hardswish(x: mpfr) -> mpfr:
    return _gated(x, _hardsigmoid(x))


_FORMULAS: dict[str, Callable[..., mpfr]] = {
    "relu": lambda x: x if x >= 0 else mpfr(0),
    "sigmoid": _sigmoid,
    "tanh": tanh,
    "erf": erf,
    "gelu": lambda x: _gated(x, erfc(-x * _ROOT_HALF) / 2),
    "gelu_tanh": lambda x: _gated(x, _sigmoid(_TWICE_ROOT_TWO_OVER_PI * (x + _CUBIC * x**3))),
    "silu": lambda x: _gated(x, _sigmoid(x)),
    "mish": lambda x: _gated(x, tanh(log1p(exp(x)))),
    "softplus": lambda x: maxnum(x, 0) + log1p(exp(-abs(x))),
    "elu": lambda x, alpha: x if x > 0 else alpha * expm1(x),
    "hardsigmoid": _hardsigmoid,
    "hardswish": _hardswish,
    "scale_shift_hardswish": lambda x, a, b, c, d: c * _hardswish(a * x + b) + d,
}


def _formula(name: str) -> Callable[..., mpfr]:
    if name not in _FORMULAS:
        raise ValueError(f"no activation named {name!r}; known: {', '.join(_FORMULAS)}")
    return _FORMULAS[name]


def function(name: str, *params: float) -> Callable[[mpfr], mpfr]:
    """The activation as :func:`exact` has it, for many calls within ``CONTEXT`` or the like.

    >>> with CONTEXT:
    ...     function("elu", 0.5)(mpfr(-1e9))
    mpfr('-0.5',192)
    """
    formula, values = _formula(name), [mpfr(float(value), 53) for value in params]
    return lambda x: formula(x, *values)


def exact(name: str, x: float, *params: float) -> mpfr:
    """The activation at x, good to far below 2^-100 relative for every float.

    Parameters have no defaults here. At an infinity the value is the limit; a NaN gives NaN.

    Raises ValueError for an activation that is not known, TypeError where parameters are missing.

    >>> exact("relu", -2.0)
    mpfr('0.0',192)
    """
    formula, arguments = _formula(name), (x, *params)
    if any(map(math.isnan, arguments)):
        return mpfr("nan")
    with CONTEXT:
        # mpfr(float) takes ten times as long as this product.
        return formula(*(_ONE * float(value) for value in arguments))


def rounded(name: str, x: npt.NDArray[np.float32], *params: float) -> npt.NDArray[np.float32]:
    """The float32 nearest to the activation at each finite x.

    It is what :func:`round_to` makes of :func:`exact`, in a third of the time.

    >>> rounded("gelu", np.float32([-3e-45, 0.5]))
    array([-1.4012985e-45,  3.4573123e-01], dtype=float32)
    """
    f, nearest = function(name, *params), _FLOAT32.plus
    with CONTEXT:
        return np.array([float(nearest(f(_ONE * value))) for value in x.tolist()], np.float32)


@lru_cache
def _format(dtype: str) -> tuple[int, int, float]:
    """Bits of the significand, exponent of the smallest subnormal, largest finite value."""
    info = np.finfo(dtype)
    return info.nmant + 1, int(info.minexp) - info.nmant, float(info.max)


@lru_cache(4096)
def _power_of_two(exponent: int) -> mpfr:
    return gmpy2.exp2(exponent)


def _ulp(truth: mpfr, dtype: str) -> mpfr:
    """The distance of the floats around a finite truth, were the exponent unbounded above."""
    bits, lowest, _ = _format(dtype)
    return _power_of_two(max(gmpy2.get_exp(truth) - bits, lowest) if truth else lowest)


def round_to(truth: mpfr, dtype: str) -> float:
    """The float of that dtype nearest to truth, ties to even: rounded once, subnormals included.

    >>> round_to(mpfr("1e-45"), "float32") == 2.0**-149
    True
    """
    if not gmpy2.is_finite(truth):
        return float(truth)
    ulp = _ulp(truth, dtype)
    with CONTEXT:
        nearest = gmpy2.rint(truth / ulp) * ulp
    if abs(nearest) > _format(dtype)[2]:
        nearest = gmpy2.copy_sign(mpfr("inf"), truth)
    return float(nearest)


def ulp_error(y: float, truth: mpfr, dtype: str) -> float:
    """``|y - truth|`` in ULP: the distance of the dtype's floats in the binade of truth.

    Below the normal numbers that is the smallest subnormal. Where y or truth is not finite: 0 if
    y is what truth rounds to, else inf.

    >>> ulp_error(1.0, mpfr("1.5"), "float64") == 2.0**51
    True
    """
    if not (math.isfinite(y) and gmpy2.is_finite(truth)):
        rounded = round_to(truth, dtype)
        return 0.0 if y == rounded or (math.isnan(y) and math.isnan(rounded)) else math.inf
    with CONTEXT:
        return float(abs(y - truth) / _ulp(truth, dtype))
