"""The truth of an activation on all float32 inputs, as polynomials that C evaluates in double.

They interpolate MPFR's values and are checked against them, so that no libm is believed. In plain
double their value is good to 2^-51, relative. Needs gmpy2, as :mod:`edgeact.reference` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import copysign, inf, nan

import gmpy2
import numpy as np
import numpy.typing as npt
from gmpy2 import mpfr

from edgeact import reference
from edgeact._registry import ffi, lib

# edgeact_piece in C.
PIECE = np.dtype(
    [("first", "u4"), ("center", "f8"), ("inv_half", "f8"), ("value", "f8"), ("a", "f8", 10)],
    align=True,
)

_WHOLE = 1 << 22  # patterns of the largest piece; the kinks at 0, 3 and -3 lie between two such
_INF, _SIGN = 0x7F800000, 0x80000000
_NODES = PIECE["a"].shape[0]
# Far below half of the smallest float32: a value below it becomes a zero of its sign.
_VANISHING = gmpy2.exp2(-160)
# Far above the largest float32: a value above it becomes an infinity of its sign.
_BOUNDLESS = gmpy2.exp2(160)
_ERROR = gmpy2.exp2(-58)
# What the polynomial adds to its value, relative to it: plain double errors stay below 2^-51.
_SWING = 0.26


# Half of these bits would do, and MPFR's erfc takes its time.
_CONTEXT = gmpy2.context(precision=128)


def _inverse(matrix: list[list[mpfr]]) -> list[list[mpfr]]:
    """By Gauss-Jordan; the largest pivot of each column."""
    n = len(matrix)
    rows = [[*row, *(mpfr(i == j) for j in range(n))] for i, row in enumerate(matrix)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(n):
            if i != k:
                factor = rows[i][k]
                rows[i] = [u - factor * v for u, v in zip(rows[i], rows[k], strict=True)]
    return [row[n:] for row in rows]


with _CONTEXT:
    _PI = gmpy2.const_pi()
    # Interpolation at the roots of Chebyshev's polynomial errs most at its extrema: some of them.
    _ROOTS = [gmpy2.cos(_PI * (2 * j + 1) / (2 * _NODES)) for j in range(_NODES)]
    _TESTS = [gmpy2.cos(_PI * j / _NODES) for j in (5, 0, 10, 3, 8)]
    _TO_MONOMIAL = _inverse([[t**k for k in range(_NODES)] for t in _ROOTS])


def _dot(u: Sequence[mpfr], v: Sequence[mpfr]) -> mpfr:
    return sum((a * b for a, b in zip(u, v, strict=True)), mpfr(0))


def _horner(coefficients: Sequence[float], t: mpfr) -> mpfr:
    total = mpfr(0)
    for a in reversed(coefficients):
        total = total * t + a
    return total


def _float(bits: int) -> float:
    return float(np.uint32(bits).view(np.float32))


Row = tuple[int, float, float, float, Sequence[float]]


def _constant(first: int, value: float) -> Row:
    return first, 0.0, 0.0, value, [0.0] * _NODES


def _double(truth: mpfr) -> float:
    if abs(truth) > _BOUNDLESS:
        return copysign(inf, truth)
    if gmpy2.is_nan(truth):
        return nan
    return float(truth) if abs(truth) >= _VANISHING else copysign(0.0, truth)


def _fit(f: Callable[[mpfr], mpfr], first: int, count: int) -> Row | None:
    """The piece for these patterns, or None where one polynomial is not good enough."""
    low, high = _float(first), _float(first + count - 1)
    ends = f(mpfr(low)), f(mpfr(high))
    outside = [gmpy2.is_nan(end) for end in ends]
    if all(outside):
        return _constant(first, nan)  # for a domain is an interval
    if count == 1:
        return _constant(first, _double(ends[0]))
    if any(outside):
        return None
    boundless = min(map(abs, ends)) > _BOUNDLESS
    if not boundless and abs(ends[1] - ends[0]) > 2 * max(_SWING * min(map(abs, ends)), _VANISHING):
        return None  # soon seen: some values take MPFR half a millisecond
    center, inv_half = (low + high) / 2, 2 / abs(high - low)  # the center is exact: 25 bits
    values = [f(center + t / inv_half) for t in _ROOTS]
    sizes = [abs(value) for value in (*ends, *values)]
    if max(sizes) < _VANISHING or min(sizes) > _BOUNDLESS:
        return _constant(first, _double(ends[0]))
    exact = [_dot(row, values) for row in _TO_MONOMIAL]
    value = float(exact[0])
    a = [float(exact[0] - value), *map(float, exact[1:])]
    if sum(map(abs, a)) > _SWING * min(sizes):
        return None
    for t in _TESTS:
        truth = f(center + t / inv_half)
        if abs(value + _horner(a, t) - truth) > _ERROR * abs(truth):
            return None
    return first, center, inv_half, value, a


def _split(f: Callable[[mpfr], mpfr], first: int, count: int) -> Iterator[Row]:
    piece = _fit(f, first, count)
    if piece:
        yield piece
    else:
        yield from _split(f, first, count // 2)
        yield from _split(f, first + count // 2, count - count // 2)


def _half_line(f: Callable[[mpfr], mpfr], sign: int) -> Iterator[Row]:
    """The pieces of one sign: zero, finite, infinite and NaN."""
    s = copysign(1.0, _float(sign))
    yield _constant(sign, _double(f(mpfr(s * 0.0))))
    # From a zero on, values grow as the inputs do: by whole binades.
    starts = [1 << k for k in range(22)] + list(range(_WHOLE, _INF, _WHOLE))
    for start, end in zip(starts, [*starts[1:], _INF], strict=True):
        yield from _split(f, sign + start, end - start)
    yield _constant(sign + _INF, _double(f(mpfr(s * inf))))
    yield _constant(sign + _INF + 1, nan)


@lru_cache(32)
def pieces(name: str, *params: float) -> npt.NDArray[np.void]:
    """The truth as an array of ``PIECE``, in the order of the float32 patterns.

    Raises ValueError for an activation that is not known, TypeError where parameters are missing.

    >>> len(pieces("relu"))
    1106
    """
    assert ffi.sizeof("edgeact_piece") == PIECE.itemsize
    f = reference.function(name, *params)
    with _CONTEXT:
        rows = [row for sign in (0, _SIGN) for row in _half_line(f, sign)]
    array = np.array(rows, PIECE)
    array.flags.writeable = False
    return array


def truth(name: str, x: npt.NDArray[np.float32], *params: float) -> npt.NDArray[np.float64]:
    """The activation at each x, good to 2^-51, or a zero where it is below 2^-160; x: contiguous.

    >>> truth("sigmoid", np.float32([0, -100]))
    array([5.00000000e-01, 3.72007598e-44])
    """
    held, y = pieces(name, *params), np.empty(x.shape)
    lib.edgeact_truth(
        *as_c(held), x.size, ffi.from_buffer("float[]", x), ffi.from_buffer("double[]", y)
    )
    return y


def as_c(held: npt.NDArray[np.void]) -> tuple[object, int]:
    """Pieces as C takes them: pointer and count."""
    return ffi.from_buffer("edgeact_piece[]", held), len(held)
