"""Any function of one variable as a table with a stated error."""

from __future__ import annotations

import math
import platform
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Literal

import numpy as np

from edgeact import _registry
from edgeact._tabulate import check as checking
from edgeact._tabulate import fit
from edgeact._tabulate.fit import F64, Grid
from edgeact._tabulate.function import checked, name_of
from edgeact._tabulate.table import MAX_DEGREE, MAX_SEGMENTS, Line, Table
from edgeact._tabulate.tabulated import TableCertificate, Tabulated

__all__ = ["TableCertificate", "Tabulated", "tabulate"]

Outside = Literal["linear", "constant", "tangent"]
REGISTERS = 32  # a table of no more segments stays in registers
LEVEL = 2.0**-10  # no slope to go on with for ever: a tail that has not ended yet
TANGENT = 2.0**-20  # a slope that float32 hardly tells from a whole number
CACHE = 1 << 14  # bytes


def tabulate(
    fn: Callable[..., Any],
    domain: tuple[float, float] = (-8, 8),
    max_abs: float = 1e-4,
    *,
    outside: Outside = "linear",
    check: int | Literal["all"] = "all",
    seconds: float = 60,
    max_segments: int = 4096,
    progress: checking.Progress = lambda _: None,
) -> Tabulated:
    """Tabulate a function: minimax polynomials on segments of equal length, in float32.

    The cheapest table that keeps the error is taken. One of 8, 16 or 32 segments stays in the CPU's
    registers; a larger one is read from memory, which is slower, and is needed only where the
    function is not smooth. Seams lie where that helps: at 0, or at the worst kink.

    Args:
        fn: of a one-dimensional float64 array, called from several threads; or of one float, such
            as mpmath's and math's; or a torch module, whose parameters are taken as they are now.
        domain: its ends are rounded to float32.
        max_abs: the largest absolute error, of the float32 evaluation with its rounding, that is
            allowed on the domain.
        outside: how the function goes on: "linear", by its value and slope at the end, or
            "constant". A slope within 2^-10 of a whole number becomes that, and so does a line's
            constant within max_abs: what ends as 0 or x, as gelu does, is 0 or x. "tangent" is
            for what is a line already, of any slope: only one within 2^-20 becomes whole. Nothing
            is promised there.
        check: "all" compares every float32 of the domain with fn; a number, about so many.
        seconds: where "all" would take longer, as many are tried as there is time for, which the
            certificate tells; math.inf waits.
        max_segments: of the table, a power of two from 8 to 65536.
        progress: called with the number of inputs tried since the last call, from any thread.

    Returns:
        What is called as a ufunc is, and has ``.bound``, ``.certificate``, ``.grad``, ``.save()``,
        ``.to_onnx()`` and ``.to_c()``.

    Raises:
        TypeError: fn cannot be called, or has values that are no real numbers.
        ValueError: fn is NaN or infinite within the domain, jumps, or makes another shape; or
            max_segments do not reach max_abs, and the message says what they do reach; or an
            argument makes no sense.

    >>> import numpy as np
    >>> swish = tabulate(lambda x: x / (1 + np.exp(-1.5 * x)), (-12, 12), check=1 << 20)
    >>> swish(np.float32([-np.inf, 0, 1, 100])).round(3)
    array([  0.   ,   0.   ,   0.818, 100.   ], dtype=float32)
    >>> swish.bound
    0.0001
    """
    if len(domain) != 2:
        raise ValueError(f"the domain is its two ends, not {domain!r}")
    lo, hi = (float(np.float32(end)) for end in domain)
    if not (math.isfinite(lo) and math.isfinite(hi) and lo < hi):
        raise ValueError(f"the domain {domain} is empty or not finite")
    if not max_abs > 0 or not math.isfinite(max_abs):
        raise ValueError(f"max_abs {max_abs} is not above 0")
    if outside not in ("linear", "constant", "tangent"):
        raise ValueError(f"outside is 'linear', 'constant' or 'tangent', not {outside!r}")
    if check != "all" and (not isinstance(check, int) or check < 1):
        raise ValueError(f"check is 'all' or a number of inputs, not {check!r}")
    if max_segments & (max_segments - 1) or not 8 <= max_segments <= MAX_SEGMENTS:
        raise ValueError(f"max_segments {max_segments} is no power of two from 8 to 65536")
    values = checked(fn, lo, hi)
    search = _Search(values, name_of(fn), (lo, hi), max_abs, outside, max_segments)
    count = None if check == "all" else check
    for table in search.tables():
        found, exhaustive = checking.check(
            table, values, (lo, hi), count, seconds, progress, max_abs
        )
        if found.error > max_abs:
            search.reached(table, found.error, found.at)
        else:
            certificate = TableCertificate(
                function=name_of(fn),
                domain=(lo, hi),
                max_abs=max_abs,
                error=found.error,
                error_at=found.at,
                tried=found.tried,
                exhaustive=exhaustive,
                segments=table.used,
                degree=table.degree,
                outside=outside,
                version=_registry.VERSION,
                date=date.today().isoformat(),
                machine=platform.machine(),
            )
            return Tabulated(table, certificate, values)
    raise search.refusal()


class _Search:
    """The tables that may do, cheapest first, and why none does."""

    def __init__(
        self,
        values: Callable[[F64], F64],
        name: str,
        domain: tuple[float, float],
        max_abs: float,
        outside: Outside,
        max_segments: int,
    ) -> None:
        self.values, self.name, self.domain, self.max_abs = values, name, domain, max_abs
        self.max_segments = max_segments
        lo, hi = domain
        self.spread = checking.spread(values, checking.Inputs(domain))
        self.zero = lo <= 0 <= hi and float(values(np.zeros(1))[0]) == 0
        # (where, whether a segment's middle is to lie there: else a seam)
        self.anchors = [(0.0, True), (0.0, False)] if lo <= 0 <= hi else [(lo, False)]
        self.below, self.above = (self._line(end, outside) for end in domain)
        self.at_nodes: dict[tuple[np.float32, np.float32], F64] = {}
        self.nearest: Table | None = None
        self.error, self.at = math.inf, 0.0  # of the nearest, and where

    def tables(self) -> Iterator[Table]:
        sizes = [2**k for k in range(3, self.max_segments.bit_length())]
        shapes = [(size, degree) for size in sizes for degree in range(1, MAX_DEGREE + 1)]
        shapes.sort(key=_cost)
        small = [shape for shape in shapes if shape[0] <= REGISTERS]
        large = [shape for shape in shapes if shape[0] > REGISTERS]
        yield from self._fits(small, self.anchors)
        if self.nearest is None:
            return
        kink = [(self._kink(), False)]
        yield from self._fits(small, kink)
        yield from self._fits(large, [*self.anchors, *kink])

    def _fits(
        self, shapes: list[tuple[int, int]], anchors: list[tuple[float, bool]]
    ) -> Iterator[Table]:
        for segments, degree in shapes:
            for anchor, centred in anchors:
                for power in (True, False):
                    grid = fit.grid(self.domain, segments, anchor, centred, power)
                    table = grid and self._fit(grid, degree)
                    if table:
                        yield table

    def _fit(self, grid: Grid, degree: int) -> Table | None:
        """The table, if what is likely to be its worst inputs keep the error."""
        key = grid.scale, grid.offset
        if key not in self.at_nodes:
            nodes = grid.nodes(self.domain)
            self.at_nodes[key] = self.values(nodes.ravel()).reshape(nodes.shape)
        values = self.at_nodes[key]
        coefficients, error = fit.fit(grid, self.domain, values, degree, self.zero)
        if not np.isfinite(coefficients).all():
            return None
        table = Table(grid, self.below, self.above, coefficients)
        worst = int(np.argmax(error))
        if error[worst] > self.max_abs:
            middle = grid.nodes(self.domain)[worst, fit.NODES // 2]
            self.reached(table, float(error[worst]), float(middle))
            return None
        found = self._look(table)
        if found.error > self.max_abs:
            self.reached(table, found.error, found.at)
            return None
        return table

    def _look(self, table: Table) -> checking.Checked:
        """The error at what are likely to be the worst inputs."""
        nodes = table.grid.nodes(self.domain).ravel().astype(np.float32)
        seams = checking.near_seams(table.grid, self.domain)
        inputs = np.concatenate([np.clip(nodes, *self.domain), seams, self.spread])
        return checking.sampled(table, self.values, inputs.astype(np.float32))

    def reached(self, table: Table, error: float, at: float) -> None:
        """A table that does not keep the error."""
        if error < self.error:
            self.nearest, self.error, self.at = table, error, at

    def _around_worst(self) -> tuple[float, float]:
        assert self.nearest is not None
        length = 1 / float(self.nearest.grid.scale)
        return max(self.domain[0], self.at - length), min(self.domain[1], self.at + length)

    def _kink(self) -> float:
        return fit.kink(self.values, *self._around_worst())

    def _line(self, end: float, outside: Outside) -> Line:
        """a + b x that continues the function at an end of the domain."""
        value, slope = float(self.values(np.array([end]))[0]), 0.0
        if outside != "constant":
            within = max(self.max_abs, LEVEL) if outside == "linear" else TANGENT
            slope = _whole(self._slope(end), within)
        a = _whole(value - slope * end, self.max_abs)
        return float(np.float32(a)), float(np.float32(slope))

    def _slope(self, end: float) -> float:
        """By the Chebyshev polynomial of a piece at the end, 1/1024 of the domain."""
        lo, hi = self.domain
        step = (hi - lo) / 1024
        piece = [lo, lo + step] if end == lo else [hi - step, hi]
        made = np.polynomial.Chebyshev.interpolate(
            lambda x: self.values(np.clip(x, lo, hi)), 8, piece
        )
        return float(made.deriv()(end))

    def refusal(self) -> ValueError:
        lo, hi = self.domain
        if self.nearest is None:
            return ValueError(f"no segments of [{lo:g}, {hi:g}] can be numbered in float32")
        where, change = fit.jump(self.values, *self._around_worst())
        if abs(change) > self.max_abs:
            return ValueError(
                f"{self.name} jumps by {change:.3g} at x = {where:.9g}: no table of polynomials "
                f"follows it to {self.max_abs:g}"
            )
        found = self._look(self.nearest)
        return ValueError(
            f"{self.name} cannot be tabulated to {self.max_abs:g} on [{lo:g}, {hi:g}] with "
            f"{self.max_segments} segments: {self.nearest.used} of degree {self.nearest.degree} "
            f"came nearest, with an error of {found.error:.3g} at x = {found.at:.9g}"
        )


def _whole(number: float, within: float) -> float:
    return round(number) if abs(number - round(number)) <= within else number


def _cost(shape: tuple[int, int]) -> float:
    """ns an element by tools/bench_tabulated.py on Zen 4, AVX-512 and AVX2 together; a table in
    memory also takes cache from other data."""
    segments, degree = shape
    ns, a_degree = {8: (0.22, 0.062), 16: (0.265, 0.094), 32: (0.33, 0.185)}.get(
        segments, (0.9, 0.65)
    )
    in_memory = 4 * segments * (degree + 1) / CACHE if segments > REGISTERS else 0
    return (ns + a_degree * degree) * (1 + in_memory)
