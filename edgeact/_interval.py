"""What the registry's formulas prove of a whole interval at once: values and derivatives in it.

A formula is evaluated on jets of balls (f, f', f''), in arb's ball arithmetic: each ball holds all
that its part can be for the x of an interval (Moore 1966; Johansson 2017). Where a condition of the
formula is true for some x of the interval only, every way through the formula is taken.

>>> kinks, steep = seams("hardsigmoid", {}, -5.0, 5.0), steepest("sigmoid", {}, -5.0, 5.0)
>>> [round(kink.x, 9) for kink in kinks], round(steep.most, 6), round(steep.at, 2)
([-3.0, 3.0], 0.25, -0.0)

Needs python-flint: ``pip install "edgeact[report]"``.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edgeact import _formula

try:
    from flint import arb, ctx
except ImportError as error:
    raise ImportError(f'{error}: pip install "edgeact[report]"') from error

ctx.prec = 80
_NARROWEST = 2.0**-40  # a seam is known to that much, times the width of the range
_WITHIN = 1e-7  # of the steepest slope: what `steepest` leaves open


class _Ways:
    """The ways through a formula, one after the other: which turn each open condition took."""

    def __init__(self) -> None:
        self._turns: list[bool] = []
        self._met = 0
        self._known: dict[Any, tuple[_Jet, bool]] = {}

    def __iter__(self) -> Iterator[None]:
        while True:
            self._met, self._known = 0, {}
            yield
            while self._turns and self._turns[-1]:
                self._turns.pop()
            if not self._turns:
                return
            self._turns[-1] = True

    def less(self, a: _Jet, b: _Jet) -> bool:
        """Whether a < b; where that is open, the same each time that a meets that number."""
        if a.f < b.f or a.f >= b.f:
            return bool(a.f < b.f)
        key = (id(a), b.f.man_exp()) if b.is_number() else None
        if key in self._known:
            return self._known[key][1]
        self._met += 1
        if self._met > len(self._turns):
            self._turns.append(False)
        turn = self._turns[self._met - 1]
        if key:
            self._known[key] = a, turn  # a lives on, so that its id stays its own
        return turn


class _Jet:
    """f, f' and f'' as balls."""

    def __init__(self, ways: _Ways, f: Any, d: Any = 0, dd: Any = 0) -> None:
        self._ways, self.f, self.d, self.dd = ways, arb(f), arb(d), arb(dd)

    def is_number(self) -> bool:
        return bool(self.f.is_exact() and self.d.is_zero())

    def _with(self, f: Any, d: Any, dd: Any) -> _Jet:
        return _Jet(self._ways, f, d, dd)

    def _of(self, f: Any, slope: Any, curvature: Any) -> _Jet:
        """g(self), given g, g' and g'' at self."""
        return self._with(f, slope * self.d, curvature * self.d * self.d + slope * self.dd)

    def __neg__(self) -> _Jet:
        return self._with(-self.f, -self.d, -self.dd)

    def __add__(self, other: _Jet) -> _Jet:
        return self._with(self.f + other.f, self.d + other.d, self.dd + other.dd)

    def __sub__(self, other: _Jet) -> _Jet:
        return self + -other

    def __mul__(self, other: _Jet) -> _Jet:
        d = self.d * other.f + self.f * other.d
        dd = self.dd * other.f + 2 * self.d * other.d + self.f * other.dd
        return self._with(self.f * other.f, d, dd)

    def __truediv__(self, other: _Jet) -> _Jet:
        inverse = 1 / other.f
        slope = -(inverse**2)
        return self * other._of(inverse, slope, 2 * inverse**3)

    def __lt__(self, other: _Jet) -> bool:
        return self._ways.less(self, other)

    def __gt__(self, other: _Jet) -> bool:
        return other < self

    def __abs__(self) -> _Jet:
        return -self if self < self._with(0, 0, 0) else self

    def exp(self) -> _Jet:
        y = self.f.exp()
        return self._of(y, y, y)

    def expm1(self) -> _Jet:
        y = self.f.exp()
        return self._of(self.f.expm1(), y, y)

    def log1p(self) -> _Jet:
        slope = 1 / (1 + self.f)
        return self._of(self.f.log1p(), slope, -(slope**2))

    def tanh(self) -> _Jet:
        y, slope = self.f.tanh(), 1 / self.f.cosh() ** 2
        return self._of(y, slope, -2 * y * slope)

    def erf(self) -> _Jet:
        slope = 2 / arb.pi().sqrt() * (-self.f * self.f).exp()
        return self._of(self.f.erf(), slope, -2 * self.f * slope)

    def erfc(self) -> _Jet:
        y = self.erf()
        return self._with(self.f.erfc(), -y.d, -y.dd)


_FUNCTIONS: dict[str, Callable[..., _Jet]] = {
    name: getattr(_Jet, name) for name in ("exp", "expm1", "log1p", "tanh", "erf", "erfc")
} | {
    "fabs": abs,
    "fmin": lambda a, b: a if a < b else b,
    "fmax": lambda a, b: b if a < b else a,
}

Params = Mapping[str, float]


def _ways_through(name: str, params: Params, x: Any) -> list[_Jet]:
    """The formula's jets for the x of a ball, one for each way through it."""
    code, ways = _formula.code(name), _Ways()
    names: dict[str, Any] = {"D": lambda text: _Jet(ways, text), **_FUNCTIONS, "__builtins__": {}}
    given = {key: _Jet(ways, value) for key, value in params.items()} | {"x": _Jet(ways, x, 1)}
    return [eval(code, names, given) for _ in ways]


def _ball(lo: float, hi: float) -> Any:
    return arb(lo).union(arb(hi))


@dataclass(frozen=True)
class Seam:
    """Where a formula changes its method and the function has a jump or a corner there.

    Attributes:
        x: the place, to 2^-40 of the range.
        jump: whether the function itself jumps; if not, its derivative does.
    """

    x: float
    jump: bool


def seams(name: str, params: Params, lo: float, hi: float) -> list[Seam]:
    """The jumps and corners in [lo, hi], proven: the ways through the formula have no value, or
    no derivative, in common there."""
    found: list[Seam] = []
    open_ = [(lo, hi)]
    while open_:
        a, b = open_.pop()
        jets = _ways_through(name, params, _ball(a, b))
        if len(jets) == 1:
            continue
        middle = (a + b) / 2
        if b - a > _NARROWEST * (hi - lo) and a < middle < b:
            open_ += [(middle, b), (a, middle)]
            continue
        first = jets[0]
        jump = any(not first.f.overlaps(other.f) for other in jets)
        corner = any(not first.d.overlaps(other.d) for other in jets)
        known = found and middle - found[-1].x <= 4 * _NARROWEST * (hi - lo)
        if (jump or corner) and not known:
            found.append(Seam(_roundest(a, b), jump))
    return found


def _roundest(a: float, b: float) -> float:
    """The number in [a, b] with the fewest digits."""
    middle = (a + b) / 2
    rounded = (round(middle, digits) + 0.0 for digits in range(17))
    return next((r for r in rounded if a <= r <= b), middle)


@dataclass(frozen=True)
class Steepest:
    """The largest |f'| in an interval.

    Attributes:
        most: no slope is steeper, proven.
        least: at ``at`` one is as steep as this.
    """

    most: float
    least: float
    at: float


def steepest(name: str, params: Params, lo: float, hi: float) -> Steepest:
    """The largest |f'| in [lo, hi] where f has one; infinite where f jumps."""
    for seam in seams(name, params, lo, hi):
        if seam.jump:
            return Steepest(math.inf, math.inf, seam.x)
    best, at = -1.0, lo
    heap = [(-math.inf, lo, hi)]
    while True:
        upper, a, b = heapq.heappop(heap)
        middle = (a + b) / 2
        if -upper <= best * (1 + _WITHIN) or not a < middle < b:
            return Steepest(-upper, best, at)
        for p, q in ((a, middle), (middle, b)):
            centre = (p + q) / 2
            there = max(_least(jet.d) for jet in _ways_through(name, params, arb(centre)))
            if there > best:
                best, at = there, centre
            heapq.heappush(heap, (-_most_slope(name, params, p, q), p, q))


def _most_slope(name: str, params: Params, a: float, b: float) -> float:
    """No |f'| in [a, b] is larger: by f' itself, or by f' in the middle and f''."""
    middle = (a + b) / 2
    jets = _ways_through(name, params, _ball(a, b))
    if len(jets) > 1:
        return max(_most(jet.d) for jet in jets)
    (jet,), (centre,) = jets, _ways_through(name, params, arb(middle))
    return min(_most(jet.d), _most(centre.d + jet.dd * (_ball(a, b) - middle)))


def _most(ball: Any) -> float:
    return math.nextafter(float(ball.abs_upper()), math.inf) if ball.is_finite() else math.inf


def _least(ball: Any) -> float:
    return max(0.0, math.nextafter(float(ball.abs_lower()), 0.0)) if ball.is_finite() else 0.0
