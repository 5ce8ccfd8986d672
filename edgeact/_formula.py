"""The registry's formulas in decimal numbers of 400 digits: what decides near a tie.

>>> with CONTEXT():
...     y = compiled("softplus")(Decimal(20), {})
>>> f"{y:.20f}"
'20.00000000206115362031'
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from types import CodeType

from edgeact import _registry

# Enough to tell x - x^3/3 from x for every float32. What is inexact is rounded so that it stays so
# (ROUND_05UP: the last digit is never 0 or 5): where the value is closer to a tie than 400 digits
# can tell, it still is on the right side of it. silu(1000) is less than 1000.
CONTEXT = partial(
    decimal.localcontext,
    decimal.Context(
        prec=400,
        rounding=decimal.ROUND_05UP,
        Emin=decimal.MIN_EMIN,
        Emax=decimal.MAX_EMAX,
        traps=[],
    ),
)
_FAR = 5000  # e^-5000 is far below the last digit, too
_FAR_ERF = 28  # so is erfc(28), about 10^-342


@lru_cache(1)
def _pi() -> Decimal:
    """By the arithmetic-geometric mean (Gauss and Legendre)."""
    a, b, t, p = Decimal(1), 1 / Decimal(2).sqrt(), Decimal(1) / 4, 1
    for _ in range(10):  # each doubles the digits
        a, b, last = (a + b) / 2, (a * b).sqrt(), a
        t, p = t - p * (last - a) ** 2, 2 * p
    return (a + b) ** 2 / (4 * t)


def _exp(x: Decimal) -> Decimal:
    return max(min(x, Decimal(_FAR)), Decimal(-_FAR)).exp()


def _tanh(x: Decimal) -> Decimal:
    return 1 - 2 / (_exp(2 * x) + 1)


def _erf(x: Decimal) -> Decimal:
    return 1 - _erfc(x)


def _erfc(x: Decimal) -> Decimal:
    """By erf(x) = 2/sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / (3 5) + ...), all of one sign."""
    if abs(x) > _FAR_ERF:
        tiny = Decimal("1e-350")
        return tiny if x > 0 else 2 - tiny
    total, term, n = Decimal(0), x, 1
    while abs(term) > abs(total) * Decimal("1e-400"):
        total, n = total + term, n + 2
        term *= 2 * x * x / n
    return 1 - 2 / _pi().sqrt() * _exp(-x * x) * total


_FUNCTIONS: dict[str, Callable[..., Decimal]] = {
    "exp": _exp,
    "expm1": lambda x: _exp(x) - 1,
    "log1p": lambda x: (1 + x).ln(),
    "tanh": _tanh,
    "erf": _erf,
    "erfc": _erfc,
    "pow": lambda x, n: x**n,
    "fmin": min,
    "fmax": max,
    "fabs": abs,
}


def _choose(c: str) -> str:
    """``condition ? a : b`` in Python's order."""
    parts = re.fullmatch(r"([^?]*)\?([^:]*):(.*)", c)
    return f"({parts[2]} if {parts[1]} else {_choose(parts[3])})" if parts else c


def _to_python(c: str) -> str:
    """A formula of the registry, a C expression, in Python.

    >>> _to_python("1.5 * (x < 0 ? 2 * x : x)")
    "D('1.5') * ( D('2') * x  if x < D('0')  else  x)"
    """
    groups: list[str] = []
    text = c.replace("&&", " and ")
    while group := re.search(r"\(([^()]*)\)", text):
        inner = _choose(group[1])
        groups.append(inner if inner.startswith("(") else f"({inner})")
        text = f"{text[: group.start()]}@{len(groups) - 1}@{text[group.end() :]}"
    text = _choose(text)
    while reference := re.search(r"@(\d+)@", text):
        text = text.replace(reference[0], groups[int(reference[1])])
    return re.sub(r"\b(\d+(?:\.\d+)?)\b", r"D('\1')", text)


@lru_cache
def code(name: str) -> CodeType:
    """An activation's formula as an expression of x and its parameters; D makes its constants."""
    return compile(_to_python(_registry.spec(name).formula), name, "eval")


@lru_cache
def compiled(name: str) -> Callable[[Decimal, Mapping[str, Decimal]], Decimal]:
    """An activation of x and its parameters, to be called within ``CONTEXT``.

    Irrational constants have the 20 digits that the registry gives.

    >>> with CONTEXT():
    ...     compiled("hardswish")(Decimal("1.5"), {})
    Decimal('1.125')
    """
    names = {"D": Decimal, "__builtins__": {}, **_FUNCTIONS}
    return lambda x, params: Decimal(eval(code(name), names, {"x": x, **params}))
