"""The largest error of a table, over every float32 of its domain or some of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from edgeact import _registry
from edgeact._tabulate.fit import F32, F64, Grid
from edgeact._tabulate.table import Table

CHUNK = 1 << 17
SPREAD, FEW = 1 << 16, 1 << 12
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Checked:
    """The largest error found, at which x, and the number of inputs tried: by isa; "c" is what
    to_c() gives, without FMA; "float64" the float64 loop."""

    error: float
    at: float
    tried: dict[str, int]

    def __or__(self, other: Checked) -> Checked:
        worst = max(self, other, key=lambda checked: checked.error)
        tried = {
            form: max(self.tried.get(form, 0), other.tried.get(form, 0))
            for form in [*self.tried, *other.tried]
        }
        return Checked(worst.error, worst.at, tried)


def distinct_isas() -> list[str]:
    """Isas that cover all that run here: those with FMA give the same bits."""
    rows = {isa: _registry.find_isa(isa) for isa in _registry.isas()}
    fused = [isa for isa, row in rows.items() if row.fma]
    return [fused[-1], *(isa for isa, row in rows.items() if not row.fma)]


class Inputs:
    """Every float32 from lo to hi, in order; -0 and 0 both."""

    def __init__(self, domain: tuple[float, float]) -> None:
        self.domain = domain
        self.first, self.end = self._place(domain[0], -1), self._place(domain[1], 1) + 1
        self.count = self.end - self.first

    @staticmethod
    def _place(x: float, inwards: int) -> int:
        bits = int(np.float32(x).view(np.int32))
        zero = -1 if inwards < 0 else 0  # 0 is 0, -0 is -1
        return bits if bits > 0 else -1 - (bits & 0x7FFFFFFF) if bits < 0 else zero

    @staticmethod
    def _at(places: npt.NDArray[np.int64]) -> F32:
        bits = np.where(places >= 0, places, (-1 - places) | -0x80000000)
        return bits.astype(np.int32).view(np.float32)

    def all(self) -> Iterator[F32]:
        for first in range(self.first, self.end, CHUNK):
            yield self._at(np.arange(first, min(first + CHUNK, self.end)))

    def some(self, count: int) -> F32:
        """About so many, half of them evenly among the float32 and half on the line, and 0."""
        half = max(count // 2, 2)
        among = np.linspace(self.first, self.end - 1, min(half, self.count)).astype(np.int64)
        line = np.linspace(*self.domain, half).astype(np.float32)
        zeros = np.zeros(2 * (self.domain[0] <= 0 <= self.domain[1]), np.float32)
        zeros[1:] = -0.0
        found = np.concatenate([self._at(among), line, zeros])
        return found[(found >= self.domain[0]) & (found <= self.domain[1])]


def _seconds_each(run: Callable[[F32], object], inputs: Inputs) -> float:
    for count in (FEW // 16, FEW * 4):
        x = inputs.some(count)
        start = time.perf_counter()
        run(x)
        passed = time.perf_counter() - start
        if passed > 0.1:
            break
    return passed / len(x)


def spread(fn: Callable[[F64], F64], inputs: Inputs) -> F32:
    """Inputs for a first look, fewer where fn is slow: two seconds of it."""
    each = _seconds_each(lambda x: fn(x.astype(np.float64)), inputs)
    return inputs.some(min(SPREAD, max(FEW, int(2 / each))))


def near_seams(grid: Grid, domain: tuple[float, float]) -> F32:
    """The ends of the domain, and at each seam the nearest float32 and two on either side."""
    x = np.append(grid.seams, [grid.lo, grid.hi, *domain]).astype(np.float32)
    around = [x]
    for step in (-np.inf, np.inf):
        for _ in range(2):
            x = np.nextafter(x, np.float32(step))
            around.append(x)
        x = around[0]
    found = np.concatenate(around)
    return found[(found >= domain[0]) & (found <= domain[1])]


def sampled(table: Table, fn: Callable[[F64], F64], x: F32) -> Checked:
    """The largest error of every form at these x."""
    wide = x.astype(np.float64)
    truth = fn(wide)
    forms = {isa: table.evaluate(isa, x) for isa in distinct_isas()}
    forms |= {"c": table.in_c(x), "float64": table.evaluate(_registry.isas()[-1], wide)}
    worst = Checked(-1, 0, {})
    for form, y in forms.items():
        worst |= _compare(form, wide, y, truth)
    return worst


def _compare(form: str, x: F64, y: F32 | F64, truth: F64) -> Checked:
    error = np.nan_to_num(np.abs(y - truth), nan=np.inf)
    at = int(np.argmax(error))
    return Checked(float(error[at]), float(x[at]), {form: len(x)})


def check(
    table: Table,
    fn: Callable[[F64], F64],
    domain: tuple[float, float],
    count: int | None,
    seconds: float,
    progress: Progress,
    limit: float,
) -> tuple[Checked, bool]:
    """What a check found, and whether it tried every float32 of the domain.

    Args:
        count: about so many; None: all, if that is likely to take no longer than seconds, else as
            many as that leaves time for.
        limit: an error beyond which no more are tried.
    """
    inputs, workers = Inputs(domain), os.cpu_count() or 1
    isas = distinct_isas()

    def one(x: F32) -> Checked:
        wide = x.astype(np.float64)
        truth = fn(wide)
        found = Checked(-1, 0, {})
        for isa in isas:
            found |= _compare(isa, wide, table.evaluate(isa, x), truth)
        return found

    if count is None:
        rate = workers / _seconds_each(one, inputs)
        count = None if inputs.count <= rate * seconds else max(FEW, int(rate * seconds))
    exhaustive = count is None or count >= inputs.count
    parts = inputs.all() if exhaustive else iter(_split(inputs.some(count or 0)))
    found = sampled(table, fn, np.append(near_seams(table.grid, domain), spread(fn, inputs)))
    total = dict.fromkeys(isas, 0)
    with ThreadPoolExecutor(workers) as pool:
        for batch in iter(lambda: list(islice(parts, 64 * workers)), []):
            for part in pool.map(one, batch):
                for isa in isas:
                    total[isa] += part.tried[isa]
                found |= part
                progress(part.tried[isas[0]])
            if found.error > limit:
                break
    return Checked(found.error, found.at, found.tried | total), exhaustive


def _split(x: F32) -> list[F32]:
    return [x[first : first + CHUNK] for first in range(0, len(x), CHUNK)]
