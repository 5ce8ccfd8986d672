"""What a network feels of an activation: slopes, limits, moments."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import edgeact
from edgeact import _registry
from edgeact._tabulate.function import checked, name_of

F64 = npt.NDArray[np.float64]
Function = Callable[[F64], F64]

VANISHING, EXPLODING = 1e-3, 1e3
_NORMAL_END = 10.0  # beyond it the normal density is 1e-22
_STEP = 2.0**-17  # of difference quotients: about the cube root of 2^-52


@dataclass(frozen=True)
class Corner:
    """A place where f, or its derivative, jumps.

    Attributes:
        x: the place.
        left, right: the derivative before and after it.
        jump: whether f itself jumps.
    """

    x: float
    left: float
    right: float
    jump: bool


@dataclass(frozen=True)
class Analysis:
    """What :func:`analyze` finds of a function f on a range.

    Attributes:
        name: of the function, with its parameters.
        range: the ends of the range.
        x, f, df, d2f: points evenly spaced over it and the values there, float64; d2f is a
            difference quotient, NaN next to corners.
        lipschitz: the largest |f'|; infinite where f jumps.
        lipschitz_at: where it is reached or approached.
        certified: whether interval arithmetic proves that no slope on the range is steeper, and
            that one near ``lipschitz_at`` is as steep but for 1e-7 of it. Otherwise the largest
            found.
        vanishing, exploding: share of the points where |f'| < 1e-3, where |f'| > 1e3.
        least, most: the smallest and the largest f at the points.
        monotone: "increasing", "decreasing" or "no"; a level function is both, and increasing.
        fixed_points: (first, last) of each stretch where f(x) = x; the same twice for one point.
        limits: f far to the left and far to the right; None where f has no value there.
        saturates: (left, right), whether that limit is finite and f' fades.
        zero_centred: whether f(-x) = -f(x), so that the mean of a symmetric input stays 0.
        normal_mean, normal_variance: of f(z), z normal with mean 0 and variance 1: what a layer
            passes on. NaN where f is not defined for some z.
        corners: where f or f' jumps.
        slope_error: between the corners, how far the derivative is from the difference quotient
            of f at most, relative to max(1, |f'|); NaN where no derivative is known.
    """

    name: str
    range: tuple[float, float]
    x: F64 = field(repr=False)
    f: F64 = field(repr=False)
    df: F64 = field(repr=False)
    d2f: F64 = field(repr=False)
    lipschitz: float
    lipschitz_at: float
    certified: bool
    vanishing: float
    exploding: float
    least: float
    most: float
    monotone: str
    fixed_points: tuple[tuple[float, float], ...]
    limits: tuple[float | None, float | None]
    saturates: tuple[bool, bool]
    zero_centred: bool
    normal_mean: float
    normal_variance: float
    corners: tuple[Corner, ...]
    slope_error: float

    def rows(self) -> dict[str, str]:
        """The findings as words, by title."""
        lo, hi = self.range
        sort = "certified" if self.certified else "estimated"
        limits = ["-" if v is None else f"{v:.4g}" for v in self.limits]
        ends = zip(limits, self.saturates, strict=True)
        return {
            "range of x": f"{lo:g} to {hi:g}",
            "Lipschitz constant": f"{self.lipschitz:.6g} ({sort})",
            "steepest at": f"{self.lipschitz_at:.4g}",
            f"|f'| < {VANISHING:g}": f"{self.vanishing:.1%}",
            f"|f'| > {EXPLODING:g}": f"{self.exploding:.1%}",
            "f from, to": f"{self.least:.4g} to {self.most:.4g}",
            "monotone": self.monotone,
            "fixed points": ", ".join(map(_stretch, self.fixed_points)) or "none",
            "far left, right": ", ".join(v + " (saturates)" * s for v, s in ends),
            "zero-centred": "yes" if self.zero_centred else "no",
            "mean of f(z)": _moment(self.normal_mean),
            "variance of f(z)": _moment(self.normal_variance),
            "corners": ", ".join(map(_corner, self.corners)) or "none",
            "f' off quotient": "-" if math.isnan(self.slope_error) else f"{self.slope_error:.1e}",
        }

    def to_dict(self) -> dict[str, Any]:
        """All but the arrays, for JSON."""
        arrays = ("x", "f", "df", "d2f")
        held = {key: value for key, value in vars(self).items() if key not in arrays}
        return held | {"corners": [vars(corner) for corner in self.corners]}

    def save(self, path: str | Path) -> None:
        """Save a picture of f, f' and f''; the suffix says which kind, such as .png or .svg.

        Raises:
            ImportError: matplotlib is missing.
        """
        from edgeact._picture import picture

        picture([self], path)


def analyze(
    f: str | Callable[..., Any],
    df: Callable[..., Any] | None = None,
    range: tuple[float, float] = (-5.0, 5.0),
    points: int = 4001,
    **params: Any,
) -> Analysis:
    """Look at a function as a network does: slopes, limits, fixed points, moments.

    Args:
        f: an activation's name, one of its ufuncs, or any callable of float64 arrays or of floats.
        df: its derivative; by default :mod:`edgeact.grad`'s for an activation, f.grad where there
            is one, and otherwise a difference quotient.
        range: the ends of what is looked at, finite.
        points: evenly spaced over the range, at least 101.
        params: of an activation; those not given have their defaults.

    Raises:
        ImportError: an activation is certified by python-flint: ``pip install "edgeact[report]"``.
        TypeError: f cannot be called, has no real values, or has not these parameters.
        ValueError: an unknown activation, a range without inside, too few points, or a value
            within the range that is not finite.

    >>> found = analyze("gelu")
    >>> f"{found.lipschitz:.5f} at {found.lipschitz_at:.3f}", found.certified, found.monotone
    ('1.12890 at 1.414', True, 'no')
    >>> selu = analyze("selu")
    >>> f"{abs(selu.normal_mean):.6f} {selu.normal_variance:.6f}"
    '0.000000 1.000000'
    >>> analyze(np.sin, range=(0, 3)).certified
    False
    """
    lo, hi = map(float, range)
    if not (math.isfinite(lo) and math.isfinite(hi) and lo < hi):
        raise ValueError(f"range {range!r}: two finite numbers are needed, the first the smaller")
    if points < 101:
        raise ValueError(f"points {points!r}: at least 101 are needed")
    name = f if isinstance(f, str) else _registered(f)
    if name is None:
        if params:
            raise TypeError(f"{name_of(f)}: parameters are for activations by name: {params}")
        if not callable(f):
            raise TypeError(f"a function or an activation's name is needed, not {f!r}")
        return _Look(name_of(f), f, df or getattr(f, "grad", None), lo, hi, points).analysis()
    return _of_activation(name, df, lo, hi, points, params)


def _registered(f: Callable[..., Any]) -> str | None:
    """The name of an activation whose ufunc this is."""
    name = getattr(f, "__name__", "")
    known = name in _registry.activations() and isinstance(f, np.ufunc)
    modules = (edgeact, edgeact.exact, edgeact.coarse)
    return name if known and any(getattr(m, name, None) is f for m in modules) else None


def _of_activation(
    name: str,
    df: Callable[..., Any] | None,
    lo: float,
    hi: float,
    points: int,
    params: Mapping[str, Any],
) -> Analysis:
    from edgeact import _interval

    spec = _registry.spec(name)
    if spec.rowwise:
        raise ValueError(f"{name} is a function of rows")
    edgeact.apply(name, 0.0, **params)  # refuses what it has not, and what is missing
    values: dict[str, Any] = {**spec.params, **params}

    def function(x: F64) -> Any:
        return edgeact.apply(name, x, **values)

    slope = getattr(edgeact.grad, spec.name, None)
    derivative = df or (slope and (lambda x: slope(x, *values.values())))
    given = ", ".join(f"{key}={value:g}" for key, value in values.items())
    title = function.__name__ = f"{spec.name}({given})" if given else spec.name
    look = _Look(title, function, derivative, lo, hi, points)
    corners = tuple(
        look.corner(seam.x, seam.jump) for seam in _interval.seams(spec.name, values, lo, hi)
    )
    steep = _interval.steepest(spec.name, values, lo, hi)
    return look.analysis(corners, (steep.most, steep.at))


class _Look:
    """One function on one range."""

    def __init__(
        self,
        name: str,
        f: Callable[..., Any],
        df: Callable[..., Any] | None,
        lo: float,
        hi: float,
        points: int,
    ) -> None:
        self.name, self.lo, self.hi = name, lo, hi
        self._raw = f
        self._f: Function = checked(f, lo, hi)
        self._df: Function = checked(df, lo, hi) if df else self._quotient
        self._has_df = df is not None
        self._x = np.linspace(lo, hi, points)

    def analysis(
        self,
        corners: tuple[Corner, ...] | None = None,
        certified: tuple[float, float] | None = None,
    ) -> Analysis:
        x = self._x
        f, df = self._f(x), self._df(x)
        if corners is None:
            corners = self._corners(df)
        steepest, at = certified or self._steepest(df, corners)
        steps = np.diff(f)
        monotone = "increasing" if (steps >= 0).all() else "no"
        monotone = "decreasing" if monotone == "no" and (steps <= 0).all() else monotone
        left, right = self._limit(-1), self._limit(+1)
        mean, variance = self._moments(corners)
        odd = self.lo == -self.hi and bool(np.allclose(f, -f[::-1], rtol=1e-9, atol=1e-12))
        return Analysis(
            name=self.name,
            range=(self.lo, self.hi),
            x=x,
            f=f,
            df=df,
            d2f=self._away(np.gradient(df, x), corners),
            lipschitz=steepest,
            lipschitz_at=at,
            certified=certified is not None,
            vanishing=float((np.abs(df) < VANISHING).mean()),
            exploding=float((np.abs(df) > EXPLODING).mean()),
            least=float(f.min()),
            most=float(f.max()),
            monotone=monotone,
            fixed_points=self._fixed_points(f),
            limits=(left[0], right[0]),
            saturates=(left[1], right[1]),
            zero_centred=odd,
            normal_mean=mean,
            normal_variance=variance,
            corners=corners,
            slope_error=self._slope_error(df, corners),
        )

    def _quotient(self, x: F64) -> F64:
        """f' by a central difference, one-sided at the ends of the range."""
        step = _STEP * np.maximum(1.0, np.abs(x))
        a, b = np.maximum(x - step, self.lo), np.minimum(x + step, self.hi)
        quotient: F64 = (self._f(b) - self._f(a)) / (b - a)
        return quotient

    def corner(self, x: float, jump: bool) -> Corner:
        """The slopes at both sides of a place, a little away from it."""
        aside = 1e-6 * (self.hi - self.lo)
        at = np.clip([x - aside, x + aside], self.lo, self.hi)
        left, right = self._df(at).tolist()
        return Corner(x, left, right, jump)

    def _corners(self, df: F64) -> tuple[Corner, ...]:
        """Where f, or its derivative, changes as much within a small part of a step as within the
        step. A difference quotient turns a corner into a ramp: the part must be longer than it."""
        steps = float(self._x[1] - self._x[0])
        jumps = self._sudden(self._f, self._f(self._x), 1e-9 * steps)
        ramp = 8 * _STEP * max(1.0, abs(self.lo), abs(self.hi))
        bends: list[list[float]] = []
        for x in self._sudden(self._df, df, max(1e-9 * steps, ramp)):
            if any(abs(x - jump) <= 2 * steps for jump in jumps):
                continue
            if bends and x - bends[-1][-1] <= 2 * steps:  # the ramp of one corner
                bends[-1].append(x)
            else:
                bends.append([x])
        corners = [self.corner(x, True) for x in jumps]
        corners += [self.corner(sum(group) / len(group), False) for group in bends]
        return tuple(sorted(corners, key=lambda corner: corner.x))

    def _sudden(self, g: Function, values: F64, narrow: float) -> list[float]:
        """Where g changes suddenly."""
        change = np.abs(np.diff(values))
        usual = float(np.median(change))
        found = []
        for i in np.flatnonzero(change > 8 * usual + 1e-9).tolist():
            a, b = float(self._x[i]), float(self._x[i + 1])
            steps = b - a
            first, last = values[i], values[i + 1]
            while b - a > narrow and a < (middle := (a + b) / 2) < b:
                between = g(np.array([middle]))[0]
                if abs(between - first) > abs(last - between):
                    b, last = middle, between
                else:
                    a, first = middle, between
            if b - a < steps / 4 and abs(last - first) > 0.7 * change[i]:
                found.append((a + b) / 2)
        return found

    def _steepest(self, df: F64, corners: tuple[Corner, ...]) -> tuple[float, float]:
        """The largest slope at the points, looked at more closely around it."""
        for corner in corners:
            if corner.jump:
                return math.inf, corner.x
        x, slopes = self._x, np.abs(df)
        for _ in range(6):
            at = int(np.argmax(slopes))
            best, place = float(slopes[at]), float(x[at])
            x = np.linspace(x[max(at - 1, 0)], x[min(at + 1, x.size - 1)], 101)
            slopes = np.abs(self._df(x))
        return best, place

    def _limit(self, side: int) -> tuple[float | None, bool]:
        """f far out, and whether it is finite there and f' fades."""
        with np.errstate(all="ignore"):
            try:
                y = np.asarray(self._raw(np.array([side * 1e3, side * 1e4, side * 1e30])), float)
            except (ArithmeticError, TypeError, ValueError):
                return None, False
        if y.shape != (3,) or np.isnan(y).any():
            return None, False
        near, far, farthest = y.tolist()
        if abs(farthest - far) < 1e-3 * max(1.0, abs(far)):
            return farthest + 0.0, abs(far - near) < 1e-2 * max(1.0, abs(far))
        if abs(near) < abs(far) < abs(farthest):
            return math.copysign(math.inf, farthest), False
        return None, False

    def _fixed_points(self, f: F64) -> tuple[tuple[float, float], ...]:
        x, over = self._x, f - self._x
        level = np.abs(over) <= 4 * np.spacing(np.maximum(np.abs(x), 1e-300))
        found: list[tuple[float, float]] = []
        i = 0
        while i < x.size:
            if level[i]:
                j = i
                while j + 1 < x.size and level[j + 1]:
                    j += 1
                found.append((float(x[i]) + 0.0, float(x[j]) + 0.0))
                i = j
            elif i + 1 < x.size and not level[i + 1] and (over[i] < 0) != (over[i + 1] < 0):
                found += [(p, p) for p in self._root(float(x[i]), float(x[i + 1]))]
            i += 1
        return tuple(found)

    def _root(self, a: float, b: float) -> list[float]:
        """Where f(x) - x changes its sign in [a, b], unless it jumps there."""

        def over(at: float) -> float:
            return float(self._f(np.array([at]))[0]) - at

        below = over(a) < 0
        while a < (middle := (a + b) / 2) < b:
            a, b = (middle, b) if (over(middle) < 0) == below else (a, middle)
        return [a + 0.0] if abs(over(a)) < 1e-9 * max(1.0, abs(a)) else []

    def _moments(self, corners: tuple[Corner, ...]) -> tuple[float, float]:
        """Of f(z), z normal, by Gauss and Legendre between the corners."""
        inner = [c.x for c in corners if abs(c.x) < _NORMAL_END]
        ends = np.array(sorted({-_NORMAL_END, *np.arange(-9.0, 10.0), *inner, _NORMAL_END}))
        nodes, weights = np.polynomial.legendre.leggauss(40)
        middle, half = (ends[1:] + ends[:-1]) / 2, np.diff(ends) / 2
        z = (middle[:, None] + half[:, None] * nodes).ravel()
        density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi) * (half[:, None] * weights).ravel()
        with np.errstate(all="ignore"):
            try:
                y = np.asarray(self._raw(z), float)
                mean = float(np.sum(density * y))
                return mean, float(np.sum(density * (y - mean) ** 2))
            except (ArithmeticError, TypeError, ValueError):
                return math.nan, math.nan

    def _slope_error(self, df: F64, corners: tuple[Corner, ...]) -> float:
        """Of the derivative against the quotient, two steps away from every corner."""
        if not self._has_df:
            return math.nan
        error = np.abs(df - self._quotient(self._x)) / np.maximum(1.0, np.abs(df))
        return float(np.nanmax(self._away(error, corners)[1:-1]))

    def _away(self, values: F64, corners: tuple[Corner, ...]) -> F64:
        """NaN within two steps of a corner."""
        near = 2 * (self._x[1] - self._x[0])
        for corner in corners:
            values[np.abs(self._x - corner.x) <= near] = np.nan
        return values


def _stretch(ends: tuple[float, float]) -> str:
    first, last = ends
    return f"{first:.6g}" if first == last else f"all of {first:g} to {last:g}"


def _moment(value: float) -> str:
    return "-" if math.isnan(value) else f"{round(value, 12) + 0.0:.4g}"


def _corner(corner: Corner) -> str:
    what = "jump" if corner.jump else f"f' {corner.left:.3g} to {corner.right:.3g}"
    return f"{corner.x + 0.0:.4g} ({what})"
