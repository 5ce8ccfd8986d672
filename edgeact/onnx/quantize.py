"""Activations between a DequantizeLinear and a QuantizeLinear, as tables of all their results."""

from typing import Any

import numpy as np
import onnx_ir as ir
from numpy.typing import NDArray

import edgeact
from edgeact.onnx import bodies
from edgeact.onnx.dtypes import UNKNOWN, Types
from edgeact.onnx.patterns import Found, used_elsewhere

BYTES = {ir.DataType.INT8: np.int8, ir.DataType.UINT8: np.uint8}


def nodes(found: Found, types: Types) -> list[ir.Node]:
    """The nodes that look up; none if the activation is not between two such nodes, or one of them
    has scales that are not constant, blocks, or other numbers than 8-bit ones of one type."""
    before, after = _neighbours(found)
    if before is None or after is None or found.tensors:
        return []
    q, (wide, rank, _) = before.inputs[0], types.get(found.x, UNKNOWN)
    scale, zero, dtype = _scaling(before)
    scale_out, zero_out, dtype_out = _scaling(after)
    dtype = dtype or BYTES.get(types.get(q, UNKNOWN).dtype)
    if (
        wide != ir.DataType.FLOAT
        or scale is None
        or scale_out is None
        or dtype is None
        or dtype is not dtype_out
    ):
        return []
    axes = {axis_of(n, rank) for n, s in ((before, scale), (after, scale_out)) if s.ndim}
    if len(axes) > 1 or None in axes:
        return []
    axis = next(iter(axes), None)
    parameters = {name: attribute.value for name, attribute in found.attributes.items()}
    try:
        activation = bodies.SPECS[found.operator].name
        scalings = (scale, zero), (scale_out, zero_out)
        lookup = edgeact.quantized(activation, *scalings, dtype, axis=axis, **parameters)
    except (TypeError, ValueError):  # a scale of 0, an attribute of the caller, NaN
        return []
    table = np.asarray(lookup.table)  # type: ignore[union-attr]  # of int8 or uint8
    return look_up(q, table, axis, rank, after.outputs[0].name)


def look_up(
    q: "ir.Value | None", table: NDArray[Any], axis: int | None, rank: int | None, name: str | None
) -> list[ir.Node]:
    """The nodes that look q up, in one table or in that of its channel."""
    channels = np.array(0) if axis is None or rank is None else np.arange(len(table))
    if axis is not None and rank is not None:
        channels = channels.reshape(-1, *[1] * (rank - 1 - axis))
    tables = [ir.node("Constant", [], {"value": ir.tensor(a)}) for a in (table, channels)]
    for node, what in zip(tables, ("table", "row"), strict=True):
        node.outputs[0].name = f"{name}_{what}"
    inputs = [q, *(node.outputs[0] for node in tables)]
    return [*tables, ir.Node(bodies.DOMAIN, bodies.QUANTIZED, inputs)]


def absorb(found: Found) -> None:
    """Takes the two nodes into the activation, the first if nothing else needs it."""
    before, after = _neighbours(found)
    if before is None or after is None:
        raise AssertionError("nodes() gave none")
    if not used_elsewhere(found.x, found):
        found.nodes.append(before)
    found.nodes.append(after)
    found.last, found.operator = after, bodies.QUANTIZED


def _neighbours(found: Found) -> tuple[ir.Node | None, ir.Node | None]:
    before, (y,) = found.x.producer(), found.last.outputs
    uses = list(y.uses())
    if before is None or len(uses) != 1 or y.is_graph_output():
        return None, None
    after = uses[0].node
    if before.op_identifier() != ("", "DequantizeLinear", ""):
        return None, None
    if after.op_identifier() != ("", "QuantizeLinear", "") or uses[0].idx != 0:
        return None, None
    if before.graph is not found.last.graph or after.graph is not found.last.graph:
        return None, None
    return before, after


def _scaling(node: ir.Node) -> tuple[Any, Any, Any]:
    """Scale, zero point and NumPy type, None what is not known or not for us."""
    scale, zero = _array(node.inputs[1]) if len(node.inputs) > 1 else None, np.array(0)
    blocks = node.attributes.get_int("block_size", 0)
    if scale is None or scale.dtype != np.float32 or scale.ndim > 1 or blocks:
        return None, None, None
    dtype: Any = None
    if node.op_type == "QuantizeLinear":  # without a zero point
        code = node.attributes.get_int("output_dtype", 0) or ir.DataType.UINT8
        dtype = BYTES.get(ir.DataType(code))
    if len(node.inputs) > 2 and node.inputs[2] is not None:
        given = _array(node.inputs[2])
        if given is None:
            return None, None, None
        zero, dtype = given, BYTES.get(node.inputs[2].const_value.dtype)  # type: ignore[union-attr]
    if scale.size == 1:
        return scale.reshape(()), zero.reshape(()), dtype
    return scale, zero, dtype


def _array(value: "ir.Value | None") -> Any:
    if value is None or value.const_value is None or value.is_graph_input():
        return None
    try:
        return value.const_value.numpy()
    except FileNotFoundError:  # external data of a model whose folder is not known
        return None


def axis_of(node: ir.Node, rank: int | None) -> int | None:
    axis = node.attributes.get_int("axis", 1)
    return None if rank is None or not -rank <= axis < rank else axis % rank
