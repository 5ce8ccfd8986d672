"""What a model is run on: given arrays, or random ones of its own types and shapes."""

import os
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper

Feed: TypeAlias = dict[str, NDArray[Any]]


def load(path: str | os.PathLike[str]) -> Feed:
    """The arrays of an .npz file, by their names.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not an .npz file, or holds Python objects.
    """
    try:
        with np.load(path) as arrays:
            return dict(arrays)
    except (ValueError, AttributeError, TypeError, EOFError) as error:
        raise ValueError(f"{os.fspath(path)} is not an .npz file of arrays: {error}") from None


def feed(
    proto: onnx.ModelProto,
    given: Mapping[str, NDArray[Any]] | None = None,
    dims: Mapping[str, int] | None = None,
) -> Feed:
    """An array for every input that needs one; what is not given is random, the same every time.

    Args:
        dims: the sizes of symbolic dimensions, which are 1 otherwise; one without a name is
            INPUT:AXIS, such as x:0.

    Raises:
        ValueError: an array or dimension that the model does not have, an array of another type
            or shape, or an input that is no tensor.
    """
    given, dims = dict(given or {}), dict(dims or {})
    initialized = {tensor.name for tensor in proto.graph.initializer}
    wanted = {v.name: v for v in proto.graph.input if v.name not in initialized}
    for name in given:
        if name not in wanted:
            raise ValueError(f"the model has no input {name!r}, it has {', '.join(wanted)}")
    symbols = {name for v in wanted.values() for name, size in _dims(v) if size is None}
    for name, size in dims.items():
        if name not in symbols:
            has = ", ".join(sorted(symbols)) or "none"
            raise ValueError(f"the model has no dimension {name!r}, it has {has}")
        if size < 1:
            raise ValueError(f"dimension {name!r} must be at least 1, not {size}")
    rng = np.random.default_rng(0)
    return {
        name: _checked(name, given[name], info) if name in given else _random(info, dims, rng)
        for name, info in wanted.items()
    }


def _type(info: onnx.ValueInfoProto) -> "np.dtype[Any]":
    if not info.type.HasField("tensor_type"):
        raise ValueError(f"input {info.name!r} is not a tensor: it needs to be run by hand")
    return np.dtype(helper.tensor_dtype_to_np_dtype(info.type.tensor_type.elem_type))


def _dims(info: onnx.ValueInfoProto) -> list[tuple[str, int | None]]:
    """The name of each dimension, INPUT:AXIS where the model gives none, and its size, None where
    that is symbolic."""
    return [
        (
            name if (name := dim.dim_param) not in ("", "?") else f"{info.name}:{axis}",
            dim.dim_value if dim.dim_value > 0 else None,
        )
        for axis, dim in enumerate(info.type.tensor_type.shape.dim)
    ]


def _checked(name: str, array: NDArray[Any], info: onnx.ValueInfoProto) -> NDArray[Any]:
    dtype = _type(info)
    if array.dtype != dtype and not (dtype.hasobject and array.dtype.kind in "US"):
        raise ValueError(f"input {name!r} has element type {dtype}, not {array.dtype}")
    if info.type.tensor_type.HasField("shape"):
        sizes = [size for _, size in _dims(info)]
        if len(sizes) != array.ndim or any(
            size not in (None, actual) for size, actual in zip(sizes, array.shape, strict=True)
        ):
            raise ValueError(f"input {name!r} has shape {sizes}, not {list(array.shape)}")
    return array


def _random(
    info: onnx.ValueInfoProto, dims: Mapping[str, int], rng: np.random.Generator
) -> NDArray[Any]:
    dtype = _type(info)
    shape = [dims.get(name, 1) if size is None else size for name, size in _dims(info)]
    if dtype.hasobject:
        return np.full(shape, "", dtype=object)
    if dtype.kind in "biu":  # an index or a mask, as likely as not: 0 and 1 are always in range
        return rng.integers(0, 2, shape).astype(dtype)
    return rng.standard_normal(shape).astype(dtype)
