"""Replaces the activations of a model by operators of domain ai.edgeact."""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import onnx_ir as ir
from onnx import shape_inference

import edgeact
from edgeact.onnx import bias, bodies, casts, chain, constants, dtypes, fuse, quantize
from edgeact.onnx.affine import absorb
from edgeact.onnx.patterns import Found, find, used_elsewhere
from edgeact.onnx.report import LeftAlone, Report

_EXACT = {edgeact.spec(name).onnx for name in edgeact.activations("exact")}
_PAIRS = {spec.onnx for spec in bodies.SPECS.values() if spec.tensors} - {"BiasGelu", "BiasSilu"}
_AS_FAST = "ONNX Runtime's own is as fast here"
_COARSE = {edgeact.spec(name).onnx for name in edgeact.activations("coarse")}


def rewrite(
    proto: onnx.ModelProto,
    tier: str,
    folder: Path | None,
    left: Collection[str] = (),
    unfused: Collection[str] = (),
    everything: bool = False,
) -> tuple[onnx.ModelProto, Report]:
    """The model with its activations replaced, and what was done. `proto` is not changed.

    Args:
        folder: where the model's external data is; None: not known.
        left: operators that ONNX Runtime is to compute as before.
        unfused: operators that are not to be written for ONNX Runtime to fuse with a Conv.
        everything: replace what ONNX Runtime computes as fast, too, and fuse nothing.

    Raises:
        ValueError: the graph is malformed.
    """
    model, types = _typed(proto)
    if folder is not None:
        ir.external_data.set_base_dir(model.graph, folder)
    rewriter = _Rewriter(model, types, tier, left, unfused, everything or tier == "exact")
    rewriter.visit(model.graph)
    for function in list(model.functions.values()):
        if function.domain != bodies.DOMAIN:
            rewriter.visit(function.graph)
    if rewriter.report.total == 0:
        return proto, rewriter.report
    # onnx.reference wants a function to stand before those that call it.
    ordered = sorted(model.functions.items(), key=lambda item: item[1].domain != bodies.DOMAIN)
    model.functions.clear()
    model.functions.update(ordered)
    model.ir_version = max(model.ir_version, bodies.IR_VERSION if rewriter.report.replaced else 4)
    try:
        return ir.to_proto(model), rewriter.report
    except ir.serde.SerdeError as error:
        raise ValueError(f"the model's graph is malformed: {error.__cause__ or error}") from error


class Decision(NamedTuple):
    """An activation, the nodes that compute it, and why it is left as it is, if it is."""

    operator: str
    nodes: list[ir.Node]
    reason: str | None


def decisions(proto: onnx.ModelProto) -> list[Decision]:
    """What `rewrite` makes of the activations of the graph and of the graphs inside it.

    Raises:
        ValueError: the graph is malformed.
    """
    model, types = _typed(proto)
    rewriter = _Rewriter(model, types, "fast", (), (), everything=False)
    rewriter.visit(model.graph)
    return rewriter.decisions


def _typed(proto: onnx.ModelProto) -> tuple[ir.Model, dtypes.Types]:
    source = _without_initialized_inputs(proto) if proto.ir_version < 4 else proto
    try:
        model = ir.from_proto(source)
        return model, dtypes.infer(source, model)
    except (ir.serde.SerdeError, shape_inference.InferenceError) as error:
        raise ValueError(f"the model's graph is malformed: {error.__cause__ or error}") from error


def _without_initialized_inputs(proto: onnx.ModelProto) -> onnx.ModelProto:
    """Before IR version 4 every initializer was an input too. In a later version that would mean
    that a caller may override it, so that it is no constant."""
    copy = onnx.ModelProto()
    copy.CopyFrom(proto)
    initialized = {initializer.name for initializer in copy.graph.initializer}
    del copy.graph.input[:]
    copy.graph.input.extend(v for v in proto.graph.input if v.name not in initialized)
    return copy


class _Rewriter:
    def __init__(
        self,
        model: ir.Model,
        types: dtypes.Types,
        tier: str,
        left: Collection[str],
        unfused: Collection[str],
        everything: bool,
    ) -> None:
        self.report = Report()
        self.decisions: list[Decision] = []
        self._model = model
        self._types = types
        self._tier = tier
        self._left = left
        self._unfused = unfused
        self._everything = everything
        self._opset = model.opset_imports[""]
        self._recognised: set[ir.Node] = set()

    def visit(self, owner: ir.Graph) -> None:
        """Rewrites the graph of the model or of a function, and the graphs inside it."""
        for graph in (owner, *owner.subgraphs()):
            constants.note(graph)
            places: chain.Places = {node: i for i, node in enumerate(graph)}
            # Last node first: Mish has to be seen before the Softplus in it.
            for node in reversed(list(graph)):
                if node.graph is not None and not self._tabulate_chain(graph, node, places):
                    self._decide(graph, node)
        if any(node.domain == bodies.DOMAIN for node in owner.all_nodes()):
            # ONNX Runtime wants the model to import what its functions do.
            for importer in (owner, self._model.graph):
                importer.opset_imports[bodies.DOMAIN] = bodies.VERSION

    def _decide(self, graph: ir.Graph, node: ir.Node) -> None:
        """Replaces the first of the activations that end here which nothing speaks against."""
        first: tuple[Found, str] | None = None
        for found in find(node):
            type_ = self._type(found)
            if not self._is_candidate(found, type_):
                continue
            reason = self._try(graph, found, type_)
            if reason is None:
                self._note(found.operator, found.nodes, None)
                return
            first = first or (found, reason)
            if reason == found.rule.kept:
                break
        if first is not None:
            found, reason = first
            if reason != found.rule.kept or node not in self._recognised:
                name = node.name or node.outputs[0].name or ""
                self.report.left_alone.append(LeftAlone(found.operator, name, reason))
                self._note(found.operator, found.nodes, reason)
            self._recognised.update(found.nodes)

    def _note(self, operator: str, nodes: list[ir.Node], reason: str | None) -> None:
        self.decisions.append(Decision(operator, nodes, reason))

    def _try(self, graph: ir.Graph, found: Found, type_: dtypes.Type) -> str | None:
        """Replaces the activation, or says why not."""
        if found.operator in self._left:
            return _AS_FAST
        if _objection(found, type_, self._opset, "fast") is None:
            lookup = quantize.nodes(found, self._types)
            if lookup and bodies.QUANTIZED in self._left:
                return _AS_FAST
            if lookup and self._provide(bodies.quantized_body(self._opset)):
                quantize.absorb(found)
                _replace(graph, found.last, found.nodes, lookup)
                _count(self.report.replaced, found.operator)
                return None
        return self._objection(found, type_) or self._replace(graph, found, type_)

    def _is_candidate(self, found: Found, type_: dtypes.Type) -> bool:
        """Functions of two tensors, such as the gated ones, are so only where the shapes are the
        same: an operator would compute the gate of a smaller tensor again and again."""
        if found.operator in _PAIRS:
            (other,) = found.tensors
            here, there = type_.shape, self._types.get(other, dtypes.UNKNOWN).shape
            if found.operator == "PRelu":
                return found.last.op_type == "PRelu" or _reaches(here, there)
            same = here is not None and None not in here and here == there
            if not same and not _halves(found.x, other, here, there):
                return False
        return self._tier != "exact" or found.operator in _EXACT

    def _objection(self, found: Found, type_: dtypes.Type) -> str | None:
        rule = found.rule
        kept = rule.kept is not None and type_.dtype not in rule.slow
        kept = kept and casts.narrow(found, type_) == type_.dtype
        if kept and rule.by_conv:
            kept = fuse.is_after_conv(found, type_)
        if kept and not self._everything:
            return rule.kept
        return _objection(found, type_, self._opset, self._tier)

    def _replace(self, graph: ir.Graph, found: Found, type_: dtypes.Type) -> str | None:
        """Returns why not."""
        quick = not self._everything
        dtype = casts.absorb(found, type_)
        affine = "ScaleShiftHardSwish"
        if found.operator == "HardSwish" and self._opset >= bodies.since(affine) and quick:
            absorb(found, self._types)
        bias.absorb(found, self._types)
        if quick and found.operator not in self._unfused and fuse.is_fusible(found, type_):
            _replace(graph, found.last, found.nodes, fuse.nodes(found))
            _count(self.report.fused, found.operator)
        elif self._provide_body(found.operator, dtype):
            _replace(graph, found.last, found.nodes, [self._call(found, dtype)])
            _count(self.report.replaced, found.operator)
        else:
            return f"the model has another body for {found.operator}"
        return None

    def _type(self, found: Found) -> dtypes.Type:
        """Constants tell the element type where ONNX doesn't know the operators before them."""
        dtype, rank, shape = self._types.get(found.x, dtypes.UNKNOWN)
        values = [*(value for value, _ in found.numbers), *found.constants]
        tensors = (value.const_value for value in values)
        known = (tensor.dtype for tensor in tensors if tensor is not None)
        return dtypes.Type(dtype or next(known, dtype), rank, shape)

    def _tabulate_chain(self, graph: ir.Graph, node: ir.Node, places: chain.Places) -> bool:
        """Whether what ends here was quantized in its parts, and is now a table."""
        found = chain.find(node, places)
        if found is None:
            return False
        held, reason = found.held(), None
        if held:
            reason = f"{held[0].outputs[0].name} is used elsewhere"
        elif bodies.QUANTIZED in self._left:
            reason = _AS_FAST
        if reason is None:
            table = chain.table(found, self._types, self._opset, self._model.ir_version)
            if table is None or not self._provide(bodies.quantized_body(self._opset)):
                return False
            rank = self._types.get(found.q, dtypes.UNKNOWN).rank
            lookup = quantize.look_up(found.q, *table, rank, node.outputs[0].name)
            kept = set(found.used_elsewhere())
            _replace(graph, node, [n for n in found.nodes if n not in kept], lookup)
            constants.discard_nodes(found.fixed)
            _count(self.report.replaced, bodies.QUANTIZED)
        else:
            name = node.name or node.outputs[0].name or ""
            self.report.left_alone.append(LeftAlone(bodies.QUANTIZED, name, reason))
        self._note(bodies.QUANTIZED, found.nodes, reason)
        return reason is None

    def _provide_body(self, operator: str, dtype: int) -> bool:
        """Whether the model has the operator's body for this element type, now."""
        return self._provide(bodies.body(operator, dtype, self._opset))

    def _provide(self, body: onnx.FunctionProto) -> bool:
        function = ir.serde.deserialize_function(body)
        present = self._model.functions.setdefault(function.identifier(), function)
        return ir.serde.serialize_function(present) == ir.serde.serialize_function(function)

    def _call(self, found: Found, dtype: ir.DataType) -> ir.Node:
        wide = self._tier == "coarse" and dtype == ir.DataType.DOUBLE
        tier = "fast" if wide else tier_of(found.operator, self._tier)
        attributes = [*found.attributes.values(), ir.AttrString("tier", tier)]
        return ir.Node(bodies.DOMAIN, found.operator, [found.x, *found.tensors], attributes)


def tier_of(operator: str, tier: str) -> str:
    """The tier, or fast where coarse is not to be had."""
    return "fast" if tier == "coarse" and operator not in _COARSE else tier


def _objection(found: Found, type_: dtypes.Type, opset: int, tier: str) -> str | None:
    """Why the activation must stay as it is."""
    if type_.dtype not in bodies.DTYPES + bodies.HALVES:
        return f"its element type is {type_.dtype.name.lower()}"
    if tier == "exact" and type_.dtype == ir.DataType.DOUBLE:
        return f"tier exact has no {type_.dtype.name.lower()}"
    for node in found.nodes:
        for value in node.outputs:
            if node is not found.last and used_elsewhere(value, found):
                return f"{value.name} is used elsewhere"
    for value, expected in found.numbers:
        number = constants.scalar(value, type_.rank)
        if number is None:
            return f"{value.name} is not a constant scalar"
        if abs(number - expected) > constants.spacing(expected, type_.dtype):
            return f"{value.name} is {number}, not {expected}"
    for value in found.constants:
        if constants.scalar(value, type_.rank) is None:
            return f"{value.name} is not a constant scalar"
    for name, attribute in found.attributes.items():
        if type_.dtype == ir.DataType.DOUBLE and not attribute.is_ref():
            number = attribute.as_float()
            if float(np.float32(number)) != number:
                return f"{name} = {number} is no float32"
    if opset < bodies.since(found.operator):
        return f"it needs opset {bodies.since(found.operator)}"
    return None


def _halves(x: ir.Value, other: ir.Value, here: dtypes.Shape, there: dtypes.Shape) -> bool:
    """Whether both come from a Split, and no size says that its parts are unequal."""
    split = x.producer()
    if split is None or split is not other.producer() or split.op_type != "Split":
        return False
    sizes = zip(here or (), there or (), strict=False)
    return all(a == b for a, b in sizes if isinstance(a, int) and isinstance(b, int))


def _reaches(x: dtypes.Shape, other: dtypes.Shape) -> bool:
    """Whether the other tensor, broadcast to x, leaves x its shape."""
    if x is None or other is None or len(other) > len(x):
        return False
    pairs = zip(reversed(x), reversed(other), strict=False)
    return all(b == 1 or (a == b and a is not None) for a, b in pairs)


def _count(counts: dict[str, int], operator: str) -> None:
    counts[operator] = counts.get(operator, 0) + 1


def _replace(graph: ir.Graph, old: ir.Node, parts: list[ir.Node], nodes: list[ir.Node]) -> None:
    """Puts the nodes in the place of the parts, which end in the old node."""
    new = nodes[-1]
    inputs = {value for node in parts for value in node.inputs if value is not None}
    new.name, new.doc_string = old.name, old.doc_string
    new.metadata_props.update(old.metadata_props)
    new.outputs[0].doc_string = old.outputs[0].doc_string
    new.outputs[0].metadata_props.update(old.outputs[0].metadata_props)
    ir.convenience.replace_nodes_and_values(graph, old, parts, nodes, old.outputs, new.outputs)
    constants.discard_unused(inputs)
