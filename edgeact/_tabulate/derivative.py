"""The derivative of a tabulated function, as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from edgeact._tabulate import check as checking
from edgeact._tabulate import fit
from edgeact._tabulate.fit import F32, F64, Grid
from edgeact._tabulate.table import MAX_DEGREE, Table
from edgeact._tabulate.tabulated import TableCertificate, Tabulated

MOST = 4096  # segments
NEAR = 2.0**-18  # of a segment: where rounding of u may take one for its neighbour
TRIED = 1 << 18


def derivative(table: Table, held: TableCertificate, fn: Callable[[F64], F64]) -> Tabulated:
    """On the same segments or, if need be, halves of them: kinks stay at seams.

    Raises:
        ValueError: fn has no derivative within a segment, or none that a table can follow.
    """
    name, domain = f"{held.function}_grad", held.domain
    slope, fine = _slope(table.grid, domain, fn, held)
    inputs = checking.Inputs(domain).some(TRIED)
    best = np.inf
    grid: Grid | None = table.grid
    while grid is not None and grid.segments <= MOST:
        ends = float(grid.lo), float(grid.hi)  # beyond them the function is a line already
        within = (inputs >= ends[0]) & (inputs <= ends[1])
        inputs_here = inputs[within & (np.abs(_to_seam(fine, inputs)) > NEAR)]
        values = slope(_inside(grid, domain).ravel()).reshape(-1, fit.NODES)
        for degree in range(1, MAX_DEGREE + 1):
            coefficients, error = fit.fit(grid, domain, values, degree, zero=False)
            best = min(best, float(error.max()))
            if error.max() > held.max_abs:
                continue
            below, above = (line[1] for line in (table.below, table.above))
            made = Table(grid, (below, 0.0), (above, 0.0), coefficients)
            found = checking.sampled(made, slope, inputs_here)
            best = min(best, found.error)
            if found.error <= held.max_abs:
                certificate = replace(
                    held,
                    function=name,
                    domain=ends,
                    error=found.error,
                    error_at=found.at,
                    tried=found.tried,
                    exhaustive=False,
                    segments=made.used,
                    degree=degree,
                )
                return Tabulated(made, certificate, slope)
        grid = grid.halved(domain)
    raise ValueError(
        f"{name} cannot be tabulated to {held.max_abs:g} with {MOST} segments: an error of "
        f"{best:.3g} came nearest"
    )


def _inside(grid: Grid, domain: tuple[float, float]) -> F64:
    """The nodes, those at seams moved to the side of the segment they are of."""
    middle, half = grid.ranges(domain)
    t = middle[:, None] + half[:, None] * fit.chebyshev_nodes() * (1 - 2.0**-30)
    x = (grid.numbers[:, None] + t - float(grid.offset)) / float(grid.scale)
    inside: F64 = np.clip(x, *domain)
    return inside


def _to_seam(grid: Grid, x: F32) -> F64:
    u = x.astype(np.float64) * float(grid.scale) + float(grid.offset)
    distance: F64 = u - 0.5 - np.rint(u - 0.5)
    return distance


def _slope(
    grid: Grid, domain: tuple[float, float], fn: Callable[[F64], F64], held: TableCertificate
) -> tuple[Callable[[F64], F64], Grid]:
    """The derivative by Chebyshev interpolation of fn on segments short enough for it, and those
    segments."""
    degree = fit.NODES - 1
    transform = np.linalg.inv(np.polynomial.chebyshev.chebvander(fit.chebyshev_nodes(), degree))
    while True:
        middle, half = grid.ranges(domain)
        half = np.maximum(half, fit.NARROW / 4)
        values = fn(grid.nodes(domain).ravel()).reshape(-1, fit.NODES)
        coefficients = values @ transform.T
        steepness = float(grid.scale) / half
        # The derivative of the last polynomials is at most degree^2 at the ends.
        rest = np.abs(coefficients[:, -4:]).max(axis=1) * degree**2 * steepness
        if rest.max() <= held.max_abs / 8:
            break
        finer = grid.halved(domain)
        if finer is None or finer.segments > MOST:
            x = grid.nodes(domain)[int(np.argmax(rest))]
            at = fit.kink(fn, float(x[-1]), float(x[0]))
            raise ValueError(
                f"{held.function} has no derivative that could be found to {held.max_abs:g} near "
                f"x = {at:.9g}: a kink that is at no seam, or values of less than double precision"
            )
        grid = finer
    derived = np.polynomial.chebyshev.chebder(coefficients, axis=1) * steepness[:, None]

    def slope(x: F64) -> F64:
        y = np.empty_like(x)
        for first in range(0, len(x), 1 << 14):
            part = slice(first, first + (1 << 14))
            u = x[part] * float(grid.scale) + float(grid.offset)
            number = np.clip(np.rint(u), grid.first, grid.last).astype(np.int64)
            row = number - grid.first
            s = (u - number - middle[row]) / half[row]
            y[part] = np.polynomial.chebyshev.chebval(s, derived[row].T, tensor=False)
        return y

    return slope, grid
