"""Constants in a graph."""

from collections.abc import Iterable, Sequence

import numpy as np
import onnx_ir as ir

from edgeact.onnx import formulas


def note(graph: ir.Graph) -> None:
    """Gives the outputs of Constant nodes their value, which initializers have from the start."""
    for node in graph:
        if node.op_identifier() == ("", "Constant", ""):
            node.outputs[0].const_value = _tensor(node)
        elif node.op_identifier() in _COPIES and node.inputs[0] is not None:
            given = node.inputs[0]
            if not given.is_graph_input() and given.const_value is not None:
                node.outputs[0].const_value = _converted(node, given.const_value)


# What hands a constant on. CastLike's element type shows where the value is used.
_COPIES = {("", "Identity", ""), ("", "Cast", ""), ("", "CastLike", "")}


def _converted(node: ir.Node, tensor: ir.TensorProtocol) -> ir.TensorProtocol | None:
    if tensor.size != 1 or "to" not in node.attributes:
        return tensor
    try:
        dtype = ir.DataType(node.attributes["to"].as_int())
        return ir.tensor(tensor.numpy().astype(dtype.numpy()), dtype=dtype)
    except (FileNotFoundError, TypeError, ValueError):
        return None


def _tensor(node: ir.Node) -> ir.TensorProtocol | None:
    attribute = next(iter(node.attributes.values()))
    if attribute.is_ref():
        return None
    if attribute.type == ir.AttributeType.TENSOR:
        return attribute.as_tensor()
    if attribute.type == ir.AttributeType.FLOAT:
        return ir.tensor(np.float32(attribute.as_float()))
    return None


def scalar(value: ir.Value | None, rank: int | None) -> float | None:
    """The number that every element of a tensor of this rank meets when it is combined with the
    value, or None: it is no constant, has several elements, or would widen the tensor."""
    if value is None or value.const_value is None or value.is_graph_input():
        return None
    shape = value.const_value.shape
    if shape.rank() > (rank or 0) or any(size != 1 for size in shape):
        return None
    return formulas.number(value)


def spacing(number: float, dtype: ir.DataType) -> float:
    """What a constant may be off by: one rounding, of float32 where the type is wider."""
    if dtype == ir.DataType.FLOAT16:
        return float(np.spacing(np.float16(abs(number))))
    wide = float(np.spacing(np.float32(abs(number))))
    return wide * 2**16 if dtype == ir.DataType.BFLOAT16 else wide


def discard_unused(values: Iterable[ir.Value]) -> None:
    """Removes those of the constants that nothing uses any more."""
    for value in values:
        if value.const_value is None or value.uses() or value.is_graph_output():
            continue
        producer, graph = value.producer(), value.graph
        if graph is None:
            continue
        if producer is not None:
            inputs = list(producer.inputs)
            graph.remove(producer, safe=True)
            discard_unused(v for v in inputs if v is not None)
        elif value.name is not None and not value.is_graph_input():
            del graph.initializers[value.name]


def discard_nodes(nodes: Sequence[ir.Node]) -> None:
    """Removes those that compute what nothing uses any more, from constants; they are in order."""
    for node in reversed(nodes):
        if node.graph is not None and not any(
            v.uses() or v.is_graph_output() for v in node.outputs
        ):
            inputs = list(node.inputs)
            node.graph.remove(node, safe=True)
            discard_unused(v for v in inputs if v is not None)
