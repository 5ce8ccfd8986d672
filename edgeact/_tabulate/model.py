"""A table as an ONNX model: the operator Tabulated of domain ai.edgeact, and its body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
import onnx.parser
from onnx import TensorProto, helper

from edgeact._tabulate.table import MAX_DEGREE, Table
from edgeact._tabulate.tabulated import TableCertificate
from edgeact.onnx.bodies import DOMAIN, IR_VERSION, TABULATED, VERSION
from edgeact.onnx.expressions import steps
from edgeact.onnx.files import graphs

OPSET = 13
ATTRIBUTES = ("lo", "hi", "scale", "offset", "below", "above", "segments", "coefficients")

# One body does for every table: coefficients has a row for each power up to MAX_DEGREE, those
# beyond the table's degree 0. Round is to nearest, ties to even, as in the kernels.
_NUMBERS = "\n".join(
    f"{name} = Constant <value_float: float = @{name}> ()"
    for name in ("lo", "hi", "scale", "offset")
)
_LINE = """
    ${name}_line = Constant <value_floats: floats = @${name}> ()
    ${name}_0 = Gather(${name}_line, first)
    ${name}_1 = Gather(${name}_line, second)
"""


def _body(opset: int) -> str:
    rows = ", ".join(f"row{k}" for k in range(MAX_DEGREE + 1))
    count = f" <num_outputs = {MAX_DEGREE + 1}> " if opset >= 18 else ""
    horner = f"c{MAX_DEGREE}"
    for k in range(MAX_DEGREE - 1, -1, -1):
        horner = f"c{k} + t * ({horner})"
    return "\n".join(
        [
            _NUMBERS,
            "first = Constant <value_int = 0> () second = Constant <value_int = 1> ()",
            *(_LINE.replace("${name}", name) for name in ("below", "above")),
            "table = Constant <value_floats: floats = @coefficients> ()",
            f"{rows} = Split{count}(table)",
            "segments = Constant <value_int: int = @segments> ()",
            steps("u = Min(Max(x, lo), hi) * scale + offset\nm = Round(u)\nt = u - m"),
            f"number = Cast <to = {int(TensorProto.INT64)}> (m)",
            "index = Mod(number, segments)",
            *(f"c{k} = Gather(row{k}, index)" for k in range(MAX_DEGREE + 1)),
            steps(f"inside = {horner}"),
            steps(
                "under = Where(Equal(below_1, 0), below_0, below_0 + below_1 * x)\n"
                "over = Where(Equal(above_1, 0), above_0, above_0 + above_1 * x)\n"
                "y = Where(x < lo, under, Where(x > hi, over, inside))"
            ),
        ]
    ).replace("$type", "float")


def body(opset: int = OPSET) -> onnx.FunctionProto:
    """The operator in operators of this opset, 13 or later."""
    return onnx.parser.parse_function(
        f'<domain: "{DOMAIN}", opset_import: ["": {opset}]>'
        f"{TABULATED} <{', '.join(ATTRIBUTES)}> (x) => (y) {{ {_body(opset)} }}"
    )


def attributes(table: Table) -> dict[str, Any]:
    """What a node of the operator says of its table."""
    grid = table.grid
    rows = np.zeros((MAX_DEGREE + 1, grid.segments), np.float32)
    rows[: table.degree + 1] = table.coefficients
    return {
        "lo": float(grid.lo),
        "hi": float(grid.hi),
        "scale": float(grid.scale),
        "offset": float(grid.offset),
        "below": list(table.below),
        "above": list(table.above),
        "segments": grid.segments,
        "coefficients": rows.ravel().tolist(),
    }


def node(table: Table, source: str, target: str) -> onnx.NodeProto:
    """The table as a node."""
    return helper.make_node(TABULATED, [source], [target], domain=DOMAIN, **attributes(table))


def provide_body(proto: onnx.ModelProto) -> None:
    """Add the operator's body to a model, of opset 13 or later, that has such nodes."""
    nodes = (node for graph in graphs(proto.graph) for node in graph.node)
    if any(node.op_type == TABULATED and node.domain == DOMAIN for node in nodes):
        opsets = {opset.domain: opset.version for opset in proto.opset_import}
        proto.functions.append(body(opsets[""]))


def model(
    table: Table, certificate: TableCertificate, shape: Sequence[int | str | None]
) -> onnx.ModelProto:
    """One node, from x to y of this shape."""
    x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in "xy")
    graph = helper.make_graph([node(table, "x", "y")], certificate.function, [x], [y])
    made = helper.make_model(
        graph,
        producer_name="edgeact",
        producer_version=certificate.version,
        doc_string=str(certificate),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(DOMAIN, VERSION)],
        functions=[body()],
        ir_version=IR_VERSION,
    )
    onnx.checker.check_model(made)
    return made
