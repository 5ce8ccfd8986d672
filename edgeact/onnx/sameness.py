"""How far the outputs of two models are apart, and which of them is nearer to the truth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, numpy_helper

from edgeact.onnx import files
from edgeact.onnx.host import run

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

    from edgeact.onnx.inputs import Feed

_ORDERED = {2: np.int16, 4: np.int32, 8: np.int64}
_SLOW_NODES = 200  # onnx.reference takes a minute and more for larger models


@dataclass(frozen=True)
class Difference:
    """How far an output is from the original's.

    Attributes:
        output: its name.
        max_abs: the largest absolute difference; NaN or an infinity that only one has is inf.
        max_ulp: the largest number of floats of the output's type in between; None where it is
            not of floats.
        nearer: of tier exact, which side is nearer to a run in float64: "accelerated", "original",
            "neither", or why that is not known; None where it was not asked.

    Example:
        >>> Difference("y", 1e-7, 2).output
        'y'
    """

    output: str
    max_abs: float
    max_ulp: int | None
    nearer: str | None = None


def compare(
    original: onnx.ModelProto,
    accelerated: onnx.ModelProto,
    open_session: "Callable[[onnx.ModelProto], InferenceSession]",
    feed: "Feed",
    exact: bool,
) -> list[Difference]:
    """Runs both, and says how far each output is apart; of tier exact which side is nearer to the
    truth, too.

    Raises:
        ValueError: one does not run.
    """
    names = [output.name for output in original.graph.output]
    before, after = (run(open_session(model), feed) for model in (original, accelerated))
    sides: list[str | None] = [None] * len(names)
    if exact:
        sides = [*nearer(original, feed, before, after)]
    return [
        Difference(name, *_distance(a, b), side)
        for name, a, b, side in zip(names, before, after, sides, strict=True)
    ]


def _distance(before: Any, after: Any) -> tuple[float, int | None]:
    a, b = np.asarray(before), np.asarray(after)
    if a.dtype != b.dtype or a.shape != b.shape:
        return np.inf, None
    if a.dtype.kind not in "fiub" or a.size == 0:
        return (0.0 if np.array_equal(a, b) else np.inf), None
    same = (a == b) | (np.isnan(a) & np.isnan(b) if a.dtype.kind == "f" else False)
    with np.errstate(invalid="ignore", over="ignore"):
        gap = np.where(same, 0.0, np.abs(a.astype(np.float64) - b.astype(np.float64)))
    largest = float(np.where(np.isnan(gap), np.inf, gap).max())
    if a.dtype.kind != "f":
        return largest, None
    steps = [abs(p - q) for p, q in zip(_order(a[~same]), _order(b[~same]), strict=True)]
    return largest, max(steps, default=0)


def _order(x: NDArray[Any]) -> list[int]:
    """Integers that are as far apart as the floats, counted in floats; both zeros are 0."""
    bits = x.view(_ORDERED[x.dtype.itemsize])
    lowest = np.iinfo(bits.dtype).min
    ordered: list[int] = [int(b) if b >= 0 else lowest - int(b) for b in bits.tolist()]
    return ordered


def nearer(
    original: onnx.ModelProto, feed: "Feed", before: Sequence[Any], after: Sequence[Any]
) -> list[str]:
    """Which side is nearer to the original model computed in float64, by each output's largest
    error; or, once for all, why that cannot be said."""
    try:
        truth = _run_in_float64(original, feed)
    except Exception as error:  # whatever the two runtimes raise
        reason = f"not known: no float64 run ({str(error).splitlines()[0][:120]})"
        return [reason] * len(before)
    return [_side(*map(np.asarray, of)) for of in zip(truth, before, after, strict=True)]


def _side(truth: NDArray[Any], before: NDArray[Any], after: NDArray[Any]) -> str:
    if before.dtype.kind != "f":
        return "neither"
    with np.errstate(invalid="ignore"):
        errors = [float(np.nanmax(np.abs(side - truth), initial=0)) for side in (before, after)]
    if errors[0] == errors[1]:
        return "neither"
    return "original" if errors[0] < errors[1] else "accelerated"


def _run_in_float64(original: onnx.ModelProto, feed: "Feed") -> list[Any]:
    import onnxruntime
    from onnx.reference import ReferenceEvaluator

    wide = in_float64(original)
    wide_feed = {
        name: array.astype(np.float64) if array.dtype == np.float32 else array
        for name, array in feed.items()
    }
    try:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(
            wide.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        return list(session.run(None, wide_feed))
    except Exception as error:  # an operator that ONNX Runtime has in float32 only
        if len(wide.graph.node) > _SLOW_NODES:
            raise ValueError(f"ONNX Runtime: {error}") from error
    return list(ReferenceEvaluator(wide).run(None, wide_feed))


def in_float64(original: onnx.ModelProto) -> onnx.ModelProto:
    """The model with float64 in the place of float32."""
    wide = onnx.ModelProto()
    wide.CopyFrom(original)
    for owner in (wide.graph, *wide.functions):
        for graph in files.graphs(owner):
            if isinstance(graph, onnx.GraphProto):
                for info in (*graph.input, *graph.output):
                    _widen_type(info.type.tensor_type)
            del graph.value_info[:]
            for node in graph.node:
                _widen_attributes(node)
            for tensor in files.tensors(graph):
                if tensor.data_type == TensorProto.FLOAT:
                    array = numpy_helper.to_array(tensor).astype(np.float64)
                    tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))
    return wide


def _widen_type(type_: onnx.TypeProto.Tensor) -> None:
    if type_.elem_type == TensorProto.FLOAT:
        type_.elem_type = TensorProto.DOUBLE


def _widen_attributes(node: onnx.NodeProto) -> None:
    for attribute in node.attribute:
        if attribute.name in ("to", "dtype") and attribute.i == TensorProto.FLOAT:
            attribute.i = TensorProto.DOUBLE
        if node.op_type == "Constant" and attribute.name in ("value_float", "value_floats"):
            values = attribute.floats if attribute.name == "value_floats" else attribute.f
            tensor = numpy_helper.from_array(np.array(values, np.float64))
            attribute.CopyFrom(onnx.helper.make_attribute("value", tensor))


def broken(found: Sequence[Difference], max_abs: float | None, max_ulp: float | None) -> list[str]:
    """The outputs that exceed a budget, each in words."""
    words = []
    for held in found:
        if max_abs is not None and not held.max_abs <= max_abs:
            words.append(f"{held.output}: {held.max_abs:.3g} apart, more than {max_abs:g}")
        if max_ulp is not None and held.max_ulp is not None and held.max_ulp > max_ulp:
            words.append(f"{held.output}: {held.max_ulp} ULP apart, more than {max_ulp:g}")
    return words
