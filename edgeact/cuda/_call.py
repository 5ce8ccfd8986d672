"""One call: its arrays seen, its result made, its kernel launched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from edgeact import _registry
from edgeact._apply import with_defaults
from edgeact._quantized import Table
from edgeact._registry import ffi, lib
from edgeact._tabulate import Tabulated
from edgeact._tabulate.table import native
from edgeact.cuda import _arrays
from edgeact.cuda._arrays import Operand
from edgeact.cuda._library import Memory, check, library

HOST_DEVICE = 0  # what computes for arrays of the host
TIERS = "fast", "exact"

# Of an edgeact_cuda_call's fields, and a device: launches, and returns the status.
Launch = Callable[[Any], int]


def activation(
    name: str,
    x: Any,
    params: Sequence[Any],
    named: Mapping[str, Any],
    out: Any,
    stream: Any,
    tier: str,
) -> Any:
    """What ``edgeact.cuda.NAME`` does."""
    if tier not in TIERS:
        raise ValueError(f"tier {tier!r}: edgeact.cuda has {' and '.join(TIERS)}")
    spec, values = with_defaults(name, tier, params, named)
    numbers, tensor = [0.0] * len(values), None
    for i, (parameter, value) in enumerate(zip(spec.params, values, strict=True)):
        scalar = isinstance(value, np.ndarray) and value.ndim == 0
        if i < spec.tensors and _arrays.is_array(value) and not scalar:
            tensor = (parameter, value)
        else:
            numbers[i] = _number(name, parameter, value)
    functions, act = library(), _index(spec.name)
    index = _registry.TIERS.index(tier)

    def accepted(dtype: str) -> int:
        if (tier, dtype) not in spec.bounds:
            has = ", ".join(d for t, d in spec.bounds if t == tier)
            raise TypeError(f"{name} has no kernel for dtype {dtype}; tier {tier} has {has}")
        return _registry.DTYPES.index(dtype)

    if isinstance(x, np.ndarray):
        return _of_host(name, x, tensor, numbers, out, stream, index, act, accepted)

    def launch(dtype: str) -> Launch:
        number = accepted(dtype)
        return lambda call: int(functions.run(act, index, number, call))

    return on_device(name, x, out, stream, launch, tensor=tensor, numbers=numbers)


def _number(name: str, parameter: str, value: Any) -> float:
    if _arrays.is_array(value) and getattr(value, "ndim", 1) != 0:
        raise TypeError(f"{name}: {parameter} is an array; on CUDA it is a number")
    try:
        if isinstance(value, (str, bytes)):  # which float would read
            raise TypeError
        return float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name}: {parameter} {value!r} is no number") from None


@cache
def _index(name: str) -> int:
    """The activation's place in the library."""
    return int(library().find(name.encode()))


def on_device(
    name: str,
    x: Any,
    out: Any,
    stream: Any,
    launch: Callable[[str], Launch],
    *,
    tensor: tuple[str, Any] | None = None,
    numbers: Sequence[float] = (),
    gives: str | None = None,
    table: Callable[[int, tuple[int, ...]], Mapping[str, Any]] | None = None,
    row_axis: int | None = None,
) -> Any:
    """Launch on arrays in a device's memory. launch: of the dtype, which it may refuse. gives: the
    result's dtype, if that is not x's. table: its address and steps, on a device and for a shape of
    x. row_axis: that along which the kernel works."""
    device = _arrays.device_of("x", x)
    handle = _arrays.stream_of(stream, x, device)
    seen = _arrays.see("x", x, device, handle)
    run, dtype = launch(seen.dtype), gives or seen.dtype
    other = None
    if tensor is not None:
        other = _arrays.see(tensor[0], tensor[1], device, handle)
        if other.dtype != seen.dtype:
            raise TypeError(f"{other.what} has dtype {other.dtype}, not x's {seen.dtype}")
    if out is None:
        made, result = _arrays.make_like(x, seen, dtype, handle)
    else:
        made, result = None, _arrays.see("out", out, device, handle)
        _check_out(result, seen, dtype)
    if len(seen.shape) > lib.EDGEACT_CUDA_DIMS:
        raise ValueError(f"x has {len(seen.shape)} dimensions; {lib.EDGEACT_CUDA_DIMS} are taken")
    arrays = {"x": seen.c_array(seen.shape), "y": result.c_array(seen.shape)}
    if other is not None:
        arrays["tensor"] = other.c_array(seen.shape)
    if table is not None:
        arrays["tensor"] = dict(table(device, seen.shape))
    axes = list(range(len(seen.shape)))
    if row_axis is not None:
        if not -len(axes) <= row_axis < len(axes):
            raise ValueError(f"{name}: axis {row_axis} of an array of {len(axes)} dimensions")
        axes.append(axes.pop(row_axis))
    fields: dict[str, Any] = {"device": device, "stream": ffi.cast("void *", handle)}
    fields["dims"], fields["size"] = len(axes), [seen.shape[axis] for axis in axes]
    fields["number"] = list(numbers)
    for field, array in arrays.items():
        fields[field] = {"data": array["data"], "step": [array["step"][axis] for axis in axes]}
    check(run(ffi.new("edgeact_cuda_call *", fields)), name, device, handle)
    for used in (x, out, made, *(tensor[1:] if tensor else ())):
        _arrays.keep_until(handle, used, device)
    return out if made is None else _arrays.give(x, made)


def _check_out(out: Operand, x: Operand, dtype: str) -> None:
    if out.dtype != dtype:
        raise TypeError(f"out has dtype {out.dtype}, not {dtype}")
    if out.shape != x.shape:
        raise ValueError(f"out has shape {out.shape}, not x's {x.shape}")
    if out.readonly:
        raise ValueError("out is read-only")
    repeats = (size > 1 and not stride for size, stride in zip(out.shape, out.strides, strict=True))
    if 0 not in out.shape and any(repeats):
        raise ValueError(f"out has several values in one place: its strides are {out.strides}")


def _of_host(
    name: str,
    x: np.ndarray[Any, Any],
    tensor: tuple[str, Any] | None,
    numbers: Sequence[float],
    out: Any,
    stream: Any,
    tier: int,
    act: int,
    accepted: Callable[[str], int],
) -> Any:
    """NumPy arrays, by way of pinned memory, in chunks that overlap."""
    dtype = accepted(x.dtype.name)
    result = _host_out(name, x, x.dtype, out, stream)
    source, target = np.asarray(x, order="C"), result
    overlaps = np.may_share_memory(source, target) and source.ctypes.data != target.ctypes.data
    if overlaps or not target.flags.c_contiguous:
        target = np.empty(x.shape, x.dtype)
    fields: dict[str, Any] = {"device": HOST_DEVICE, "n": x.size, "number": list(numbers)}
    if tensor is not None:
        values = tensor[1]
        _check_host(name, tensor[0], values)
        if values.dtype != x.dtype:
            raise TypeError(f"{name}: {tensor[0]} has dtype {values.dtype}, not x's {x.dtype}")
        values = np.ascontiguousarray(np.broadcast_to(values, x.shape))
        if np.may_share_memory(values, target) and values.ctypes.data != target.ctypes.data:
            target = np.empty(x.shape, x.dtype)
        fields["tensor"] = ffi.cast("void *", values.ctypes.data)
    fields["x"] = ffi.cast("void *", source.ctypes.data)
    fields["y"] = ffi.cast("void *", target.ctypes.data)
    status = library().run_host(act, tier, dtype, ffi.new("edgeact_cuda_host *", fields))
    check(status, name, HOST_DEVICE)
    if target is not result:
        result[...] = target
    return result


def _check_host(name: str, what: str, array: Any) -> None:
    if not isinstance(array, np.ndarray):
        raise TypeError(f"{name}: x is a NumPy array, {what} a {type(array).__name__}")
    if isinstance(array, np.ma.MaskedArray):
        raise TypeError(f"{name}: {what} is masked: compute of its data, and mask the result")
    if array.dtype.name not in _arrays.CODES or not array.dtype.isnative:
        raise TypeError(f"{name}: {what} has a dtype that is not taken: {array.dtype.str}")


def _host_out(
    name: str, x: np.ndarray[Any, Any], dtype: Any, out: Any, stream: Any
) -> np.ndarray[Any, Any]:
    """Where the result goes, once the arrays are such as can be copied."""
    if stream is not None:
        raise ValueError(f"{name}: a call on NumPy arrays has streams of its own, and waits")
    _check_host(name, "x", x)
    if out is None:
        return np.empty(x.shape, dtype)
    _check_host(name, "out", out)
    if out.dtype != dtype or out.shape != x.shape:
        raise TypeError(f"{name}: out is {out.dtype} {out.shape}, not {dtype} {x.shape}")
    if not out.flags.writeable:
        raise ValueError(f"{name}: out is read-only")
    result: np.ndarray[Any, Any] = out
    return result


def by_copy(
    name: str,
    arrays: Sequence[np.ndarray[Any, Any]],
    out: Any,
    dtype: Any,
    stream: Any,
    call: Callable[..., Any],
) -> Any:
    """Computes on copies of NumPy arrays in one piece. call: of their copies and out's."""
    result = _host_out(name, arrays[0], dtype, out, stream)
    copies = []
    for array in arrays:
        whole = np.asarray(array, order="C")
        held = _arrays.DeviceArray(whole.shape, whole.dtype.name, HOST_DEVICE, _arrays.LEGACY)
        held._memory.fill(whole.reshape(-1).view(np.uint8))
        copies.append(held)
    made = _arrays.DeviceArray(result.shape, result.dtype.name, HOST_DEVICE, _arrays.LEGACY)
    call(*copies, made)
    whole = np.empty(result.shape, result.dtype)
    made._memory.read(whole.reshape(-1).view(np.uint8))
    result[...] = whole
    return result


def rows(name: str, x: Any, dy: Any, axis: int, out: Any, stream: Any) -> Any:
    """softmax and log_softmax, or with dy what flows back, x then being the output."""
    if isinstance(x, np.ndarray):
        arrays = [x]
        if dy is not None:
            _check_host(name, "dy", dy)
            arrays.append(np.broadcast_to(dy, x.shape))

        def on_copies(x: Any, *rest: Any) -> None:
            rows(name, x, None if dy is None else rest[0], axis, rest[-1], None)

        return by_copy(name, arrays, out, x.dtype, stream, on_copies)
    functions = library()
    function = functions.find_rowwise(name.encode())
    bounds = _registry.spec(name).bounds

    def launch(dtype: str) -> Launch:
        if ("fast", dtype) not in bounds:
            has = ", ".join(d for _, d in bounds)
            raise TypeError(f"{name} has no kernel for dtype {dtype}; it has {has}")
        number = _registry.DTYPES.index(dtype)
        return lambda call: int(functions.run_rows(function, dy is not None, number, call))

    tensor = None if dy is None else ("dy", dy)
    return on_device(name, x, out, stream, launch, tensor=tensor, row_axis=axis)


# The tables in devices' memory: freed with the object that they are of.
_tables: WeakKeyDictionary[Any, dict[int, Memory]] = WeakKeyDictionary()


def _in_memory(owner: Any, device: int, data: np.ndarray[Any, Any]) -> Memory:
    held = _tables.setdefault(owner, {})
    if device not in held:
        whole = np.ascontiguousarray(data)
        memory = Memory(device, whole.nbytes).fill(whole.reshape(-1).view(np.uint8))
        return held.setdefault(device, memory)  # another thread may have been first
    return held[device]


def look_up(table: Table, x: Any, out: Any, stream: Any) -> Any:
    """A table of :func:`edgeact.quantized`."""
    if isinstance(x, np.ndarray):
        run = partial(look_up, table, stream=None)
        return by_copy(repr(table), [x], out, table.output.dtype, stream, run)
    functions, size = library(), table.input.dtype.itemsize

    def launch(dtype: str) -> Launch:
        if dtype != table.input.dtype.name:
            raise TypeError(f"{table!r} takes {table.input.dtype}, not {dtype}")
        return lambda call: int(functions.look_up(size, call))

    def place(device: int, shape: tuple[int, ...]) -> dict[str, Any]:
        held = table._tables
        steps = [0] * len(shape)
        if table.axis is not None:
            if not -len(shape) <= table.axis < len(shape) or shape[table.axis] != len(held):
                raise ValueError(f"shape {shape} has not {len(held)} channels on axis {table.axis}")
            steps[table.axis] = held.strides[0]
        return {"data": _in_memory(table, device, held).pointer, "step": steps}

    gives = table.output.dtype.name
    return on_device(repr(table), x, out, stream, launch, gives=gives, table=place)


def tabulated(function: Tabulated, x: Any, out: Any, stream: Any) -> Any:
    """What :func:`edgeact.tabulate` made."""
    if isinstance(x, np.ndarray):
        run = partial(tabulated, function, stream=None)
        return by_copy(function.__name__, [x], out, x.dtype, stream, run)
    table = function.table
    held = _in_memory(function, _arrays.device_of("x", x), table.coefficients)
    shape = table.coefficients.shape
    return table_of(function.__name__, table.numbers, shape, held.address, x, out, stream)


def table_of(
    name: str,
    numbers: Sequence[float],
    shape: Sequence[int],
    coefficients: int,
    x: Any,
    out: Any,
    stream: Any = None,
) -> Any:
    """A table by its numbers, and its coefficients, of that shape, at an address of x's device."""
    functions, table = library(), native(numbers, shape, coefficients)

    def launch(dtype: str) -> Launch:
        if dtype not in _registry.DTYPES:
            has = ", ".join(_registry.DTYPES)
            raise TypeError(f"{name} has no kernel for dtype {dtype}; it has {has}")
        number = _registry.DTYPES.index(dtype)
        return lambda call: int(functions.tabulated(table, number, call))

    return on_device(name, x, out, stream, launch)
