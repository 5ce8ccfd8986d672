"""Activations right after a Conv, in the ordinary operators that ONNX Runtime fuses with it.

ONNX Runtime computes a Conv in a layout of its own, and turns the data round before and after an
operator that it doesn't know. Where it has a fused form, that costs more than it gains.
"""

import onnx_ir as ir

from edgeact.onnx.dtypes import Type
from edgeact.onnx.patterns import Found, used_elsewhere

# The activation is x * gate(x).
_GATES = {
    "Silu": ("Sigmoid", {}),
    "HardSwish": ("HardSigmoid", {"alpha": 1 / 6, "beta": 0.5}),
}


def is_fusible(found: Found, type_: Type) -> bool:
    return found.operator in _GATES and is_after_conv(found, type_)


def is_after_conv(found: Found, type_: Type) -> bool:
    if (type_.dtype, type_.rank) != (ir.DataType.FLOAT, 4) or used_elsewhere(found.x, found):
        return False
    return _producer(found.x) == "Conv"


def _producer(x: ir.Value | None) -> str | None:
    """What computes x, but for a BatchNormalization, which ONNX Runtime folds into a Conv."""
    node = None if x is None else x.producer()
    if node is not None and node.op_type == "BatchNormalization":
        return _producer(node.inputs[0])
    return None if node is None else node.op_type


def nodes(found: Found) -> list[ir.Node]:
    """The nodes that compute the activation; the last has its output."""
    op_type, attributes = _GATES[found.operator]
    gate = ir.node(op_type, [found.x], attributes)
    gate.outputs[0].name = f"{found.last.outputs[0].name}_gate"
    return [gate, ir.node("Mul", [found.x, gate.outputs[0]])]
