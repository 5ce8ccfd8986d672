"""Activations that are quantized in their parts, as tables of what ONNX Runtime gives.

A quantizer may leave single operators between DequantizeLinear and QuantizeLinear: of
x * Sigmoid(x) the sigmoid is rounded to 8 bits, too. Where all that is a function of one 8-bit
tensor, it is run on all 256 numbers, each part rounded as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx_ir as ir
from numpy.typing import NDArray
from onnx import helper

from edgeact.onnx import constants
from edgeact.onnx.dtypes import UNKNOWN, Types
from edgeact.onnx.quantize import BYTES, axis_of

# Functions of each element by itself.
_ELEMENTWISE = set(
    """
    Abs Add Cast Ceil Celu Clip Cos Div Elu Erf Exp Floor Gelu Greater GreaterOrEqual HardSigmoid
    HardSwish Identity LeakyRelu Less LessOrEqual Log Max Min Mish Mul Neg PRelu Pow Reciprocal Relu
    Selu Shrink Sigmoid Sign Sin Softplus Softsign Sqrt Sub Swish Tanh ThresholdedRelu Where
    """.split()  # noqa: SIM905
)
_QUANTIZE, _DEQUANTIZE = "QuantizeLinear", "DequantizeLinear"
_LARGEST = 64  # nodes

Places = Mapping[ir.Node | None, int]


@dataclass
class Chain:
    """A function of one 8-bit tensor that rounds on the way.

    Attributes:
        q: the tensor, which some of the nodes dequantize.
        nodes: what depends on it, in order.
        fixed: what they need besides, computed from constants.
    """

    q: ir.Value
    nodes: list[ir.Node]
    fixed: list[ir.Node]

    @property
    def last(self) -> ir.Node:
        return self.nodes[-1]

    def used_elsewhere(self) -> Iterator[ir.Node]:
        """The nodes whose results something else needs, too."""
        for node in self.nodes[:-1]:
            for value in node.outputs:
                if value.is_graph_output() or any(u.node not in self.nodes for u in value.uses()):
                    yield node

    def held(self) -> list[ir.Node]:
        """Those whose result is not just q's number: they forbid that the chain goes."""
        return [n for n in self.used_elsewhere() if n.inputs[0] is not self.q]


def find(last: ir.Node, places: Places) -> Chain | None:
    """The chain that ends in this node: the longest of which nothing else needs a value inside, or
    the shortest.

    Args:
        places: those of the graph's nodes, in order.
    """
    if last.op_identifier() != ("", _QUANTIZE, ""):
        return None
    best: Chain | None = None
    opened: set[ir.Value] = set()
    while True:
        region = _region(last, opened, places)
        if region is None:
            return best
        seen, sources = region
        if len(sources) == 1:
            (q,) = sources
            chain = _chain(q, sorted(seen, key=lambda node: places[node]))
            rounds = any(node.op_type == _QUANTIZE for node in chain.nodes[:-1])
            if rounds and (best is None or not chain.held()):
                best = chain
        inside = [q for q in sources if q.producer() in places]
        if not inside:
            return best
        # The one computed last, which no other depends on.
        opened.add(max(inside, key=lambda q: places[q.producer()]))


def _region(
    last: ir.Node, opened: set[ir.Value], places: Places
) -> tuple[set[ir.Node], set[ir.Value]] | None:
    """The nodes that compute the last one's output, and the 8-bit tensors that they do it from;
    None if it takes more than elementwise functions. What is opened counts as computed."""
    seen: set[ir.Node] = set()
    sources: set[ir.Value] = set()
    stack: list[ir.Node | None] = [last]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        if node is None or node not in places or len(seen) == _LARGEST or not _is_known(node):
            return None
        seen.add(node)
        moving = node.inputs[:1] if node.op_type in (_QUANTIZE, _DEQUANTIZE) else node.inputs
        if not all(map(_is_constant, node.inputs[len(moving) :])):
            return None
        for value in moving:
            if value is None or _is_constant(value):
                continue
            if node.op_type == _DEQUANTIZE and value not in opened and not _is_fixed(value):
                sources.add(value)
            else:
                stack.append(value.producer())
    return seen, sources


def _chain(q: ir.Value, seen: list[ir.Node]) -> Chain:
    chain, depends = Chain(q, [], []), {q}
    for node in seen:
        if depends.isdisjoint(v for v in node.inputs if v is not None):
            chain.fixed.append(node)
        else:
            chain.nodes.append(node)
            depends.update(node.outputs)
    return chain


def _is_known(node: ir.Node) -> bool:
    if node.domain != "" or len(node.outputs) != 1:
        return False
    if any(a.is_ref() or a.name == "block_size" for a in node.attributes.values()):
        return False
    return node.op_type in _ELEMENTWISE or node.op_type in (_QUANTIZE, _DEQUANTIZE)


def _is_constant(value: "ir.Value | None") -> bool:
    return value is None or (value.const_value is not None and not value.is_graph_input())


def _is_fixed(value: ir.Value) -> bool:
    """Whether it is a constant that is quantized in the graph."""
    node = value.producer()
    return node is not None and node.op_type == _QUANTIZE and all(map(_is_constant, node.inputs))


def table(
    chain: Chain, types: Types, opset: int, ir_version: int
) -> "tuple[NDArray[Any], int | None] | None":
    """What ONNX Runtime gives for each byte, and the axis of the channels if there are any; None if
    one number doesn't depend on one number of a known type alone, or ONNX Runtime refuses."""
    dtype, rank, _ = types.get(chain.q, UNKNOWN)
    reading = next(node for node in chain.nodes if node.inputs[0] is chain.q)
    if len(reading.inputs) > 2 and reading.inputs[2] is not None:
        dtype = reading.inputs[2].const_value.dtype  # type: ignore[union-attr]
    if dtype not in BYTES:
        return None
    channels: set[tuple[int | None, int]] = set()
    for node in (*chain.nodes, *chain.fixed):
        rounding = node.op_type in (_QUANTIZE, _DEQUANTIZE) and node in chain.nodes
        for value in node.inputs[rounding:]:
            if value is None or value.const_value is None:
                continue
            if rounding and value.const_value.size > 1:
                channels.add((axis_of(node, rank), value.const_value.size))
            elif value.const_value.size != 1 if rounding else constants.scalar(value, rank) is None:
                return None
    if len(channels) > 1 or (channels and (rank or 0) < 2):
        return None
    axis, count = next(iter(channels), (None, 1))
    if channels and axis is None:
        return None
    q = np.arange(256, dtype=np.uint8).view(BYTES[dtype])
    if axis is None:
        y = _run(chain, q.reshape([*[1] * ((rank or 1) - 1), 256]), opset, ir_version)
        return None if y is None else (y.reshape(256), None)
    places = axis, 0 if axis else 1
    rows = np.broadcast_to(q, (count, 256)).reshape(count, 256, *[1] * ((rank or 2) - 2))
    y = _run(chain, np.moveaxis(rows, (0, 1), places), opset, ir_version)
    return None if y is None else (np.moveaxis(y, places, (0, 1)).reshape(count, 256), axis)


def _run(chain: Chain, q: NDArray[Any], opset: int, ir_version: int) -> "NDArray[Any] | None":
    import onnxruntime

    from edgeact.onnx import host

    nodes = [*chain.fixed, *chain.nodes]
    given = {
        value.name: value.const_value
        for node in nodes
        for value in node.inputs
        if value is not None and value.const_value is not None
    }
    code = helper.np_dtype_to_tensor_dtype(q.dtype)
    x, y = chain.q.name or "", chain.last.outputs[0].name or ""
    try:
        graph = helper.make_graph(
            [ir.to_proto(node) for node in nodes],
            "chain",
            [helper.make_tensor_value_info(x, code, q.shape)],
            [helper.make_tensor_value_info(y, code, None)],
            [ir.to_proto(ir.tensor(t.numpy(), t.dtype, name=n)) for n, t in given.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
        model.ir_version = ir_version
        data = model.SerializeToString()
    except (FileNotFoundError, TypeError, ValueError, ir.serde.SerdeError):
        return None  # external data of an unknown folder, or a malformed tensor
    # Its optimiser makes of channels' scales what it then refuses.
    for level in ("ORT_ENABLE_ALL", "ORT_DISABLE_ALL"):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 4
        options.graph_optimization_level = getattr(onnxruntime.GraphOptimizationLevel, level)
        try:
            session = host.open_session(data, options)
            (result,) = host.run(session, {x: q})
        except ValueError:
            continue
        return np.asarray(result)
    return None
