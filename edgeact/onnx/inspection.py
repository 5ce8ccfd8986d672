"""The activations of a model and the time that ONNX Runtime's profile gives them."""

import json
import os
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import onnx
import onnx_ir as ir
from onnx import defs

from edgeact.onnx import host, rewrite
from edgeact.onnx.report import Inspection, Kind

if TYPE_CHECKING:
    from edgeact.onnx.inputs import Feed

_RUNS = 5
_PREFIX = "edgeact "  # of the names that tell the nodes apart in the profile
_SUFFIX = "_kernel_time"


def inspect(proto: onnx.ModelProto, feed: "Feed") -> Inspection:
    """
    Raises:
        ValueError: the model is malformed, or does not run.
    """
    named = onnx.ModelProto()
    named.CopyFrom(proto)
    for i, proto_node in enumerate(host.nodes(named.graph)):
        proto_node.name = f"{_PREFIX}{i}"
    counts: Counter[tuple[str, str]] = Counter()
    reasons: dict[tuple[str, str], Counter[str]] = {}
    owner: dict[str, tuple[str, str]] = {}  # by the name of a node
    inlined: dict[str, tuple[str, str]] = {}  # by the type of a node that has lost its name
    for operator, nodes, reason in rewrite.decisions(named):
        kind = operator, ", ".join(sorted({node.op_type for node in nodes}))
        counts[kind] += 1
        reasons.setdefault(kind, Counter()).update([] if reason is None else [reason])
        for node in nodes:
            owner[node.name or ""] = kind
            inlined |= dict.fromkeys(_steps(node, proto), kind)
        for fused, of in host.SINGLE.items():
            if of == operator and fused[0]:
                inlined[fused[1]] = kind
    times: Counter[tuple[str, str]] = Counter()
    total = 0
    for event in _profile(named, feed):
        total += event["dur"]
        # ONNX Runtime names a fused node after one of its parts: "part/Fusion/".
        name = event["name"].removesuffix(_SUFFIX).partition("/")[0]
        of_type = None if name.startswith(_PREFIX) else inlined.get(event["args"]["op_name"])
        kind_of = owner.get(name, of_type)
        if kind_of is not None:
            times[kind_of] += event["dur"]
    kinds = [
        Kind(*kind, n, times[kind] / max(total, 1), dict(reasons[kind].most_common()))
        for kind, n in counts.items()
    ]
    return Inspection(sorted(kinds, key=lambda kind: -kind.share), total / 1e3 / _RUNS)


def _steps(node: ir.Node, proto: onnx.ModelProto) -> set[str]:
    """The operators that ONNX Runtime computes the node in, where it has no kernel of its own."""
    opset = next(opset.version for opset in proto.opset_import if opset.domain == "")
    body = defs.get_schema(node.op_type, opset, node.domain).function_body
    return {step.op_type for step in body.node}


def _profile(proto: onnx.ModelProto, feed: "Feed") -> list[dict[str, Any]]:
    """The events of the operators; those that hold others, such as If, are left out."""
    import onnxruntime

    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_profiling = True
        options.profile_file_prefix = os.path.join(folder, "profile")
        session = host.open_session(proto.SerializeToString(), options)
        host.run(session, feed)  # to warm up: its events come first
        for _ in range(_RUNS):
            host.run(session, feed)
        with open(session.end_profiling(), encoding="utf-8") as file:
            events = [e for e in json.load(file) if e.get("cat") == "Node"]
    events = [e for e in events if e["name"].endswith(_SUFFIX)]
    events = [e for e in events if e["args"]["op_name"] not in ("If", "Loop", "Scan")]
    return events[len(events) // (_RUNS + 1) :]
