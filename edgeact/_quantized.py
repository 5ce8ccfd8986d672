"""Activations of quantized numbers, as tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from edgeact import _formula, _registry
from edgeact._apply import apply

# Of numbers and the address of their table, or of each row's: set by the next line.
lut: np.ufunc
lut_rows: np.ufunc
_registry.make_lut(__name__)

Function = str | Callable[[npt.NDArray[np.float64]], npt.ArrayLike]
Scale = tuple[npt.ArrayLike, npt.ArrayLike]


class Scaling:
    """How the integers of a dtype stand for numbers: scale * (q - zero_point).

    Attributes:
        dtype: int8, uint8 or int16.
        bits: the unsigned dtype of that size.
        scale: float32, a scalar or one value a channel.
        zero_point: an integer of dtype, or one a channel.
    """

    def __init__(self, what: str, pair: Scale, dtype: npt.DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self.bits = np.dtype(f"u{self.dtype.itemsize}")
        limits = np.iinfo(self.dtype)
        given, zero_point = (np.asarray(part) for part in pair)
        with np.errstate(over="ignore", under="ignore"):
            self.scale = given.astype(np.float32)
        for value in given[~((self.scale > 0) & np.isfinite(self.scale))].ravel()[:1]:
            raise ValueError(f"{what} scale {value}: not a positive float32")
        wrong = (zero_point < limits.min) | (zero_point > limits.max)
        if zero_point.dtype.kind not in "iu":
            wrong |= zero_point != np.floor(zero_point)
        for value in zero_point[wrong].ravel()[:1]:
            raise ValueError(f"{what} zero point {value}: not one of {self.dtype}'s integers")
        self.zero_point = zero_point.astype(np.int64)

    def __str__(self) -> str:
        return f"{self.dtype} {_text(self.scale)},{_text(self.zero_point)}"


def _text(value: npt.NDArray[Any]) -> str:
    """The number, or each of them."""
    if value.ndim == 0:
        return str(value[()])
    return "[" + " ".join(map(str, value.ravel())) + "]"


class Table:
    """What :func:`quantized` makes: called with an array, it gives the array of results.

    Attributes:
        function: the activation's name, or the callable.
        params: its parameters.
        input, output: their :class:`Scaling`.
        axis: that of the channels, or None.
    """

    def __init__(
        self,
        function: Function,
        params: Mapping[str, Any],
        input: Scaling,
        output: Scaling,
        axis: int | None,
    ) -> None:
        self.function, self.params = function, dict(params)
        self.input, self.output, self.axis = input, output, axis
        parts = [input.scale, input.zero_point, output.scale, output.zero_point]
        parts += [np.asarray(value) for value in params.values()]
        shape = np.broadcast_shapes(*(part.shape for part in parts))
        if shape != () if axis is None else len(shape) != 1:
            given = "an axis" if axis is None else f"axis {axis}"
            raise ValueError(f"scales, zero points, parameters of shape {shape} and {given}")
        self._tables = self._build(list(zip(*(np.broadcast_to(p, shape).ravel() for p in parts))))
        self._tables.flags.writeable = False

    def _build(self, channels: list[tuple[Any, ...]]) -> npt.NDArray[Any]:
        """One row a channel, in the layout of the kernel."""
        raise NotImplementedError

    def _evaluate(self, x: npt.NDArray[np.float64], params: tuple[Any, ...]) -> Any:
        """The function in float64."""
        if callable(self.function):
            with np.errstate(all="ignore"):
                return np.asarray(self.function(x), np.float64)
        with np.errstate(all="ignore"):
            named = dict(zip(self.params, map(float, params), strict=True))
            return apply(self.function, x, **named)

    @property
    def name(self) -> str:
        """The activation's name, or the callable's."""
        named = getattr(self.function, "__name__", repr(self.function))
        return self.function if isinstance(self.function, str) else str(named)

    @property
    def nbytes(self) -> int:
        """The size of the table."""
        return self._tables.nbytes

    def __call__(self, q: npt.ArrayLike, out: npt.NDArray[Any] | None = None) -> Any:
        """The results for an array of any shape and strides.

        Args:
            q: of the input's dtype.
            out: of the output's dtype; may be q. By default a new array.

        Raises:
            TypeError: q or out has another dtype.
            ValueError: q has not as many channels along the axis as there are scales.
        """
        x = np.asarray(q)
        if x.dtype != self.input.dtype:
            raise TypeError(f"{self!r} takes {self.input.dtype}, not {x.dtype}")
        if out is not None and (out.dtype != self.output.dtype or out.shape != x.shape):
            wanted = f"{self.output.dtype} of shape {x.shape}"
            raise TypeError(f"{self!r} gives {wanted}; out is {out.dtype} of shape {out.shape}")
        if self.axis is not None:
            return self._by_channel(self.axis, x, out)
        if out is None:
            return lut(x.view(self.input.bits), self._addresses).view(self.output.dtype)
        lut(x.view(self.input.bits), self._addresses, out.view(self.output.bits))
        return out

    def _by_channel(self, axis: int, x: npt.NDArray[Any], out: npt.NDArray[Any] | None) -> Any:
        channels = len(self._tables)
        if not -x.ndim <= axis < x.ndim or x.shape[axis] != channels:
            raise ValueError(f"shape {x.shape} has not {channels} channels on axis {axis}")
        y = np.empty_like(x, self.output.dtype) if out is None else out
        a, b = x.view(self.input.bits), y.view(self.output.bits)
        axis %= x.ndim
        if a.flags.c_contiguous and b.flags.c_contiguous:  # the longest rows
            shape = (math.prod(x.shape[:axis]), channels, math.prod(x.shape[axis + 1 :]))
            a, b, axis = a.reshape(shape), b.reshape(shape), 1
        elif x.ndim == 1:
            a, b, axis = a[None], b[None], 1
        others = [i for i in range(a.ndim) if i != axis]
        along = min(others, key=lambda i: (a.shape[i] == 1, abs(a.strides[i])))
        to = (axis, along), (-2, -1)
        lut_rows(np.moveaxis(a, *to), self._addresses, np.moveaxis(b, *to))
        return y

    @cached_property
    def _addresses(self) -> npt.NDArray[np.uintp]:
        """Where each channel's table begins."""
        start = self._tables.__array_interface__["data"][0]
        rows = np.arange(len(self._tables)) * self._tables.strides[0]
        return np.array(start + rows, np.uintp) if self.axis is not None else np.array(start, np.uintp)

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if key != "_addresses"}

    def __repr__(self) -> str:
        params = "".join(f", {key}={value}" for key, value in self.params.items())
        axis = "" if self.axis is None else f", axis={self.axis}"
        return f"<{type(self).__name__} {self.name}: {self.input} -> {self.output}{params}{axis}>"

    def to_c(self, name: str) -> str:
        """A C99 header with the table and an inline function of this name.

        It needs nothing but ``<stdint.h>``, and its results are those of this object.

        Raises:
            ValueError: the name is no C identifier, or there are channels.

        >>> from edgeact import quantized
        >>> print(quantized("mish", (0.05, 0), (0.05, -3)).to_c("mish_lut").splitlines()[-1])
        #endif
        """
        from edgeact import _c_header

        return _c_header.text(self, name)


class Table8(Table):
    """A function of int8 or uint8 as a table of all 256 results, each correctly rounded."""

    @property
    def table(self) -> npt.NDArray[Any]:
        """The results in the output's dtype, shape (256,), or (channels, 256).

        ``table[q]`` is the result at q, negative ones included: it is in the order of the bytes.
        """
        view = self._tables.view(self.output.dtype)
        return view[0] if self.axis is None else view

    def _build(self, channels: list[tuple[Any, ...]]) -> npt.NDArray[Any]:
        q = np.arange(256, dtype=np.uint8).view(self.input.dtype)
        return np.stack([self._channel(q, *channel) for channel in channels])

    def _channel(
        self, q: npt.NDArray[Any], scale: Any, zero: Any, scale_out: Any, zero_out: Any, *params: Any
    ) -> npt.NDArray[np.uint8]:
        x = (q - zero) * np.float64(scale)  # exact: 24 bits times 9
        y = self._evaluate(x, params)
        _no_nan(self, q, x, y)
        with np.errstate(over="ignore"):
            steps = y / np.float64(scale_out)
        nearest = np.rint(steps)
        low, high = np.iinfo(self.output.dtype).min, np.iinfo(self.output.dtype).max
        for i in np.flatnonzero(np.abs(steps) < 2 * 256):
            if abs(steps[i] - (math.floor(steps[i]) + 0.5)) <= abs(steps[i]) * _DOUBT:
                nearest[i] = self._decide(x[i], y[i], scale_out, params)
        return np.clip(nearest + zero_out, low, high).astype(self.output.dtype).view(np.uint8)

    def _decide(self, x: float, y: float, scale_out: Any, params: tuple[Any, ...]) -> int:
        """The integer nearest to f(x) / scale_out, which is very near to a tie, or on one."""
        with _formula.CONTEXT():
            truth = Decimal(y)
            if isinstance(self.function, str):
                spec = _registry.spec(self.function)
                values = dict(spec.params) | dict(zip(self.params, params, strict=True))
                exact = {key: Decimal(float(value)) for key, value in values.items()}  # type: ignore[arg-type]
                truth = _formula.compiled(spec.name)(Decimal(x), exact)
            return int((truth / Decimal(float(scale_out))).to_integral_value("ROUND_HALF_EVEN"))


class Table16(Table):
    """A function of int16 as lines between knots.

    Attributes:
        bound: the largest distance of a result from the exact value, in units of the output's
            scale, over all 65,536 inputs; the rounding alone makes it 0.5.
        bound_at: the input where it is reached; with channels (input, channel).
        segments: how many lines cover the range.
    """

    def __init__(
        self,
        function: Function,
        params: Mapping[str, Any],
        input: Scaling,
        output: Scaling,
        axis: int | None,
        segments: int,
    ) -> None:
        if segments not in (2**k for k in range(4, 16)):
            raise ValueError(f"{segments} segments: not a power of two from 16 to 32768")
        self.segments = segments
        self.bound: float = 0.0
        self.bound_at: int | tuple[int, int] = 0
        super().__init__(function, params, input, output, axis)
        self._certify()

    @property
    def first(self) -> npt.NDArray[np.int32]:
        """The input at which the first knot is, by channel."""
        return self._tables[:, 0].view(np.int32)

    @property
    def knots(self) -> npt.NDArray[np.uint32]:
        """The knots, shape (knots,), or (channels, knots).

        They are ``segments`` to 65,536 apart, one of them at the zero point, and hold (value +
        2^16) 2^(15 - k) where they are 2^k apart.
        """
        return self._tables[0, 2:] if self.axis is None else self._tables[:, 2:]

    def _build(self, channels: list[tuple[Any, ...]]) -> npt.NDArray[Any]:
        self._channels = channels
        apart = 65536 // self.segments
        shift = apart.bit_length() - 1
        firsts = [zero - -(-(int(zero) + 32768) // apart) * apart for _, zero, *_ in channels]
        count = max(-(-(32768 - first) // apart) for first in firsts) + 1
        tables = np.empty((len(channels), 2 + count), np.uint32)
        for row, first, channel in zip(tables, firsts, channels, strict=True):
            at = first + apart * np.arange(count)
            inside = np.clip(at, -32768, 32767)
            values = self._values(at, channel)
            values = np.where(np.isnan(values), self._values(inside, channel), values)
            _no_nan(self, inside, inside, values)
            row[:2] = np.array([first, shift]).astype(np.int32).view(np.uint32)
            row[2:] = np.rint(np.clip(values + 65536, 0, 131071) * 2 ** (15 - shift))
        return tables

    def _values(self, q: npt.NDArray[Any], channel: tuple[Any, ...]) -> Any:
        """The exact values at q in units of the output, good to 2^-44, neither rounded nor clipped."""
        scale, zero, scale_out, zero_out, *params = channel
        with np.errstate(over="ignore"):
            return (
                self._evaluate((q - zero) * np.float64(scale), tuple(params))
                / np.float64(scale_out)
                + zero_out
            )

    def _certify(self) -> None:
        q = np.arange(-32768, 32768, dtype=np.int16)
        for c, channel in enumerate(self._channels):
            address = np.uintp(self._tables[c].__array_interface__["data"][0])
            results = lut(q.view(np.uint16), address).view(np.int16)
            values = self._values(q.astype(np.int64), channel)
            _no_nan(self, q, q, values)
            error = np.abs(results - np.clip(values, -32768, 32767))
            worst = int(np.argmax(error))
            # The values' own error: 2^-44 of what is below 2^16.
            bound = float(error[worst]) + 2.0**-27
            if bound > self.bound:
                at = int(q[worst])
                self.bound, self.bound_at = bound, at if self.axis is None else (at, c)


# The float64 kernels are good to 3 ULP, 2^-51; the quotient rounds once more.
_DOUBT = 2.0**-44


def _no_nan(table: Table, q: npt.NDArray[Any], x: npt.NDArray[Any], y: npt.NDArray[Any]) -> None:
    for i in np.flatnonzero(np.isnan(y))[:1]:
        raise ValueError(f"{table.name} is NaN at q = {q[i]}, which no integer can stand for")


def quantized(
    function: Function,
    input: Scale,
    output: Scale,
    dtype: npt.DTypeLike = np.int8,
    out_dtype: npt.DTypeLike | None = None,
    *,
    axis: int | None = None,
    segments: int = 512,
    **params: npt.ArrayLike,
) -> Table8 | Table16:
    """An activation of quantized numbers, as ONNX quantizes them, made once and then looked up.

    The result at q is ``f((q - zero_point_in) * scale_in) / scale_out``, rounded once, ties to even,
    plus zero_point_out, saturated: of the exact function, with nothing rounded on the way. From 8
    bits that holds for every q. From int16 to int16 it is a line between two of ``segments + 1``
    knots, rounded (halves up); the object's ``bound`` says how far off it is at most.

    Args:
        function: an activation's name, or a callable from float64 arrays to float64 arrays, whose
            results are then taken to be exact.
        input, output: scale and zero point. Scales are rounded to float32, as ONNX has them.
        dtype, out_dtype: int8 or uint8, in any combination, or int16 for both. out_dtype is dtype
            by default.
        axis: the channels' axis where scales, zero points or parameters are arrays, one value a
            channel. Contiguous channels, as in NCHW, take the vectors' speed.
        segments: for int16, a power of two from 16 to 32768. More are larger and closer.
        params: the activation's parameters, as floats; defaults as in :func:`edgeact.apply`.

    Raises:
        ValueError: no such activation, a scale that is no positive float32, a zero point that the
            dtype lacks, a q at which the function is NaN, arrays without an axis.
        TypeError: another dtype, or parameters that the activation has not, or that it needs.

    >>> import numpy as np
    >>> import edgeact as ea
    >>> mish = ea.quantized("mish", (0.05, 0), (0.05, -3))
    >>> mish
    <Table8 mish: int8 0.05,0 -> int8 0.05,-3>
    >>> mish(np.int8([-128, -1, 0, 1, 127]))
    array([ -3,  -4,  -3,  -2, 124], dtype=int8)
    >>> ea.quantized("mish", (2**-12, 0), (2**-12, 0), np.int16).bound < 0.8
    True
    """
    into, outof = np.dtype(dtype), np.dtype(dtype if out_dtype is None else out_dtype)
    if {into, outof} <= {np.dtype(np.int8), np.dtype(np.uint8)}:
        kind = Table8
    elif into == outof == np.dtype(np.int16):
        kind = Table16
    else:
        raise TypeError(f"from {into} to {outof}: int8 and uint8 to either, and int16 to int16")
    if isinstance(function, str):
        apply(function, np.zeros(0), **params)  # raises where the parameters are wrong
    elif params:
        raise TypeError(f"a callable has no parameters {', '.join(params)}")
    scalings = Scaling("input", input, into), Scaling("output", output, outof)
    if kind is Table16:
        return Table16(function, params, *scalings, axis, segments)
    return Table8(function, params, *scalings, axis)
