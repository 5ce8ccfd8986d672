"""The activations that `accelerate` recognises, written in onnxscript's pattern language."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import onnx_ir as ir
from onnxscript.rewriter.pattern import (
    AttrVar,
    Constant,
    OpsetPatternBuilder,
    OrValue,
    Pattern,
    Var,
)

Value = Any  # onnxscript exports no type for the values of a pattern

# What the constants of the patterns must be, by the part they play there.
CONSTANTS = {
    "half": 0.5,
    "one": 1.0,
    "unit": 1.0,
    "exponent": 3.0,
    "slope": 0.7978845608028654,
    "bend": 0.044715,
    "root2": 2**0.5,
    "inverse_root2": 0.5**0.5,
    "offset": 3.0,
    "floor": 0.0,
    "cap": 6.0,
    "divisor": 6.0,
    "sixth": 1 / 6,
}

# The attributes that an operator of ai.edgeact takes over, and what they are when not given.
ATTRIBUTES = {"alpha": 1.0}


@dataclass(frozen=True)
class Rule:
    """One activation.

    operator  what computes it in domain ai.edgeact
    writings  gives every way to write it in ONNX, as the value that is computed last
    kept      why it is left as it is; None: it is replaced
    """

    operator: str
    writings: Callable[[OpsetPatternBuilder, Var], list[Value]]
    kept: str | None = None


@dataclass
class Found:
    """An activation in a graph: the rule that it fits, its input, and the nodes that compute it,
    of which `last` has its output."""

    operator: str
    kept: str | None
    x: ir.Value
    last: ir.Node
    nodes: list[ir.Node]
    constants: dict[str, ir.Value]
    attributes: dict[str, ir.Attr]


def find(model: ir.Model, graph: ir.Graph, node: ir.Node) -> Found | None:
    """The activation whose last node this is."""
    for rule, pattern in _patterns()[node.op_type]:
        match = pattern.match(model, graph, node, check_nodes_are_removable=False)
        if match:
            parts = match.bindings
            return Found(
                rule.operator,
                rule.kept,
                x=parts["x"],
                last=node,
                nodes=list(match.nodes),
                constants={name: parts[name] for name in CONSTANTS if name in parts},
                attributes={
                    name: parts[name] or ir.AttrFloat32(name, default)
                    for name, default in ATTRIBUTES.items()
                    if name in parts
                },
            )
    return None


def used_elsewhere(value: ir.Value, found: Found) -> bool:
    """Whether anything but the activation needs the value."""
    return value.is_graph_output() or any(use.node not in found.nodes for use in value.uses())


@cache
def _patterns() -> dict[str, list[tuple[Rule, Pattern]]]:
    """Every writing of every rule, by the operator that it ends with."""
    patterns = defaultdict(list)
    for rule in RULES:
        for i, writing in enumerate(rule.writings(OpsetPatternBuilder(""), Var("x"))):
            patterns[writing.producer().op_type].append((rule, _pattern(rule, i)))
    return patterns


def _pattern(rule: Rule, i: int) -> Pattern:
    def writing(op: OpsetPatternBuilder, x: Var) -> Value:
        return rule.writings(op, x)[i]

    return Pattern(writing)


def _constant(name: str) -> Value:
    # Found when it is about right: the report names the constants that are not quite right.
    value = CONSTANTS[name]
    return OrValue([Constant(value, rel_tol=1e-2), Constant([value], rel_tol=1e-2)], name=name)


def _add(op: OpsetPatternBuilder, a: Value, b: Value) -> Value:
    return OrValue([op.Add(a, b), op.Add(b, a)])


def _mul(op: OpsetPatternBuilder, a: Value, b: Value) -> Value:
    return OrValue([op.Mul(a, b), op.Mul(b, a)])


def _product(op: OpsetPatternBuilder, a: Value, b: Value, *rest: Value) -> list[Value]:
    """Two or three factors, in every order."""
    if not rest:
        return [op.Mul(a, b), op.Mul(b, a)]
    (c,) = rest
    return [
        writing
        for p, q, r in ((a, b, c), (b, c, a), (c, a, b))
        for writing in _product(op, p, _mul(op, q, r))
    ]


def _softplus(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.Softplus(x), op.Log(_add(op, op.Exp(x), _constant("one")))]


def _mish(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.Mish(x), *_product(op, x, op.Tanh(OrValue(_softplus(op, x))))]


def _elu(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.Elu(x, alpha=AttrVar("alpha", can_match_none=True))]


def _celu(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.Celu(x, alpha=AttrVar("alpha", can_match_none=True))]


def _selu(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    # The defaults of ONNX, and what exporters write: the paper's constants in float32.
    alpha, gamma = 1.6732631921768188, 1.0507010221481323
    return [op.Selu(x, _allow_other_attributes=False), op.Selu(x, alpha=alpha, gamma=gamma)]


def _thresholded_relu(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.ThresholdedRelu(x, alpha=AttrVar("alpha", can_match_none=True))]


def _softsign(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.Softsign(x)]


def _log_sigmoid(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.Log(op.Sigmoid(x))]


def _silu(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.Swish(x, alpha=1.0), op.Swish(x, _allow_other_attributes=False)]


def _silu_kept(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return _product(op, x, op.Sigmoid(OrValue([_mul(op, x, _constant("one")), x])))


def _gelu_tanh(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    cube = OrValue([op.Pow(x, _constant("exponent")), *_product(op, x, op.Mul(x, x))])
    sum_form = _mul(op, _constant("slope"), _add(op, x, _mul(op, _constant("bend"), cube)))
    square = OrValue(_product(op, _constant("bend"), x, x))
    product_form = _product(op, _constant("slope"), x, _add(op, _constant("unit"), square))
    tanh = op.Tanh(OrValue([sum_form, *product_form]))
    return _product(op, _constant("half"), x, _add(op, _constant("one"), tanh))


def _gelu_tanh_kept(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.Gelu(x, approximate="tanh")]


def _gelu(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    by_product = _add(op, op.Erf(_mul(op, x, _constant("inverse_root2"))), _constant("one"))
    by_quotient = _mul(op, _constant("half"), _erf_by_quotient(op, x))
    return [*_product(op, _constant("half"), x, by_product), *_product(op, x, by_quotient)]


def _gelu_kept(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    half, gate = _constant("half"), _erf_by_quotient(op, x)
    return [
        op.Gelu(x, approximate="none"),
        op.Gelu(x, _allow_other_attributes=False),
        *_product(op, half, _mul(op, x, gate)),
        *_product(op, gate, _mul(op, half, x)),
    ]


def _erf_by_quotient(op: OpsetPatternBuilder, x: Var) -> Value:
    return _add(op, op.Erf(op.Div(x, _constant("root2"))), _constant("one"))


def _hard_swish(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    shifted = _add(op, x, _constant("offset"))
    by_inputs = op.Clip(shifted, _constant("floor"), _constant("cap"))
    by_attributes = op.Clip(shifted, min=0.0, max=6.0)
    relu6, divisor = OrValue([by_inputs, by_attributes]), _constant("divisor")
    return [
        op.Div(_mul(op, x, relu6), divisor),
        *_product(op, x, op.Div(relu6, divisor)),
        *_product(op, op.Div(x, divisor), relu6),
        *_product(op, x, relu6, _constant("sixth")),
    ]


def _hard_swish_kept(op: OpsetPatternBuilder, x: Var) -> list[Value]:
    return [op.HardSwish(x)]


_FUSED = "ONNX Runtime fuses it"

RULES = (
    Rule("Mish", _mish),
    Rule("Softplus", _softplus),
    Rule("Elu", _elu),
    Rule("Celu", _celu),
    Rule("Selu", _selu),
    Rule("ThresholdedRelu", _thresholded_relu),
    Rule("Softsign", _softsign),
    Rule("LogSigmoid", _log_sigmoid),
    Rule("Silu", _silu),
    Rule("Silu", _silu_kept, _FUSED),
    Rule("GeluTanh", _gelu_tanh),
    Rule("GeluTanh", _gelu_tanh_kept, "ONNX Runtime computes it in one node"),
    Rule("Gelu", _gelu),
    Rule("Gelu", _gelu_kept, _FUSED),
    Rule("HardSwish", _hard_swish),
    Rule("HardSwish", _hard_swish_kept, _FUSED),
)
