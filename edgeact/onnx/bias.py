"""Biases, constants of one value a channel, that are added right before an activation."""

import onnx_ir as ir

from edgeact.onnx.dtypes import UNKNOWN, Types
from edgeact.onnx.patterns import Found, used_elsewhere

_BIASED = {"Gelu": "BiasGelu", "Silu": "BiasSilu"}


def absorb(found: Found, types: Types) -> None:
    """Takes the bias into a Gelu or a Silu, where the sum has the shape of the other operand."""
    node = found.x.producer()
    if found.operator not in _BIASED or node is None or used_elsewhere(found.x, found):
        return
    if node.op_identifier() != ("", "Add", "") or node.graph is not found.last.graph:
        return
    for x, bias in (node.inputs, node.inputs[::-1]):
        if x is None or bias is None or bias.const_value is None or bias.is_graph_input():
            continue
        sizes = bias.const_value.shape.numpy()
        shape = types.get(x, UNKNOWN).shape
        last = _last_size(x) if shape is None else shape[-1:]
        if len(sizes) == 1 and sizes[0] > 1 and last == sizes:
            found.operator, found.x, found.tensors = _BIASED[found.operator], x, [bias]
            found.nodes.append(node)
            return


def _last_size(x: ir.Value) -> tuple[int, ...] | None:
    """Of the product with a constant matrix."""
    node = x.producer()
    if node is None or node.op_type != "MatMul" or node.inputs[1] is None:
        return None
    matrix = node.inputs[1].const_value
    return None if matrix is None else tuple(matrix.shape.numpy()[-1:])
