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
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

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
# Bits of the significand, exponent of the smallest subnormal, and the first that is too large.
_FORMATS = {
    "float16": (11, -24, 16),
    "bfloat16": (8, -133, 128),
    "float32": (24, -149, 128),
    "float64": (53, -1074, 1024),
}

with CONTEXT:
    _ONE = mpfr(1)
    _BELOW_ONE = 1 - gmpy2.exp2(-100)
    _ROOT_HALF = gmpy2.sqrt(mpfr(1) / 2)
    _TWICE_ROOT_TWO_OVER_PI = gmpy2.sqrt(8 / gmpy2.const_pi())
    _TWO_OVER_ROOT_PI = 2 / gmpy2.sqrt(gmpy2.const_pi())
    _CUBIC = mpfr("0.044715")
    _QUICK = mpfr("1.702")
    # Klambauer et al. 2017
    _SELU_SCALE = mpfr("1.0507009873554804934193349852946")
    _SELU_ALPHA = mpfr("1.6732632423543772848170429916717")


def _gated(x: mpfr, gate: mpfr) -> mpfr:
    """x times a gate in [0, 1]; a closed gate wins over an infinite x."""
    return x * gate if gate else gmpy2.copy_sign(gate, x)


def _sigmoid(x: mpfr) -> mpfr:
    return 1 / (1 + exp(-x))


def _relu(x: mpfr) -> mpfr:
    return x if x >= 0 else mpfr(0)


def _silu(x: mpfr) -> mpfr:
    return _gated(x, _sigmoid(x))


def _gelu(x: mpfr) -> mpfr:
    return _gated(x, erfc(-x * _ROOT_HALF) / 2)


def _gelu_tanh(x: mpfr) -> mpfr:
    return _gated(x, _sigmoid(_TWICE_ROOT_TWO_OVER_PI * (x + _CUBIC * x**3)))


def _softplus(x: mpfr) -> mpfr:
    return maxnum(x, 0) + log1p(exp(-abs(x)))


def _softsign(x: mpfr) -> mpfr:
    return x / (1 + abs(x)) if gmpy2.is_finite(x) else mpfr(gmpy2.sign(x))


def _elu(x: mpfr, alpha: mpfr) -> mpfr:
    return x if x >= 0 else alpha * expm1(x)


def _tanhshrink(x: mpfr) -> mpfr:
    if abs(x) > 64:  # not x - 1, which may be a middle between two floats
        return x - gmpy2.copy_sign(_BELOW_ONE, x)
    if abs(x) >= 2.0**-20:
        return x - tanh(x)
    u = x * x  # the difference would cancel: its series, whose next term is 2^-120 of it
    return x * u * (105 - 42 * u + 17 * u * u) / 315


def _hardsigmoid(x: mpfr) -> mpfr:
    return minnum(maxnum(x + 3, 0), 6) / 6


def _hardswish(x: mpfr) -> mpfr:
    return _gated(x, _hardsigmoid(x))


def _gate_grad(u: mpfr, v: mpfr) -> mpfr:
    """The derivative of x sigmoid(u), given v = x u'."""
    if not gmpy2.is_finite(u):
        return mpfr(1) if u > 0 else mpfr("-0")
    return _sigmoid(u) * (1 + v * _sigmoid(-u))


def _gelu_grad(x: mpfr) -> mpfr:
    density = exp(-x * x / 2) * _TWICE_ROOT_TWO_OVER_PI / 4
    if not density:
        return mpfr(1) if x > 0 else mpfr("-0")
    return erfc(-x * _ROOT_HALF) / 2 + x * density


def _gelu_tanh_grad(x: mpfr) -> mpfr:
    u = _TWICE_ROOT_TWO_OVER_PI * (x + _CUBIC * x**3)
    return _gate_grad(u, x * _TWICE_ROOT_TWO_OVER_PI * (1 + 3 * _CUBIC * x**2))


def _mish_grad(x: mpfr) -> mpfr:
    power, soft = exp(x), log1p(exp(x))
    slope = x * _sigmoid(x) / gmpy2.cosh(soft) ** 2
    if gmpy2.is_finite(x) and power and gmpy2.is_finite(power):
        return tanh(soft) + slope
    return mpfr(1) if x > 0 else mpfr("-0")


def _swish_grad_beta(x: mpfr, beta: mpfr) -> mpfr:
    u = x * beta
    return x * x * _sigmoid(u) * _sigmoid(-u) if gmpy2.is_finite(u) else mpfr(0)


def _step(above: bool) -> mpfr:
    return mpfr(1 if above else 0)


def _hardswish_grad(x: mpfr) -> mpfr:
    return (2 * x + 3) / 6 if -3 < x < 3 else _step(x > 0)


_FORMULAS: dict[str, Callable[..., mpfr]] = {
    "relu": _relu,
    "relu6": lambda x: minnum(x, 6) if x >= 0 else mpfr(0),
    "leaky_relu": lambda x, slope: x if x >= 0 else slope * x,
    "prelu": lambda x, slope: x if x >= 0 else slope * x,
    "thresholded_relu": lambda x, alpha: x if x > alpha or x == 0 else mpfr(0),
    "squared_relu": lambda x: x * x if x >= 0 else mpfr(0),
    "hardtanh": lambda x, low, high: minnum(maxnum(x, low), high),
    "hardshrink": lambda x, lambd: x if abs(x) > lambd or x == 0 else mpfr(0),
    "softshrink": lambda x, lambd: x - minnum(maxnum(x, -lambd), lambd),
    "sigmoid": _sigmoid,
    "tanh": tanh,
    "erf": erf,
    "gelu": _gelu,
    "gelu_tanh": _gelu_tanh,
    "gelu_quick": lambda x: _gated(x, _sigmoid(_QUICK * x)),
    "silu": _silu,
    "glu": lambda x, gate: x * _sigmoid(gate),
    "reglu": lambda gate, up: _relu(gate) * up,
    "swiglu": lambda gate, up: _silu(gate) * up,
    "geglu": lambda gate, up: _gelu(gate) * up,
    "geglu_tanh": lambda gate, up: _gelu_tanh(gate) * up,
    "swish": lambda x, beta: _gated(x, _sigmoid(beta * x)),
    "mish": lambda x: _gated(x, tanh(log1p(exp(x)))),
    "softplus": _softplus,
    "logsigmoid": lambda x: -_softplus(-x),
    "softsign": _softsign,
    "elu": _elu,
    "celu": lambda x, alpha: _elu(x / alpha, 1) * alpha,
    "selu": lambda x: _SELU_SCALE * _elu(x, _SELU_ALPHA),
    "exp": exp,
    "expm1": expm1,
    "softplus_beta": lambda x, beta, t: x if beta * x > t else _softplus(beta * x) / beta,
    "hardsigmoid_affine": lambda x, alpha, beta: minnum(maxnum(alpha * x + beta, 0), 1),
    "log1p": log1p,
    "tanhshrink": _tanhshrink,
    "hardsigmoid": _hardsigmoid,
    "hardswish": _hardswish,
    "scale_shift_hardswish": lambda x, a, b, c, d: c * _hardswish(a * x + b) + d,
    "relu_grad": lambda x: _step(x > 0),
    "relu6_grad": lambda x: _step(0 < x < 6),
    "leaky_relu_grad": lambda x, slope: mpfr(1) if x > 0 else slope,
    "prelu_grad": lambda x, slope: mpfr(1) if x > 0 else slope,
    "prelu_grad_slope": lambda x, slope: mpfr(0) if x > 0 else x,
    "thresholded_relu_grad": lambda x, alpha: _step(x > alpha),
    "squared_relu_grad": lambda x: 2 * _relu(x),
    "hardtanh_grad": lambda x, low, high: _step(low < x < high),
    "hardshrink_grad": lambda x, lambd: _step(abs(x) > lambd),
    "softshrink_grad": lambda x, lambd: _step(abs(x) > lambd),
    "sigmoid_grad": lambda x: _sigmoid(x) * _sigmoid(-x),
    "tanh_grad": lambda x: 1 / gmpy2.cosh(x) ** 2,
    "erf_grad": lambda x: exp(-x * x) * _TWO_OVER_ROOT_PI,
    "gelu_grad": _gelu_grad,
    "gelu_tanh_grad": _gelu_tanh_grad,
    "gelu_quick_grad": lambda x: _gate_grad(_QUICK * x, _QUICK * x),
    "silu_grad": lambda x: _gate_grad(x, x),
    "swish_grad": lambda x, beta: _gate_grad(beta * x, beta * x),
    "swish_grad_beta": _swish_grad_beta,
    "mish_grad": _mish_grad,
    "softplus_grad": _sigmoid,
    "softplus_beta_grad": lambda x, beta, t: mpfr(1) if beta * x > t else _sigmoid(beta * x),
    "logsigmoid_grad": lambda x: _sigmoid(-x),
    "softsign_grad": lambda x: 1 / (1 + abs(x)) ** 2,
    "elu_grad": lambda x, alpha: mpfr(1) if x > 0 else alpha * exp(x),
    "elu_grad_alpha": lambda x, alpha: mpfr(0) if x > 0 else expm1(x),
    "celu_grad": lambda x, alpha: mpfr(1) if x > 0 else exp(x / alpha),
    "selu_grad": lambda x: _SELU_SCALE * (1 if x > 0 else _SELU_ALPHA * exp(x)),
    "exp_grad": exp,
    "expm1_grad": exp,
    "glu_grad": lambda x, gate: _sigmoid(gate),
    "glu_grad_gate": lambda x, gate: x * (_sigmoid(gate) * _sigmoid(-gate)),
    "reglu_grad": lambda gate, up: up if gate > 0 else mpfr(0),
    "reglu_grad_up": lambda gate, up: _relu(gate),
    "swiglu_grad": lambda gate, up: _gate_grad(gate, gate) * up,
    "swiglu_grad_up": lambda gate, up: _silu(gate),
    "geglu_grad": lambda gate, up: _gelu_grad(gate) * up,
    "geglu_grad_up": lambda gate, up: _gelu(gate),
    "geglu_tanh_grad": lambda gate, up: _gelu_tanh_grad(gate) * up,
    "geglu_tanh_grad_up": lambda gate, up: _gelu_tanh(gate),
    "log1p_grad": lambda x: 1 / (1 + x) if x > -1 else mpfr("inf" if x == -1 else "nan"),
    "tanhshrink_grad": lambda x: tanh(x) ** 2,
    "hardsigmoid_grad": lambda x: mpfr(1) / 6 if abs(x) < 3 else mpfr(0),
    "hardsigmoid_affine_grad": lambda x, a, b: a if 0 < a * x + b < 1 else mpfr(0),
    "hardswish_grad": _hardswish_grad,
    "scale_shift_hardswish_grad": lambda x, a, b, c, d: c * a * _hardswish_grad(a * x + b),
}


def _below(x: mpfr, y: mpfr) -> mpfr:
    """y, which is less than a positive x, if by less than these bits tell; x may be a tie."""
    return minnum(y, x * _BELOW_ONE) if x > 0 else y


# Functions of x + b, a sum that rounds in the dtype first: steps, which no polynomial follows.
BIASED: dict[str, Callable[..., mpfr]] = {
    "bias_gelu": lambda x: _below(x, _gelu(x)),
    "bias_silu": lambda x: _below(x, _silu(x)),
    "bias_gelu_grad": _gelu_grad,
    "bias_silu_grad": lambda x: _gate_grad(x, x),
}


def _formula(name: str, dtype: str = "float32") -> Callable[..., mpfr]:
    if name in BIASED:
        add = _context(dtype).add
        return lambda x, b: BIASED[name](add(x, b))
    if name not in _FORMULAS:
        known = ", ".join([*_FORMULAS, *BIASED])
        raise ValueError(f"no activation named {name!r}; known: {known}")
    return _FORMULAS[name]


def function(name: str, *params: float) -> Callable[[mpfr], mpfr]:
    """The activation as :func:`exact` has it, for many calls within ``CONTEXT`` or the like.

    >>> with CONTEXT:
    ...     function("elu", 0.5)(mpfr(-1e9))
    mpfr('-0.5',192)
    """
    formula, values = _formula(name), [mpfr(float(value), 53) for value in params]
    return lambda x: formula(x, *values)


def random_params(name: str, count: int, rng: np.random.Generator) -> list[float]:
    """Parameters to test an activation with, floats of 32 bits between 2^-6 and 2^6 in size.

    Of either sign, unless the activation means nothing where one is negative or out of order.

    >>> low, high = random_params("hardtanh", 2, np.random.default_rng(0))
    >>> low <= high
    True
    """
    values = 2 ** rng.uniform(-6, 6, count)
    function, *_ = name.split("_grad")
    if function not in ("celu", "hardshrink", "softshrink"):
        values *= rng.choice([-1, 1], count)
    if function == "softplus_beta":
        values[1] = abs(values[1])  # the threshold
    if function == "hardtanh":
        values.sort()
    return [float(value) for value in values.astype(np.float32)]


def exact(name: str, x: float, *params: float, dtype: str = "float32") -> mpfr:
    """The activation at x, good to far below 2^-100 relative for every float.

    Parameters have no defaults here. At an infinity the value is the limit; a NaN gives NaN. Only
    where a sum is rounded first, as in bias_gelu, does the dtype make a difference.

    Raises ValueError for an activation that is not known, TypeError where parameters are missing.

    >>> exact("relu", -2.0)
    mpfr('0.0',192)
    """
    formula, arguments = _formula(name, dtype), (x, *params)
    if any(map(math.isnan, arguments)):
        return mpfr("nan")
    with CONTEXT:
        # mpfr(float) takes ten times as long as this product.
        return formula(*(_ONE * float(value) for value in arguments))


def _known_row(name: str) -> None:
    if name not in ("softmax", "log_softmax"):
        raise ValueError(f"no row-wise function named {name!r}; known: softmax, log_softmax")


def exact_row(name: str, x: Iterable[float]) -> list[mpfr]:
    """A row-wise function of one row, good to far below 2^-100 relative.

    A NaN or +inf in the row, or nothing but -inf, makes all of it NaN.

    Raises ValueError for a function that is not known.

    >>> exact_row("softmax", [0.0, 0.0])
    [mpfr('0.5',192), mpfr('0.5',192)]
    """
    _known_row(name)
    row = [float(value) for value in x]
    largest = max(row, default=0.0)
    if any(map(math.isnan, row)) or math.isinf(largest):
        return [mpfr("nan")] * len(row)
    with CONTEXT:
        distances = [_ONE * value - largest for value in row]
        powers = [exp(distance) for distance in distances]
        first = row.index(largest) if row else 0
        rest = sum(powers[:first] + powers[first + 1 :], mpfr(0))
        if name == "softmax":
            return [power / (1 + rest) for power in powers]
        return [distance - log1p(rest) for distance in distances]


def exact_row_backward(name: str, dy: Iterable[float], y: Iterable[float]) -> list[mpfr]:
    """What flows back through a row-wise function: dx, of one row of dy and its output y.

    Good to 2^-180 of the sum of its terms' sizes. Raises ValueError for a function that is not
    known.

    >>> exact_row_backward("softmax", [1.0, 0.0], [0.5, 0.5])
    [mpfr('0.25',192), mpfr('-0.25',192)]
    """
    _known_row(name)
    with CONTEXT:
        pairs = [(_ONE * float(u), _ONE * float(v)) for u, v in zip(dy, y, strict=True)]
        if name == "softmax":
            total = sum((u * v for u, v in pairs), mpfr(0))
            return [v * (u - total) for u, v in pairs]
        total = sum((u for u, _ in pairs), mpfr(0))
        return [u - exp(v) * total for u, v in pairs]


def rounded(name: str, x: npt.NDArray[Any], *params: float) -> npt.NDArray[Any]:
    """The number of x's dtype that is nearest to the activation at each x that is one.

    It is what :func:`round_to` makes of :func:`exact`, in a third of the time.

    >>> rounded("gelu", np.float32([-3e-45, 0.5]))
    array([-1.4012985e-45,  3.4573123e-01], dtype=float32)
    """
    f, nearest = function(name, *params), _context(x.dtype.name).plus
    values = x.astype(np.float64).tolist()
    with CONTEXT:
        y = np.array([float(nearest(f(_ONE * value))) for value in values], x.dtype)
    y[np.isnan(y)] = np.nan  # float() makes it a negative one
    return y


@lru_cache
def _context(dtype: str) -> Any:
    """Rounds as the dtype does."""
    bits, lowest, too_large = _FORMATS[str(dtype)]
    return gmpy2.context(precision=bits, emin=lowest + 1, emax=too_large, subnormalize=True)


@lru_cache(4096)
def _power_of_two(exponent: int) -> mpfr:
    return gmpy2.exp2(exponent)


def _ulp(truth: mpfr, dtype: str) -> mpfr:
    """The distance of the floats around a finite truth, were the exponent unbounded above."""
    bits, lowest, _ = _FORMATS[str(dtype)]
    return _power_of_two(max(gmpy2.get_exp(truth) - bits, lowest) if truth else lowest)


def round_to(truth: mpfr, dtype: str) -> float:
    """The float of that dtype nearest to truth, ties to even: rounded once, subnormals included.

    >>> round_to(mpfr("1e-45"), "float32") == 2.0**-149
    True
    """
    if not gmpy2.is_finite(truth):
        return math.nan if gmpy2.is_nan(truth) else float(truth)
    ulp = _ulp(truth, dtype)
    with CONTEXT:
        nearest = gmpy2.rint(truth / ulp) * ulp
    if abs(nearest) >= _power_of_two(_FORMATS[str(dtype)][2]):
        nearest = gmpy2.copy_sign(mpfr("inf"), truth)
    return float(nearest)


def ulp_error(y: float, truth: mpfr, dtype: str, allowed: float = 0.0) -> float:
    """``|y - truth|`` in ULP: the distance of the dtype's floats in the binade of truth.

    Below the normal numbers that is the smallest subnormal. Where y or truth is not finite: 0 if
    y is what truth rounds to, else inf. An absolute error of ``allowed`` does not count.

    >>> ulp_error(1.0, mpfr("1.5"), "float64") == 2.0**51
    True
    """
    if not (math.isfinite(y) and gmpy2.is_finite(truth)):
        rounded = round_to(truth, dtype)
        return 0.0 if y == rounded or (math.isnan(y) and math.isnan(rounded)) else math.inf
    with CONTEXT:
        return float(maxnum(abs(y - truth) - allowed, 0) / _ulp(truth, dtype))
