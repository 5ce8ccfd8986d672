"""Constants in a graph."""

from collections.abc import Iterable

import numpy as np
import onnx_ir as ir


def note(graph: ir.Graph) -> None:
    """Gives the outputs of Constant nodes their value, which initializers have from the start."""
    for node in graph:
        if node.op_identifier() == ("", "Constant", ""):
            node.outputs[0].const_value = _tensor(node)


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
    try:
        return float(value.const_value.numpy().item())
    except FileNotFoundError:  # external data of a model whose folder is not known
        return None


def discard_unused(values: Iterable[ir.Value]) -> None:
    """Removes those of the constants that nothing uses any more."""
    for value in values:
        if value.const_value is None or value.uses() or value.is_graph_output():
            continue
        producer, graph = value.producer(), value.graph
        if graph is None:
            continue
        if producer is not None:
            graph.remove(producer)
        elif value.name is not None and not value.is_graph_input():
            del graph.initializers[value.name]
