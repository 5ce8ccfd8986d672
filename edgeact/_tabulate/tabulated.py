"""A tabulated function: what :func:`edgeact.tabulate` returns."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from edgeact._tabulate.fit import F64, Grid
from edgeact._tabulate.header import header
from edgeact._tabulate.table import Table

if TYPE_CHECKING:
    from onnx import ModelProto

FORMAT = "edgeact tabulated function"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class TableCertificate:
    """How a table was made, and what was measured.

    Attributes:
        function: the name of fn.
        domain: what max_abs was asked for on.
        error, error_at: the largest absolute error found, rounding included, and its input.
        tried: the number of inputs by what evaluated them: an isa, "c" (what to_c gives, without
            FMA) or "float64". An isa with FMA stands for all of them: they give the same bits.
        exhaustive: whether the isas were tried on every float32 of the domain.
        segments, degree: of the table.
        outside: how it goes on: "linear", "constant" or "tangent".
        version, date, machine: of edgeact, and when and on what.
    """

    function: str
    domain: tuple[float, float]
    max_abs: float
    error: float
    error_at: float
    tried: dict[str, int]
    exhaustive: bool
    segments: int
    degree: int
    outside: str
    version: str
    date: str
    machine: str

    def __str__(self) -> str:
        lo, hi = self.domain
        tried = ", ".join(f"{count} ({form})" for form, count in self.tried.items())
        extent = "every float32" if self.exhaustive else "sampled"
        return (
            f"{self.function} on [{lo:.9g}, {hi:.9g}], largest error {self.error:.3g} at "
            f"{self.error_at:.9g}; {extent}: inputs tried {tried}"
        )


class Tabulated:
    """A tabulated function, called as its ufunc is: out=, where=, broadcasting, any stride.

    A ufunc's attributes cannot be set from Python, hence this object around it; ``.ufunc`` is the
    real :class:`numpy.ufunc`. Loops: float32, and float64, which uses the same coefficients;
    float16 and, with ml_dtypes, bfloat16, whose results round once more. The dtype is kept. NaN
    gives NaN. Where fn is 0 at 0 so is this, exactly, but for float64.

    Attributes:
        ufunc: the function.
        bound: the largest absolute error on the domain: what was found, if every float32 was
            tried, else what was asked for.
        certificate: how it was made, and what was measured.
        table: the numbers.
    """

    def __init__(
        self,
        table: Table,
        certificate: TableCertificate,
        fn: Callable[[F64], F64] | None = None,
        grad: Tabulated | None = None,
    ) -> None:
        self.table, self.certificate = table, certificate
        self.bound = certificate.error if certificate.exhaustive else certificate.max_abs
        self.__name__, self.__doc__ = certificate.function, str(certificate)
        self.ufunc: np.ufunc = table.ufunc(certificate.function, str(certificate))
        self._fn, self._grad = fn, grad

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.ufunc(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<tabulated {self.certificate}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Tabulated._of_fields, (self._fields(),)

    @property
    def grad(self) -> Tabulated:
        """The derivative, tabulated with the same max_abs when it is first asked for.

        It is that of Chebyshev polynomials that meet fn to more digits, not that of the table.
        Where fn has a kink at a seam it is the derivative on either side, within 2^-18 of a
        segment from it. Its check is a sample. Its domain ends where the table does, which may be
        a float32 or a few before the end of the function's.

        Raises:
            ValueError: fn has no derivative that a table could follow, or this was loaded from a
                file without it.
        """
        if self._grad is None:
            if self._fn is None:
                raise ValueError(
                    f"{self.__name__} was saved without its derivative: ask for .grad before .save"
                )
            from edgeact._tabulate.derivative import derivative

            self._grad = derivative(self.table, self.certificate, self._fn)
        return self._grad

    def to_c(self, name: str) -> str:
        """A header of C99 with one inline function of this name: no library, no allocation.

        Raises:
            ValueError: name is no identifier of C.
        """
        certificate = self.certificate
        return header(self.table, name, str(certificate), certificate.version)

    def to_onnx(self, shape: Sequence[int | str | None] = ("n",)) -> ModelProto:
        """A model of float32 x and y: one operator ``ai.edgeact::Tabulated``, native where edgeact
        is registered, and its body in operators of opset 13.

        Args:
            shape: of x: its sizes, or names where they may be any.

        Raises:
            ImportError: the extra edgeact[onnx] is not installed.
        """
        try:
            from edgeact._tabulate.model import model
        except ModuleNotFoundError as error:
            raise ImportError(f'{error}: pip install "edgeact[onnx]"') from error
        return model(self.table, self.certificate, shape)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write to a file, whole or not at all; with the derivative, if there is one by now."""
        path = Path(path)
        partial = path.with_name(path.name + ".partial")
        fields = self._fields()
        text = json.dumps(fields | {"sha256": _hash(fields)}, indent=1)
        partial.write_text(text + "\n", encoding="utf-8")
        partial.replace(path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Tabulated:
        """Read what :meth:`save` wrote.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is damaged, of another version, or none of edgeact's.
        """
        try:
            fields = json.loads(Path(path).read_text(encoding="utf-8"))
        except ValueError:
            raise ValueError(f"{path} is damaged, or no table of edgeact: it is no JSON") from None
        if not isinstance(fields, dict) or fields.get("format") != FORMAT:
            raise ValueError(f"{path} is no table of edgeact")
        if fields.get("version") != FORMAT_VERSION:
            raise ValueError(
                f"{path} has version {fields.get('version')!r} of the format; "
                f"this edgeact reads {FORMAT_VERSION}"
            )
        if fields.pop("sha256", None) != _hash(fields):
            raise ValueError(f"{path} is damaged: its checksum does not match")
        try:
            return cls._of_fields(fields)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise ValueError(f"{path} is no table that can be evaluated: {error}") from None

    def _fields(self) -> dict[str, Any]:
        grid = self.table.grid
        return {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "certificate": asdict(self.certificate) | {"domain": list(self.certificate.domain)},
            "scale": _hex(grid.scale),
            "offset": _hex(grid.offset),
            "first": grid.first,
            "last": grid.last,
            "lo": _hex(grid.lo),
            "hi": _hex(grid.hi),
            "segments": grid.segments,
            "below": [_hex(number) for number in self.table.below],
            "above": [_hex(number) for number in self.table.above],
            "coefficients": [[_hex(c) for c in row] for row in self.table.coefficients],
            "grad": self._grad._fields() if self._grad else None,
        }

    @classmethod
    def _of_fields(cls, fields: dict[str, Any]) -> Tabulated:
        def number(key: str) -> np.float32:
            return np.float32(float.fromhex(fields[key]))

        grid = Grid(
            scale=number("scale"),
            offset=number("offset"),
            first=int(fields["first"]),
            last=int(fields["last"]),
            lo=number("lo"),
            hi=number("hi"),
            segments=int(fields["segments"]),
        )
        below, above = ([float.fromhex(n) for n in fields[key]] for key in ("below", "above"))
        rows = [[float.fromhex(c) for c in row] for row in fields["coefficients"]]
        table = Table(grid, (below[0], below[1]), (above[0], above[1]), np.array(rows, np.float32))
        certificate = dict(fields["certificate"])
        certificate["domain"] = tuple(certificate["domain"])
        grad = cls._of_fields(fields["grad"]) if fields["grad"] else None
        return cls(table, TableCertificate(**certificate), None, grad)


def _hex(number: float | np.float32) -> str:
    return float(number).hex()


def _hash(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
