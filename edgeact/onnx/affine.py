"""Scalar affines, scale * x + shift, before and after a hard-swish."""

import numpy as np
import onnx_ir as ir

from edgeact.onnx.constants import scalar
from edgeact.onnx.dtypes import UNKNOWN, Types
from edgeact.onnx.patterns import Found, used_elsewhere


def absorb(found: Found, types: Types) -> None:
    """Takes the affines around a HardSwish into it, which makes it a ScaleShiftHardSwish."""
    absorbed = _absorb_before(found, types) | _absorb_after(found, types)
    if absorbed:
        neutral = {"scale_in": 1.0, "shift_in": 0.0, "scale_out": 1.0, "shift_out": 0.0}
        found.operator = "ScaleShiftHardSwish"
        found.attributes = {
            name: ir.AttrFloat32(name, value) for name, value in (neutral | absorbed).items()
        }


def _absorb_before(found: Found, types: Types) -> dict[str, float]:
    absorbed = {}
    for op_type, name in (("Add", "shift_in"), ("Mul", "scale_in")):
        node = found.x.producer()
        if node is None or used_elsewhere(found.x, found):
            break
        operands = _operands(node, op_type, found, types)
        if operands is not None:
            found.x, absorbed[name] = operands
            found.nodes.append(node)
    return absorbed


def _absorb_after(found: Found, types: Types) -> dict[str, float]:
    absorbed = {}
    for op_type, name in (("Mul", "scale_out"), ("Add", "shift_out")):
        (y,) = found.last.outputs
        if y.is_graph_output() or len(y.uses()) != 1:
            break
        ((node, _),) = y.uses()
        operands = _operands(node, op_type, found, types)
        if operands is not None:
            found.last, absorbed[name] = node, operands[1]
            found.nodes.append(node)
    return absorbed


def _operands(
    node: ir.Node, op_type: str, found: Found, types: Types
) -> tuple[ir.Value, float] | None:
    """The operands of a node of this type, if one is a scalar that an attribute can hold."""
    if node.op_identifier() != ("", op_type, "") or node.graph is not found.last.graph:
        return None
    for tensor, other in (node.inputs, reversed(node.inputs)):
        number = scalar(other, types.get(tensor, UNKNOWN).rank)
        if tensor is not None and number is not None and float(np.float32(number)) == number:
            return tensor, number
    return None
