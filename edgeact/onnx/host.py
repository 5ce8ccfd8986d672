"""Models tuned to this machine and this ONNX Runtime.

ONNX Runtime optimises first, which lays the data of convolutions out in blocks. It lets QuickGelu
through that layout, but no operator that it doesn't know. So activations go through it as QuickGelu
with an alpha that no model has, and become edgeact's operators in what comes out.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onnx
from onnx import helper

import edgeact
from edgeact.onnx import bodies, files, timing
from edgeact.onnx.report import Report
from edgeact.onnx.rewrite import rewrite, tier_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions

    from edgeact.onnx.inputs import Feed

KEY = "edgeact.host"  # of the model's metadata: where it may run
_SECONDS = 0.7  # to compare the ways of one activation
_GAIN = 1.01  # less is noise
_LARGEST = 2**31 - 2**24  # a protobuf message, and so a model in memory, is smaller than 2 GiB
_MICROSOFT = "com.microsoft"
# float32 holds these and their neighbours exactly, and no model means them.
_SENTINEL = -(2.0**20)

# What ONNX Runtime's optimiser leaves as one node, and edgeact's operator for it.
SINGLE: dict[tuple[str, str, float | None], str] = {
    (_MICROSOFT, "QuickGelu", 1.0): "Silu",
    (_MICROSOFT, "Gelu", None): "Gelu",
    (_MICROSOFT, "FastGelu", None): "GeluTanh",
    ("", "HardSwish", None): "HardSwish",
    ("", "Sigmoid", None): "Sigmoid",
    ("", "Tanh", None): "Tanh",
    ("", "Erf", None): "Erf",
}

# The ways to compute an activation.
NATIVE, FUSED, RUNTIME = "edgeact", "fused with the Conv", "ONNX Runtime"


def here() -> str:
    """What a host model is tied to: ONNX Runtime's version, the machine and its instruction set."""
    import onnxruntime

    facts = edgeact.info()
    return f"onnxruntime {onnxruntime.__version__}, {facts['machine']} {facts['isa']}"


def tied_to(proto: onnx.ModelProto) -> str | None:
    """Where a host model may run; None: it is none."""
    return next((entry.value for entry in proto.metadata_props if entry.key == KEY), None)


def check_here(proto: onnx.ModelProto) -> None:
    """
    Raises:
        ValueError: a host model of another machine or ONNX Runtime.
    """
    tied = tied_to(proto)
    if tied not in (None, here()):
        raise ValueError(
            f"the model was tuned for {tied}; this is {here()}: tune the original here, or use "
            "the portable target"
        )


def with_data(proto: onnx.ModelProto, folder: Path | None) -> onnx.ModelProto:
    """The model with the tensors of other files in itself.

    Raises:
        ValueError: it would be too large, or the folder of the files is not known.
    """
    names = files.external_data(proto)
    if not names:
        return proto
    if folder is None:
        raise ValueError(f"the model keeps tensors in {names[0]}: give its path, not the model")
    size = proto.ByteSize() + sum((folder / name).stat().st_size for name in names)
    if size > _LARGEST:
        raise ValueError(f"the model has {size} bytes, the host target takes {_LARGEST}")
    whole = onnx.ModelProto()
    whole.CopyFrom(proto)
    onnx.load_external_data_for_model(whole, str(folder))
    return whole


@dataclass
class Tuner:
    """Tunes one model, which is whole: no tensor is in another file.

    Args:
        feed: what it is timed on; None: nothing is timed.
        options: whose numbers of threads count.

    Raises:
        ValueError: onnx.checker refuses the model, or ONNX Runtime does.
    """

    proto: onnx.ModelProto
    tier: str
    feed: "Feed | None"
    options: "SessionOptions | None" = None
    _optimised: dict[Any, tuple[onnx.ModelProto, Report]] = field(default_factory=dict)

    def run(self) -> tuple[onnx.ModelProto, Report]:
        """The tuned model, or the original where that is as fast, and the report."""
        if tied_to(self.proto) is not None:
            raise ValueError("the model is a host model already: tune the original")
        try:
            onnx.checker.check_model(self.proto)
        except onnx.checker.ValidationError as error:
            raise ValueError(f"onnx.checker refuses the model: {error}") from None
        ways = self._ways()
        choices = {operator: options[0] for operator, options in ways.items()}
        if not ways:
            _, report = rewrite(self.proto, self.tier, None)
            report.target = "host"
            report.note = "no activation to replace: the original is returned"
            return self.proto, report
        if self.feed is not None:
            run(self._original, self.feed)  # inputs that it refuses get their own error
            for operator, options in ways.items():
                tried = [choices | {operator: way} for way in options]
                sessions = [self.session(self._build(choice)[0]) for choice in tried]
                times = timing.medians(sessions, self.feed, _SECONDS)
                choices = tried[times.index(min(times))]
        proto, report = self._build(choices)
        report.target, report.choices = "host", choices
        if not report.total:
            report.note = "ONNX Runtime's own are as fast: the original is returned"
            return self.proto, report
        if self.feed is None:
            return proto, report
        before, after = timing.medians(
            [self._original, self.session(proto)], self.feed, 2 * _SECONDS
        )
        report.before_ms, report.after_ms = before, after
        if before < after * _GAIN:
            left = Report(left_alone=report.left_alone, target="host", choices=choices)
            left.before_ms, left.after_ms = before, after
            left.note = f"{before / after:.3f} times as fast: the original is returned"
            return self.proto, left
        return proto, report

    @cached_property
    def _original(self) -> "InferenceSession":
        return self.session(self.proto)

    def session(self, proto: onnx.ModelProto) -> "InferenceSession":
        """Of the original, or of a model that is tuned, which ONNX Runtime must take as it is."""
        import onnxruntime

        options = self._new_options()
        if tied_to(proto) is not None:
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        return open_session(proto.SerializeToString(), options)

    def _new_options(self) -> "SessionOptions":
        import onnxruntime

        from edgeact.onnx import register

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # it warns that an optimised model is of one machine
        if self.options is not None:
            options.intra_op_num_threads = self.options.intra_op_num_threads
            options.inter_op_num_threads = self.options.inter_op_num_threads
            options.execution_mode = self.options.execution_mode
        register(options)
        return options

    def _ways(self) -> dict[str, list[str]]:
        """The ways of each activation in the model, what is likeliest to be best first; where
        nothing is timed it is taken."""
        _, portable = rewrite(self.proto, self.tier, None)
        ways = {operator: [FUSED, NATIVE, RUNTIME] for operator in portable.fused}
        for operator in portable.replaced:
            ways.setdefault(operator, [NATIVE, RUNTIME])
        if self.tier != "exact" and self._floats_alone:
            optimised, _ = self._optimise(frozenset(), frozenset())
            for node in nodes(optimised.graph):
                single = _single(node)
                if single is not None:
                    ways.setdefault(single, [RUNTIME, NATIVE])
        return ways

    def _build(self, choices: Mapping[str, str]) -> tuple[onnx.ModelProto, Report]:
        """The model with each activation computed in the way that was chosen for it."""
        left = frozenset(op for op, way in choices.items() if way == RUNTIME)
        native = frozenset(op for op, way in choices.items() if way == NATIVE)
        optimised, report = self._optimise(left, native)
        proto = onnx.ModelProto()
        proto.CopyFrom(optimised)
        report = Report(dict(report.replaced), dict(report.fused), report.left_alone.copy())
        for node in nodes(proto.graph):
            operator = _single(node)
            if operator in native and self._floats_alone:
                _become(node, operator, {"tier": tier_of(operator, self.tier)})
                report.replaced[operator] = report.replaced.get(operator, 0) + 1
        report.left_alone[:] = [e for e in report.left_alone if e.operator not in native]
        if not any(opset.domain == bodies.DOMAIN for opset in proto.opset_import):
            proto.opset_import.append(helper.make_opsetid(bodies.DOMAIN, bodies.VERSION))
        del proto.functions[:]  # edgeact is registered wherever a host model runs
        helper.set_model_props(
            proto, {e.key: e.value for e in proto.metadata_props} | {KEY: here()}
        )
        return proto, report

    def _optimise(
        self, left: frozenset[str], native: frozenset[str]
    ) -> tuple[onnx.ModelProto, Report]:
        """The rewritten model as ONNX Runtime optimises it, edgeact's operators inside."""
        key = left, native
        if key not in self._optimised:
            rewritten, report = rewrite(self.proto, self.tier, None, left, native)
            self._optimised[key] = self._through_runtime(rewritten), report
        return self._optimised[key]

    def _through_runtime(self, rewritten: onnx.ModelProto) -> onnx.ModelProto:
        disguised = onnx.ModelProto()
        disguised.CopyFrom(rewritten)
        hidden: dict[float, onnx.NodeProto] = {}
        for node in nodes(disguised.graph):
            if node.domain == bodies.DOMAIN and self._can_hide(node):
                alpha = _SENTINEL - len(hidden)
                hidden[alpha] = onnx.NodeProto()
                hidden[alpha].CopyFrom(node)
                _become(node, "QuickGelu", {"alpha": alpha}, _MICROSOFT)
        if hidden and not any(o.domain == _MICROSOFT for o in disguised.opset_import):
            disguised.opset_import.append(helper.make_opsetid(_MICROSOFT, 1))
        optimised = self._optimised_by_runtime(disguised)
        for node in nodes(optimised.graph):
            if (node.domain, node.op_type) == (_MICROSOFT, "QuickGelu"):
                was = hidden.pop(helper.get_node_attr_value(node, "alpha"), None)
                if was is not None:
                    node.domain, node.op_type = was.domain, was.op_type
                    del node.attribute[:]
                    node.attribute.extend(was.attribute)
        if hidden:  # computed in advance, from constants: not by what was meant
            return self._optimised_by_runtime(rewritten)
        return optimised

    def _can_hide(self, node: onnx.NodeProto) -> bool:
        """Whether it is a function of each element of one float32 tensor, as QuickGelu is."""
        inputs = [name for name in node.input if name]
        elementwise = node.op_type in bodies.OPERATORS and len(inputs) == len(node.output) == 1
        return elementwise and self._floats_alone

    @cached_property
    def _floats_alone(self) -> bool:
        """Whether all floats of the model are float32."""
        other = {onnx.TensorProto.FLOAT16, onnx.TensorProto.DOUBLE, onnx.TensorProto.BFLOAT16}
        infos = (*self.proto.graph.input, *self.proto.graph.output, *self.proto.graph.value_info)
        types = {info.type.tensor_type.elem_type for info in infos}
        for graph in files.graphs(self.proto.graph):
            types |= {tensor.data_type for tensor in files.tensors(graph)}
            for node in graph.node:
                types |= {a.i for a in node.attribute if a.name in ("to", "dtype")}
        return not types & other

    def _optimised_by_runtime(self, proto: onnx.ModelProto) -> onnx.ModelProto:
        options = self._new_options()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.onnx")
            options.optimized_model_filepath = path
            open_session(proto.SerializeToString(), options)
            return onnx.load(path)


def open_session(data: bytes, options: "SessionOptions") -> "InferenceSession":
    """
    Raises:
        ValueError: ONNX Runtime refuses the model.
    """
    import onnxruntime

    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's exceptions have no common base but this
        raise ValueError(f"ONNX Runtime refuses the model: {error}") from error


def run(session: "InferenceSession", feed: "Feed") -> list[Any]:
    """
    Raises:
        ValueError: it does not run on these inputs.
    """
    try:
        return list(session.run(None, feed))
    except Exception as error:  # ONNX Runtime's exceptions have no common base but this
        raise ValueError(f"the model does not run on these inputs: {error}") from error


def nodes(graph: onnx.GraphProto) -> Iterator[onnx.NodeProto]:
    """Of the graph and of the graphs inside it."""
    for part in files.graphs(graph):
        yield from part.node


def _single(node: onnx.NodeProto) -> str | None:
    alpha = None
    if node.op_type == "QuickGelu":
        alpha = float(helper.get_node_attr_value(node, "alpha"))
    if len([name for name in node.input if name]) != 1:  # FastGelu may add a bias
        return None
    return SINGLE.get((node.domain, node.op_type, alpha))


def _become(
    node: onnx.NodeProto, op_type: str, attributes: Mapping[str, Any], domain: str = bodies.DOMAIN
) -> None:
    node.domain, node.op_type = domain, op_type
    del node.attribute[:]
    del node.input[1:]
    node.attribute.extend(helper.make_attribute(k, v) for k, v in attributes.items())
