"""The textbook's forms, in float32, on trial: where they overflow, cancel or lose their tail."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

import edgeact
from edgeact import _registry, certify

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]

_FEW = 4.0  # ULP: what rounding alone explains
_GAP = 4  # binades without a fault that end a stretch
_ONE, _HALF = np.float32(1), np.float32(0.5)
_ROOT_HALF = np.float32(math.sqrt(0.5))
_SLOPE, _BEND = np.float32(math.sqrt(2 / math.pi)), np.float32(0.044715)
_QUICK = np.float32(1.702)


def _erf(x: F32) -> F32:
    return np.array([math.erf(value) for value in x.tolist()], np.float32)


def _sigmoid(x: F32) -> Any:
    return _ONE / (_ONE + np.exp(-x))


# As a textbook or a framework's documentation writes it, and that in NumPy.
FORMS: dict[str, tuple[str, Callable[[F32], npt.NDArray[Any]]]] = {
    "sigmoid": ("1 / (1 + exp(-x))", _sigmoid),
    "tanh": (
        "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)),
    ),
    "gelu": (
        "0.5 * x * (1 + erf(x / sqrt(2)))",
        lambda x: _HALF * x * (_ONE + _erf(x * _ROOT_HALF)),
    ),
    "gelu_tanh": (
        "0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))",
        lambda x: _HALF * x * (_ONE + np.tanh(_SLOPE * (x + _BEND * x * x * x))),
    ),
    "gelu_quick": ("x * sigmoid(1.702 * x)", lambda x: x * _sigmoid(_QUICK * x)),
    "silu": ("x * sigmoid(x)", lambda x: x * _sigmoid(x)),
    "mish": ("x * tanh(log(1 + exp(x)))", lambda x: x * np.tanh(np.log(_ONE + np.exp(x)))),
    "softplus": ("log(1 + exp(x))", lambda x: np.log(_ONE + np.exp(x))),
    "logsigmoid": ("log(sigmoid(x))", lambda x: np.log(_sigmoid(x))),
    "elu": ("x if x > 0 else exp(x) - 1", lambda x: np.where(x > 0, x, np.exp(x) - _ONE)),
    "expm1": ("exp(x) - 1", lambda x: np.exp(x) - _ONE),
    "log1p": ("log(1 + x)", lambda x: np.log(_ONE + x)),
    "tanhshrink": ("x - tanh(x)", lambda x: x - np.tanh(x)),
    "softsign": ("x / (1 + abs(x))", lambda x: x / (_ONE + np.abs(x))),
}


@dataclass(frozen=True)
class Fault:
    """A stretch of inputs where a form is wrong.

    Attributes:
        kind: "not a number", "infinite", "lost" (0 where the value is not), or "off" (by more than
            4 ULP, which rounding alone explains).
        first, last: the first and the last input of those tried; some in between may be right.
        worst: the largest error in ULP; infinite where the result is not finite.
        at, got, truth: the input of that error, the form's result there and the true value.
    """

    kind: str
    first: float
    last: float
    worst: float
    at: float
    got: float
    truth: float


@dataclass(frozen=True)
class Trial:
    """A textbook form beside edgeact's tier fast, on inputs of every exponent.

    Attributes:
        activation, form: which, and how the textbook writes it.
        x, form_ulp, ours_ulp: the inputs and both errors in ULP.
        faults: what is wrong with the form, from left to right.
        worst: the form's largest error in ULP.
        ours: edgeact's.
    """

    activation: str
    form: str
    x: F32 = field(repr=False)
    form_ulp: F64 = field(repr=False)
    ours_ulp: F64 = field(repr=False)
    faults: tuple[Fault, ...]
    worst: float
    ours: float


def trial(name: str, per_binade: int = 16) -> Trial:
    """Try the textbook's form of an activation against MPFR.

    Raises:
        ImportError: gmpy2 is missing.
        ValueError: there is no such activation, or no textbook form of it here.

    >>> held = trial("softplus")
    >>> [fault.kind for fault in held.faults][-1], held.ours < 2
    ('infinite', True)
    """
    from edgeact._errors import inputs, truths, ulp_errors

    if _registry.spec(name).name not in FORMS:
        raise ValueError(f"{name} has no textbook form here; there are {', '.join(FORMS)}")
    text, form = FORMS[name]
    x = inputs(per_binade)
    params = certify.defaults(name)
    truth = truths(name, x, *params)
    with np.errstate(all="ignore"):
        y = np.asarray(form(x), np.float32)
    errors = ulp_errors(y, truth)
    ours = ulp_errors(np.asarray(getattr(edgeact, name)(x, *map(np.float32, params))), truth)
    faults = _faults(x, y, truth, errors, _GAP * per_binade)
    return Trial(name, text, x, errors, ours, faults, float(errors.max()), float(ours.max()))


def _faults(x: F32, y: F32, truth: F64, errors: F64, gap: int) -> tuple[Fault, ...]:
    """Stretches of one kind, which end where none follows within a gap."""
    found: list[Fault] = []
    off = errors > _FEW
    kinds = {
        "not a number": off & np.isnan(y),
        "infinite": off & np.isinf(y),
        "lost": off & (y == 0),
        "off": off & np.isfinite(y) & (y != 0),
    }
    for kind, where in kinds.items():
        places = np.flatnonzero(where)
        for stretch in np.split(places, np.flatnonzero(np.diff(places) > gap) + 1):
            if stretch.size:
                at = stretch[np.argmax(errors[stretch])]
                ends = float(x[stretch[0]]), float(x[stretch[-1]])
                worst = float(errors[at]), float(x[at]), float(y[at]), float(truth[at])
                found.append(Fault(kind, *ends, *worst))
    return tuple(sorted(found, key=lambda fault: fault.first))
