"""Half-precision activations that are computed in float32, between two Casts."""

import onnx_ir as ir

from edgeact.onnx.dtypes import Type
from edgeact.onnx.patterns import Found, used_elsewhere

_HALVES = ir.DataType.FLOAT16, ir.DataType.BFLOAT16


def narrow(found: Found, type_: Type) -> ir.DataType:
    """The activation's element type, that of the Casts where it is between two."""
    return _half(found, type_) or type_.dtype


def absorb(found: Found, type_: Type) -> ir.DataType:
    """Takes a Cast from half precision and the one back to it into the activation, which rounds
    once as they do. The element type that it has then."""
    half = _half(found, type_)
    if half is None:
        return type_.dtype
    before, after = found.x.producer(), next(iter(found.last.outputs[0].uses())).node
    found.nodes += [node for node in (before, after) if node is not None]
    found.x, found.last = before.inputs[0], after  # type: ignore[union-attr, assignment]
    return half


def _half(found: Found, type_: Type) -> ir.DataType | None:
    """The element type before and after the Casts, if there are two and they can go."""
    before, (y,) = found.x.producer(), found.last.outputs
    uses = list(y.uses())
    if type_.dtype != ir.DataType.FLOAT or found.tensors or len(uses) != 1 or y.is_graph_output():
        return None
    after = uses[0].node
    casts = ("", "Cast", "")
    if before is None or before.op_identifier() != casts or after.op_identifier() != casts:
        return None
    if after.graph is not found.last.graph or before.graph is not found.last.graph:
        return None
    source, target = before.inputs[0], ir.DataType(after.attributes["to"].as_int())
    if source is None or source.dtype != target or target not in _HALVES:
        return None
    return None if used_elsewhere(found.x, found) else target
