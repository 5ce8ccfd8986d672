"""Replaces the activations of a model by operators of domain ai.edgeact."""

from collections.abc import Collection
from pathlib import Path

import numpy as np
import onnx
import onnx_ir as ir
from onnx import shape_inference

import edgeact
from edgeact.onnx import bodies, constants, dtypes, fuse
from edgeact.onnx.affine import absorb
from edgeact.onnx.patterns import CONSTANTS, Found, find, used_elsewhere
from edgeact.onnx.report import LeftAlone, Report

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
    source = _without_initialized_inputs(proto) if proto.ir_version < 4 else proto
    try:
        model = ir.from_proto(source)
        types = dtypes.infer(source, model)
    except (ir.serde.SerdeError, shape_inference.InferenceError) as error:
        raise ValueError(f"the model's graph is malformed: {error.__cause__ or error}") from error
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
    return ir.to_proto(model), rewriter.report


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
        self._model = model
        self._types = types
        self._tier = tier
        self._left = left
        self._unfused = unfused
        self._everything = everything
        self._opset = model.opset_imports[""]

    def visit(self, owner: ir.Graph) -> None:
        """Rewrites the graph of the model or of a function, and the graphs inside it."""
        for graph in (owner, *owner.subgraphs()):
            constants.note(graph)
            # Last node first: Mish has to be seen before the Softplus in it.
            for node in reversed(list(graph)):
                found = None if node.graph is None else find(self._model, graph, node)
                if found is not None:
                    self._decide(graph, found)
        if any(node.domain == bodies.DOMAIN for node in owner.all_nodes()):
            # ONNX Runtime wants the model to import what its functions do.
            for importer in (owner, self._model.graph):
                importer.opset_imports[bodies.DOMAIN] = bodies.VERSION

    def _decide(self, graph: ir.Graph, found: Found) -> None:
        type_ = self._type(found)
        # Speed is no reason where bits matter.
        quick = not self._everything
        reason = (quick and found.kept) or _objection(found, type_, self._opset, self._tier)
        if reason is None:
            affine = "ScaleShiftHardSwish"
            if found.operator == "HardSwish" and self._opset >= bodies.since(affine) and quick:
                absorb(found, self._types)
            fusible = found.operator not in self._unfused and fuse.is_fusible(found, type_)
            if found.operator in self._left:
                reason = "ONNX Runtime's own is as fast here"
            elif quick and fusible:
                _replace(graph, found, fuse.nodes(found))
                _count(self.report.fused, found)
            elif self._provide_body(found.operator, type_.dtype):
                _replace(graph, found, [self._call(found, type_)])
                _count(self.report.replaced, found)
            else:
                reason = f"the model has another body for {found.operator}"
        if reason is not None:
            name = found.last.name or found.last.outputs[0].name or ""
            self.report.left_alone.append(LeftAlone(found.operator, name, reason))

    def _type(self, found: Found) -> dtypes.Type:
        """Constants tell the element type where ONNX doesn't know the operators before them."""
        dtype, rank = self._types.get(found.x, dtypes.UNKNOWN)
        tensors = (value.const_value for value in found.constants.values())
        known = (tensor.dtype for tensor in tensors if tensor is not None)
        return dtypes.Type(dtype or next(known, dtype), rank)

    def _provide_body(self, operator: str, dtype: int) -> bool:
        """Whether the model has the operator's body for this element type, now."""
        function = ir.serde.deserialize_function(bodies.body(operator, dtype, self._opset))
        present = self._model.functions.setdefault(function.identifier(), function)
        return ir.serde.serialize_function(present) == ir.serde.serialize_function(function)

    def _call(self, found: Found, type_: dtypes.Type) -> ir.Node:
        wide = self._tier == "coarse" and type_.dtype != ir.DataType.FLOAT
        tier = "fast" if wide else tier_of(found.operator, self._tier)
        attributes = [*found.attributes.values(), ir.AttrString("tier", tier)]
        return ir.Node(bodies.DOMAIN, found.operator, [found.x], attributes)


def tier_of(operator: str, tier: str) -> str:
    """The tier, or fast where coarse is not to be had."""
    return "fast" if tier == "coarse" and operator not in _COARSE else tier


def _objection(found: Found, type_: dtypes.Type, opset: int, tier: str) -> str | None:
    """Why the activation must stay as it is."""
    if type_.dtype not in bodies.DTYPES:
        return f"its element type is {type_.dtype.name.lower()}"
    if tier == "exact" and type_.dtype != ir.DataType.FLOAT:
        return f"tier exact has no {type_.dtype.name.lower()}"
    for node in found.nodes:
        for value in node.outputs:
            if node is not found.last and used_elsewhere(value, found):
                return f"{value.name} is used elsewhere"
    for name, value in found.constants.items():
        number = constants.scalar(value, type_.rank)
        if number is None:
            return f"{value.name} is not a constant scalar"
        if abs(number - CONSTANTS[name]) > np.spacing(np.float32(CONSTANTS[name])):
            return f"{value.name} is {number}, not {CONSTANTS[name]}"
    if opset < bodies.since(found.operator):
        return f"it needs opset {bodies.since(found.operator)}"
    return None


def _count(counts: dict[str, int], found: Found) -> None:
    counts[found.operator] = counts.get(found.operator, 0) + 1


def _replace(graph: ir.Graph, found: Found, nodes: list[ir.Node]) -> None:
    old, new = found.last, nodes[-1]
    inputs = {value for node in found.nodes for value in node.inputs if value is not None}
    new.name, new.doc_string = old.name, old.doc_string
    new.metadata_props.update(old.metadata_props)
    new.outputs[0].doc_string = old.outputs[0].doc_string
    new.outputs[0].metadata_props.update(old.outputs[0].metadata_props)
    ir.convenience.replace_nodes_and_values(
        graph, old, found.nodes, nodes, old.outputs, new.outputs
    )
    constants.discard_unused(inputs)
