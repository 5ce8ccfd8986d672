"""Segments, and on each the polynomial whose largest error is least."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np
import numpy.typing as npt

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]

NODES = 33  # a segment: odd, so that its middle is one
LARGEST_INDEX = 1 << 21
NARROW = 2.0**-6


@dataclass(frozen=True)
class Grid:
    """Segments of equal length: u = x scale + offset lies on segment rint(u).

    Attributes:
        first, last: their numbers on the domain.
        lo, hi: the outermost float32 that do not round to a number beyond them.
        segments: room for so many, a power of two.
    """

    scale: np.float32
    offset: np.float32
    first: int
    last: int
    lo: np.float32
    hi: np.float32
    segments: int

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        return np.arange(self.first, self.last + 1)

    @property
    def seams(self) -> F64:
        """Where two segments meet."""
        ends = self.numbers[:-1].astype(np.float64) + 0.5
        seams: F64 = (ends - float(self.offset)) / float(self.scale)
        return seams

    def ranges(self, domain: tuple[float, float]) -> tuple[F64, F64]:
        """The middle of what is used of each segment, and half its length, in u - number."""
        ends = np.array(domain) * float(self.scale) + float(self.offset)
        low = np.maximum(-0.5, ends[0] - self.numbers)
        high = np.minimum(0.5, ends[1] - self.numbers)
        return (low + high) / 2, np.maximum(high - low, 0) / 2

    def nodes(self, domain: tuple[float, float]) -> F64:
        """x at the Chebyshev nodes of each segment: extremes and ends."""
        middle, half = self.ranges(domain)
        t = middle[:, None] + half[:, None] * chebyshev_nodes()
        x = (self.numbers[:, None] + t - float(self.offset)) / float(self.scale)
        clipped: F64 = np.clip(x, *domain)
        return clipped

    def halved(self, domain: tuple[float, float]) -> Grid | None:
        """Each segment in two: seams stay seams. None where float32 cannot number them."""
        scale, offset = np.float32(2 * self.scale), np.float32(2 * float(self.offset) + 0.5)
        first, last = 2 * self.first, 2 * self.last + 1
        if max(-first, last) >= LARGEST_INDEX:
            return None
        lo = _inner(domain[0], first, scale, offset, 1)
        hi = _inner(domain[1], last, scale, offset, -1)
        return Grid(scale, offset, first, last, lo, hi, 2 * self.segments)


def chebyshev_nodes() -> F64:
    """From 1 to -1, both and 0 among them."""
    s: F64 = np.cos(np.pi * np.arange(NODES) / (NODES - 1))
    s[NODES // 2] = 0
    return s


def grid(
    domain: tuple[float, float], segments: int, anchor: float, centred: bool, power: bool
) -> Grid | None:
    """The shortest segments that cover the domain, or None where float32 cannot number them.

    Args:
        anchor: where the middle of a segment (centred) or the seam of two is to lie.
        power: make their length a power of two, for which x scale is exact.
    """
    left, right = anchor - domain[0], domain[1] - anchor
    if centred:
        below = np.arange(segments)
        lengths = np.maximum(left / (below + 0.5), right / (segments - 1 - below + 0.5))
    else:
        below = np.arange(segments + 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            lengths = np.fmax(left / below, right / (segments - below))  # 0 / 0: none is needed
    length = float(lengths.min())
    if power:
        length = 2.0 ** np.ceil(np.log2(length))
    if not 2.0**-100 < length < 2.0**100:
        return None
    scale = np.float32(1 / length)
    for _ in range(8):  # until rounding leaves room for all
        exact = -anchor * float(scale)
        offset = np.float32(exact if centred else exact - 0.5)
        ends = np.array(domain) * float(scale) + float(offset)
        first, last = int(np.floor(ends[0] + 0.5)), int(np.ceil(ends[1] - 0.5))
        if np.abs(ends).max() >= LARGEST_INDEX:
            return None
        if last - first < segments:
            lo = _inner(domain[0], first, scale, offset, 1)
            hi = _inner(domain[1], last, scale, offset, -1)
            return Grid(scale, offset, first, last, lo, hi, segments) if lo < hi else None
        scale = np.nextafter(scale, np.float32(0))
    return None


def _inner(end: float, number: int, scale: np.float32, offset: np.float32, step: int) -> np.float32:
    """The float32 nearest to an end of the domain, from there on inwards, on its segment, whether
    or not u is rounded once."""
    x = np.float32(end)
    for _ in range(64):
        once, twice = np.float32(float(x) * float(scale) + float(offset)), x * scale + offset
        if all(step * (np.rint(u) - number) >= 0 for u in (once, twice)):
            break
        x = np.nextafter(x, np.float32(step * np.inf))
    return x


def fit(
    grid: Grid, domain: tuple[float, float], values: F64, degree: int, zero: bool
) -> tuple[F32, F64]:
    """Coefficients in float32, [degree + 1, segments], and the largest error on each segment.

    The polynomials are minimax on the nodes: Lawson's iteration weighs each node by the error that
    least squares leave there (Lawson 1961).

    Args:
        values: the function's at ``grid.nodes(domain)``.
        zero: it is 0 at 0, and is to be so exactly where 0 is a segment's middle or end.
    """
    middle, half = grid.ranges(domain)
    s = chebyshev_nodes()
    t = middle[:, None] + half[:, None] * s
    pinned = _pinned(grid, t) if zero else None
    coefficients = _lawson(values, s, degree, pinned)
    in_t = _shifted(coefficients, middle, half)
    narrow = half < NARROW  # the end of the domain cuts them off: a line
    slope = (values[:, 0] - values[:, -1]) / np.where(half > 1e-7, 2 * half, np.inf)
    in_t[narrow] = 0
    in_t[narrow, 1] = slope[narrow]
    rounded = in_t.astype(np.float32)

    # Of the rounding of the others the constant takes the middle.
    rest = values - _horner(rounded[:, 1:].astype(np.float64), t) * t
    rounded[:, 0] = (rest.max(axis=1) + rest.min(axis=1)) / 2
    if pinned is not None:
        segment, node = pinned
        at = t[segment : segment + 1, node : node + 1].astype(np.float32)
        inner = _horner(rounded[segment : segment + 1, 1:], at)[0, 0]
        rounded[segment, 0] = -(inner * at[0, 0]) if at else -0.0
    error = np.abs(values - _horner(rounded.astype(np.float64), t)).max(axis=1)
    table = np.zeros((degree + 1, grid.segments), np.float32)
    table[:, grid.numbers % grid.segments] = rounded.T
    return table, error


def _pinned(grid: Grid, t: F64) -> tuple[int, int] | None:
    """The segment and node that 0 is, if it is one at -1/2, 0 or 1/2, whose products are exact."""
    number = int(np.rint(grid.offset))
    if not grid.first <= number <= grid.last:
        return None
    at = float(grid.offset) - number
    nodes = np.flatnonzero(t[number - grid.first] == at)
    return (number - grid.first, int(nodes[0])) if at in (-0.5, 0, 0.5) and len(nodes) else None


def _lawson(values: F64, s: F64, degree: int, pinned: tuple[int, int] | None) -> F64:
    powers = s[:, None] ** np.arange(degree + 1)
    weights = np.ones_like(values)
    best, least = np.zeros((len(values), degree + 1)), np.full(len(values), np.inf)
    for _ in range(24 if len(values) <= 64 else 6):
        weights /= weights.sum(axis=1, keepdims=True)
        if pinned is not None:
            weights[pinned] = 1e6
        weighted = powers.T * weights[:, None, :]
        matrix = weighted @ powers
        fitted = np.linalg.solve(matrix, weighted @ values[:, :, None])[:, :, 0]
        error = np.abs(values - fitted @ powers.T)
        largest = error.max(axis=1)
        better = largest < least
        best[better], least[better] = fitted[better], largest[better]
        if pinned is not None:
            weights[pinned] = 0
        with np.errstate(invalid="ignore"):
            weights *= np.nan_to_num(error / largest[:, None], nan=1) + 1e-3
    return best


def _shifted(coefficients: F64, middle: F64, half: F64) -> F64:
    """Polynomials in s = (t - middle) / half as ones in t."""
    scaled = coefficients / np.maximum(half, NARROW)[:, None] ** np.arange(coefficients.shape[1])
    in_t = np.zeros_like(scaled)
    for k in range(scaled.shape[1]):
        for j in range(k + 1):
            in_t[:, j] += scaled[:, k] * comb(k, j) * (-middle) ** (k - j)
    return in_t


def _horner(coefficients: npt.NDArray[np.floating], t: npt.NDArray[np.floating]) -> F64:
    y = np.broadcast_to(coefficients[:, -1:], t.shape)
    for k in range(coefficients.shape[1] - 2, -1, -1):
        y = y * t + coefficients[:, k, None]
    return y


def kink(fn: Callable[[F64], F64], lo: float, hi: float) -> float:
    """Where between lo and hi the function bends most, by second differences."""
    width = hi - lo
    while hi - lo > width * 2.0**-30:
        x = np.linspace(lo, hi, NODES)
        y = fn(x)
        at = 1 + int(np.argmax(np.abs(y[:-2] - 2 * y[1:-1] + y[2:])))
        lo, hi = float(x[at - 1]), float(x[at + 1])
    return (lo + hi) / 2


def jump(fn: Callable[[F64], F64], lo: float, hi: float) -> tuple[float, float]:
    """Where between lo and hi the function changes most from one float64 to the next, and by how
    much."""
    x = np.linspace(lo, hi, NODES)
    while True:
        y = fn(x)
        at = int(np.argmax(np.abs(np.diff(y))))
        lo, hi = float(x[at]), float(x[at + 1])
        inner = np.unique(np.linspace(lo, hi, NODES))
        if len(inner) <= 2:
            return lo, float(y[at + 1] - y[at])
        x = inner
