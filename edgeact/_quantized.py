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

_lut, _lut_rows = _registry.make_lut()

# How near to a tie float64 is not asked: its kernels are good to 3 ULP, 2^-51, and the quotient
# rounds once more.
_DOUBT = 2.0**-44

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

    def __init__(self, what: str, pair: Scale, dtype: np.dtype[Any]) -> None:
        if len(pair) != 2:
            raise ValueError(f"{what} {pair}: not a scale and a zero point")
        scale, zero_point = map(np.asarray, pair)
        limits = np.iinfo(dtype)
        self.dtype, self.bits = dtype, np.dtype(f"u{dtype.itemsize}")
        with np.errstate(over="ignore", under="ignore"):
            self.scale = scale.astype(np.float32)
        for value in scale[~((self.scale > 0) & np.isfinite(self.scale))].ravel()[:1]:
            raise ValueError(f"{what} scale {value}: not a positive float32")
        held = (zero_point >= limits.min) & (zero_point <= limits.max)
        for value in zero_point[~(held & (zero_point == np.floor(zero_point)))].ravel()[:1]:
            raise ValueError(f"{what} zero point {value}: not one of {dtype}'s integers")
        self.zero_point = zero_point.astype(np.int64)

    def __str__(self) -> str:
        return f"{self.dtype} {_text(self.scale)},{_text(self.zero_point)}"


def _text(value: npt.NDArray[Any]) -> str:
    return "[" + " ".join(map(str, value)) + "]" if value.ndim else str(value[()])


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
        parts: list[npt.NDArray[Any]] = [input.scale, input.zero_point]
        parts += [output.scale, output.zero_point, *map(np.asarray, params.values())]
        shape = np.broadcast_shapes(*(part.shape for part in parts))
        if len(shape) != (0 if axis is None else 1):
            along = "no axis" if axis is None else f"axis {axis}"
            raise ValueError(f"scales, zero points, parameters of shape {shape}, and {along}")
        each = [np.broadcast_to(part, shape).ravel() for part in parts]
        self._channels = list(zip(*each, strict=True))
        self._tables = self._build()
        self._tables.flags.writeable = False

    def _build(self) -> npt.NDArray[Any]:
        """One row a channel, in the layout of the kernel."""
        raise NotImplementedError

    def _evaluate(self, x: npt.NDArray[np.float64], params: tuple[Any, ...]) -> Any:
        """The function in float64."""
        with np.errstate(all="ignore"):
            if callable(self.function):
                return np.asarray(self.function(x), np.float64)
            named: dict[str, Any] = dict(zip(self.params, map(float, params), strict=True))
            return apply(self.function, x, **named)

    def _no_nan(self, q: npt.NDArray[Any], y: npt.NDArray[Any]) -> None:
        for bad in q[np.isnan(y)][:1]:
            raise ValueError(f"{self.name} is NaN at q = {bad}, which no integer can stand for")

    @property
    def name(self) -> str:
        """The activation's name, or the callable's."""
        if isinstance(self.function, str):
            return self.function
        return str(getattr(self.function, "__name__", type(self.function).__name__))

    @property
    def nbytes(self) -> int:
        """The size of what is looked up, in bytes."""
        raise NotImplementedError

    def __call__(self, q: npt.ArrayLike, out: npt.NDArray[Any] | None = None) -> Any:
        """The results for an array of any shape and strides.

        Args:
            q: of the input's dtype.
            out: of the output's dtype and q's shape; may be q. By default a new array.

        Raises:
            TypeError: q or out has another dtype, or out another shape.
            ValueError: q has not as many channels along the axis as there are scales.
        """
        x = np.asarray(q)
        if x.dtype != self.input.dtype:
            raise TypeError(f"{self!r} takes {self.input.dtype}, not {x.dtype}")
        if out is not None and (out.dtype != self.output.dtype or out.shape != x.shape):
            gives = f"{self.output.dtype} of shape {x.shape}"
            raise TypeError(f"{self!r} gives {gives}; out is {out.dtype} of shape {out.shape}")
        if self.axis is not None:
            return self._by_channel(self.axis, x, out)
        if out is None:
            return _lut(x.view(self.input.bits), self._addresses).view(self.output.dtype)
        _lut(x.view(self.input.bits), self._addresses, out.view(self.output.bits))
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
        row = min(others, key=lambda i: (a.shape[i] == 1, abs(a.strides[i])))
        to = (axis, row), (-2, -1)
        _lut_rows(np.moveaxis(a, *to), self._addresses, np.moveaxis(b, *to))
        return y

    @cached_property
    def _addresses(self) -> npt.NDArray[np.uintp]:
        """Where each channel's table begins, or the only one."""
        start, _ = self._tables.__array_interface__["data"]
        rows = start + np.arange(len(self._tables)) * self._tables.strides[0]
        return np.array(start if self.axis is None else rows, np.uintp)

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
        >>> print(quantized("mish", (0.05, 0), (0.05, -3)).to_c("mish_lut").splitlines()[-3])
        static inline int8_t mish_lut(int8_t q) { return mish_lut_table[(uint8_t)q]; }
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

    @property
    def nbytes(self) -> int:
        """The size of the table in bytes."""
        return self.table.nbytes

    def _build(self) -> npt.NDArray[Any]:
        return np.stack([self._build_one(*channel) for channel in self._channels])

    def _build_one(
        self, scale: Any, zero: Any, scale_out: Any, zero_out: Any, *params: Any
    ) -> npt.NDArray[Any]:
        q = np.arange(256, dtype=np.uint8).view(self.input.dtype)
        x = (q - zero) * np.float64(scale)  # exact: 9 bits times 24
        y = self._evaluate(x, params)
        self._no_nan(q, y)
        with np.errstate(over="ignore"):
            steps = y / np.float64(scale_out)
        nearest = np.rint(steps)
        for i in np.flatnonzero(np.abs(steps) < 512):  # others saturate
            distance = abs(steps[i] - (math.floor(steps[i]) + 0.5))
            if distance <= abs(steps[i]) * _DOUBT:
                nearest[i] = self._decide(x[i], y[i], scale_out, params)
        limits = np.iinfo(self.output.dtype)
        saturated: npt.NDArray[Any] = np.clip(nearest + zero_out, limits.min, limits.max)
        return saturated.astype(self.output.dtype).view(np.uint8)

    def _decide(self, x: float, y: float, scale_out: Any, params: tuple[Any, ...]) -> int:
        """The integer nearest to f(x) / scale_out, which is on a tie or very near to one."""
        with _formula.CONTEXT():
            truth = Decimal(y)
            if isinstance(self.function, str):
                spec = _registry.spec(self.function)
                values: dict[str, Any] = dict(spec.params)
                values.update(zip(self.params, params, strict=True))
                exact = {key: Decimal(float(value)) for key, value in values.items()}
                truth = _formula.compiled(spec.name)(Decimal(x), exact)
            return int((truth / Decimal(float(scale_out))).to_integral_value("ROUND_HALF_EVEN"))


class Table16(Table):
    """A function of int16 as lines between knots.

    Attributes:
        segments: how many lines cover the range; ``segments + 1`` knots, or one more.
        bound: the largest distance of a result from the exact, saturated value, in units of the
            output's scale, over all 65,536 inputs. The rounding alone makes it 0.5.
        bound_at: the input where it is reached; with an axis, input and channel.
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
        if segments not in [2**k for k in range(4, 16)]:
            raise ValueError(f"{segments} segments: not a power of two from 16 to 32768")
        self.segments = segments
        super().__init__(function, params, input, output, axis)
        self.bound, self.bound_at = self._certify()

    @property
    def shift(self) -> int:
        """The knots are 2^shift apart."""
        return (65536 // self.segments).bit_length() - 1

    @property
    def first(self) -> npt.NDArray[np.int32]:
        """The input at which the first knot is, by channel."""
        return self._tables[:, 0].view(np.int32)

    @property
    def knots(self) -> npt.NDArray[np.uint32]:
        """The knots, shape (knots,), or (channels, knots).

        They hold (value + 2^16) 2^(15 - shift); one of them is at the zero point.
        """
        return self._tables[0, 2:] if self.axis is None else self._tables[:, 2:]

    @property
    def nbytes(self) -> int:
        """The size of the knots in bytes."""
        return self.knots.nbytes

    def _build(self) -> npt.NDArray[Any]:
        apart = 1 << self.shift
        zeros = [int(zero) for _, zero, *_ in self._channels]
        firsts = [zero - -(-(zero + 32768) // apart) * apart for zero in zeros]
        count = max(-(-(32768 - first) // apart) for first in firsts) + 1
        tables = np.empty((len(firsts), 2 + count), np.uint32)
        for row, first, channel in zip(tables, firsts, self._channels, strict=True):
            q = first + apart * np.arange(count)
            values = self._values(q, *channel)
            inside = np.clip(q, -32768, 32767)  # for where there is a value but beyond the range
            values = np.where(np.isnan(values), self._values(inside, *channel), values)
            self._no_nan(inside, values)
            row[:2] = np.array([first, self.shift]).astype(np.int32).view(np.uint32)
            row[2:] = np.rint(np.clip(values + 65536, 0, 131071) * 2 ** (15 - self.shift))
        return tables

    def _values(
        self,
        q: npt.NDArray[Any],
        scale: Any,
        zero: Any,
        scale_out: Any,
        zero_out: Any,
        *params: Any,
    ) -> Any:
        """The exact values in units of the output, good to 2^-44, neither rounded nor clipped."""
        y = self._evaluate((q - zero) * np.float64(scale), params)
        with np.errstate(over="ignore"):
            return y / np.float64(scale_out) + zero_out

    def _certify(self) -> tuple[float, Any]:
        """Where all inputs are tried, the worst."""
        q = np.arange(-32768, 32768)
        bound, at = 0.0, (0, 0)
        for c, channel in enumerate(self._channels):
            address, _ = self._tables[c].__array_interface__["data"]
            results = _lut(q.astype(np.uint16), np.uintp(address)).view(np.int16)
            values = self._values(q, *channel)
            self._no_nan(q, values)
            error = np.abs(results - np.clip(values, -32768, 32767))
            worst = int(np.argmax(error))
            if error[worst] >= bound:
                bound, at = float(error[worst]), (int(q[worst]), c)
        bound += 2.0**-27  # the values' own error: 2^-44 of 2^16
        return bound, at[0] if self.axis is None else at


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

    The result at q is ``f((q - zero_point_in) * scale_in) / scale_out``, rounded once, ties to
    even, plus zero_point_out, saturated: of the exact function, with nothing rounded on the way.
    From 8 bits that holds for every q. From int16 to int16 it is on a line between two of
    ``segments + 1`` knots, rounded (halves up); the object's ``bound`` says how far off it is.

    Args:
        function: an activation's name, or a callable from float64 arrays to float64 arrays, whose
            results are then taken to be exact.
        input, output: scale and zero point. Scales are rounded to float32, as ONNX has them.
        dtype, out_dtype: int8 or uint8, in any combination, or int16 for both. out_dtype is dtype
            by default.
        axis: the channels' axis where scales, zero points or parameters are arrays, one value a
            channel.
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
    >>> ea.quantized("mish", (2**-12, 0), (2**-12, 0), np.int16).bound < 0.81
    True
    """
    given, result = np.dtype(dtype), np.dtype(dtype if out_dtype is None else out_dtype)
    of_bytes = {given, result} <= {np.dtype(np.int8), np.dtype(np.uint8)}
    if not of_bytes and not given == result == np.dtype(np.int16):
        raise TypeError(f"from {given} to {result}: int8 and uint8 to either, and int16 to int16")
    if isinstance(function, str):
        has = _registry.spec(function).params
        for name in params.keys() - has.keys():
            raise TypeError(f"{function}: no parameter {name!r}; it has {', '.join(has) or 'none'}")
        apply(function, 0.0, **params)  # type: ignore[arg-type]  # raises where one is missing
    elif params:
        raise TypeError(f"a callable has no parameters {', '.join(params)}")
    scalings = Scaling("input", input, given), Scaling("output", output, result)
    if of_bytes:
        return Table8(function, params, *scalings, axis)
    return Table16(function, params, *scalings, axis, segments)
