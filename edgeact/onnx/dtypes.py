"""Element types and ranks of a model's values, as far as ONNX can infer them."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

import onnx
import onnx_ir as ir
from onnx import helper, shape_inference

Shape: TypeAlias = "tuple[int | str | None, ...] | None"


class Type(NamedTuple):
    """The element type, UNDEFINED if it is not known, and the rank and the sizes, None if they are
    not known; a size that has a name is that."""

    dtype: ir.DataType
    rank: int | None
    shape: Shape = None


Types: TypeAlias = dict[ir.Value | None, Type]  # None: an input that a node does not have
UNKNOWN = Type(ir.DataType.UNDEFINED, None)


def infer(proto: onnx.ModelProto, model: ir.Model) -> Types:
    """The types of all values of `model`, which is `proto` deserialised.

    A value in a function has the type that it gets in every call, if that is one type.
    """
    types: Types = {}
    functions = {(f.domain, f.name, f.overload): f for f in proto.functions}
    calls = set()

    def visit(graph: ir.Graph, typed: onnx.ModelProto) -> None:
        inferred = ir.from_proto(shape_inference.infer_shapes(typed)).graph
        for value, twin in zip(_values(graph), _values(inferred), strict=True):
            seen, here = types.get(value), _type(twin)
            types[value] = here if seen is None else _common(seen, here)
        for node in graph.all_nodes():
            name = node.op_identifier()
            arguments = tuple(types.get(value, UNKNOWN) for value in node.inputs)
            if name in functions and (name, arguments) not in calls:
                calls.add((name, arguments))
                body = _as_model(functions[name], arguments, proto)
                visit(model.functions[name].graph, body)

    visit(model.graph, proto)
    return types


def _type(value: ir.Value) -> Type:
    dtype, shape = value.dtype or UNKNOWN.dtype, value.shape
    if shape is None:
        return Type(dtype, None)
    return Type(dtype, shape.rank(), tuple(n if isinstance(n, int) else n.value for n in shape))


def _common(a: Type, b: Type) -> Type:
    if a.dtype != b.dtype or a.rank != b.rank:
        return UNKNOWN
    return Type(a.dtype, a.rank, a.shape if a.shape == b.shape else None)


def _values(graph: ir.Graph) -> Iterator[ir.Value]:
    for part in (graph, *graph.subgraphs()):
        yield from part.inputs
        yield from part.initializers.values()
        for node in part:
            yield from node.outputs


def _as_model(
    function: onnx.FunctionProto, arguments: Sequence[Type], proto: onnx.ModelProto
) -> onnx.ModelProto:
    """The function as the graph of a model."""
    inputs = [
        _value_info(name, argument or UNKNOWN)
        for name, argument in zip_longest(function.input, arguments)
    ]
    outputs = [onnx.ValueInfoProto(name=name) for name in function.output]
    graph = helper.make_graph(function.node, function.name, inputs, outputs)
    return helper.make_model(graph, opset_imports=function.opset_import, functions=proto.functions)


def _value_info(name: str, type_: Type) -> onnx.ValueInfoProto:
    if not type_.dtype:
        return onnx.ValueInfoProto(name=name)
    shape = None if type_.rank is None else [None] * type_.rank
    return helper.make_tensor_value_info(name, type_.dtype, shape)
