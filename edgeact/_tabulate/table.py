"""A table: the numbers that the C kernels and the C header evaluate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from edgeact import _registry
from edgeact._registry import ffi, lib
from edgeact._tabulate.fit import LARGEST_INDEX, Grid

MAX_DEGREE = int(lib.EDGEACT_TABULATED_DEGREE)
MAX_SEGMENTS = 1 << 16
Line = tuple[float, float]  # a, b of a + b x


def native(numbers: Sequence[float], shape: Sequence[int], coefficients: int) -> Any:
    """The C struct of a table's numbers, and of the coefficients of that shape at an address."""
    rows, segments = shape
    return ffi.new(
        "edgeact_tabulated *",
        {
            **dict(zip(("lo", "hi", "scale", "offset"), numbers[:4], strict=True)),
            "below": numbers[4:6],
            "above": numbers[6:8],
            "segments": segments,
            "degree": rows - 1,
            "coefficients": ffi.cast("float *", coefficients),
        },
    )


@dataclass(frozen=True)
class Table:
    """What edgeact.h has as edgeact_tabulated.

    Attributes:
        grid: the segments.
        below, above: the lines that continue it.
        coefficients: float32, [degree + 1, segments]; those of segment m in column m % segments.

    Raises:
        ValueError: it is none that the kernels could evaluate.
    """

    grid: Grid
    below: Line
    above: Line
    coefficients: npt.NDArray[np.float32]

    def __post_init__(self) -> None:
        grid, rows = self.grid, len(self.coefficients)
        ends = np.array([grid.lo, grid.hi], float) * float(grid.scale) + float(grid.offset)
        segments = grid.segments
        if segments & (segments - 1) or not 8 <= segments <= MAX_SEGMENTS:
            raise ValueError(f"{segments} segments are no power of two from 8 to {MAX_SEGMENTS}")
        if not 2 <= rows <= MAX_DEGREE + 1:
            raise ValueError(f"degree {rows - 1} is not from 1 to {MAX_DEGREE}")
        if self.coefficients.shape != (rows, segments):
            raise ValueError(f"coefficients of shape {self.coefficients.shape}")
        numbers = [*ends, *self.below, *self.above, *self.coefficients.flat]
        if not grid.lo < grid.hi or not np.isfinite(numbers).all():
            raise ValueError("a number is not finite, or the table's ends are not in order")
        if not grid.last - grid.first < segments or np.abs(ends).max() >= LARGEST_INDEX:
            raise ValueError(f"segments {grid.first} to {grid.last} have no room")

    @property
    def degree(self) -> int:
        return len(self.coefficients) - 1

    @property
    def used(self) -> int:
        """The segments that the domain reaches."""
        return self.grid.last - self.grid.first + 1

    @property
    def numbers(self) -> list[float]:
        """lo, hi, scale, offset, and the lines below and above: what :func:`native` takes."""
        grid = self.grid
        ends = (float(number) for number in (grid.lo, grid.hi, grid.scale, grid.offset))
        return [*ends, *self.below, *self.above]

    def native(self) -> Any:
        """The C struct; what it points to lives as long as the table."""
        return native(self.numbers, self.coefficients.shape, self.coefficients.ctypes.data)

    def evaluate(self, isa: str, x: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Run one isa's kernel on a contiguous array."""
        dtype = _registry.DTYPES.index(x.dtype.name)
        kernel = lib.edgeact_tabulated_lookup(dtype, _registry.find_isa(isa))
        y = np.empty_like(x)
        args = [ffi.cast("char *", a.ctypes.data) for a in (x, y)]
        kernel(self.native(), args, [x.itemsize, x.itemsize], x.size)
        return y

    def in_c(self, x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """What the function of :func:`edgeact._tabulate.header.header` makes of x."""
        grid = self.grid
        inside = np.clip(x, grid.lo, grid.hi)
        u = inside * grid.scale + grid.offset
        column = (u - np.float32(grid.first - 0.5)).astype(np.int32)
        column = np.minimum(column, grid.last - grid.first)
        t = u - (column + grid.first).astype(np.float32)
        rows = self.coefficients[:, grid.numbers % grid.segments]
        y: npt.NDArray[np.float32] = rows[-1, column]
        for row in rows[-2::-1]:
            y = y * t + row[column]
        for outside, (a, b) in ((x < grid.lo, self.below), (x > grid.hi, self.above)):
            y[outside] = np.float32(a) + (np.float32(b) * x[outside] if b else 0)
        return y

    def ufunc(self, name: str, doc: str) -> np.ufunc:
        """A ufunc of its own, which holds a copy."""
        number = -1 if _registry.BFLOAT16 is None else _registry.BFLOAT16.num
        made: list[np.ufunc] = []
        address = ffi.cast("void *", id(made))
        arguments = (self.native(), name.encode(), doc.encode(), number)
        if lib.edgeact_make_tabulated(address, *arguments) != 0:
            raise MemoryError(f"the ufunc {name} could not be made")
        return made[0]
