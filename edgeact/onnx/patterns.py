"""The activations that `accelerate` recognises, as formulas (see formulas.py)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import onnx_ir as ir

from edgeact.onnx import bodies, formulas

_DOUBLE, _FLOAT16 = ir.DataType.DOUBLE, ir.DataType.FLOAT16
_BFLOAT16 = ir.DataType.BFLOAT16

Parameters = dict[str, "float | ir.Attr"]


@dataclass(frozen=True)
class Rule:
    """One activation.

    operator  what computes it in domain ai.edgeact
    formulas  ways to write it
    kept      why it is left as it is in tiers other than exact; None: it is replaced
    slow      element types for which `kept` does not hold
    by_conv   `kept` holds right after a Conv only
    given     parameters of the operator that the formulas do not name
    valid     whether the formulas are the operator with these parameters
    """

    operator: str
    formulas: tuple[str, ...]
    kept: str | None = None
    slow: tuple[ir.DataType, ...] = (_DOUBLE, _FLOAT16, _BFLOAT16)
    by_conv: bool = False
    given: tuple[tuple[str, float], ...] = ()
    valid: Callable[[dict[str, "float | ir.Attr"]], bool] = lambda parameters: True


@dataclass
class Found:
    """An activation in a graph: the rule that it fits, its input, and the nodes that compute it,
    of which `last` has its output."""

    operator: str
    rule: Rule
    x: ir.Value
    tensors: list[ir.Value]
    last: ir.Node
    nodes: list[ir.Node]
    numbers: tuple[tuple[ir.Value, float], ...]
    constants: tuple[ir.Value, ...]
    attributes: dict[str, ir.Attr]


def find(node: ir.Node) -> Iterator[Found]:
    """The activations that this is the last node of, the likeliest first."""
    if node.domain not in ("", "ai.onnx") or len(node.outputs) != 1:
        return
    for rule in RULES:
        for formula in rule.formulas:
            for match in formulas.matches(formula, node.outputs[0]):
                if rule.valid(dict(match.parameters)):
                    yield _found(rule, match, node)


def _found(rule: Rule, match: formulas.Match, node: ir.Node) -> Found:
    spec = bodies.SPECS[rule.operator]
    names = list(spec.params)
    tensors, attributes = names[: spec.tensors], names[spec.tensors :]
    parameters = {name.lower(): value for name, value in match.parameters.items()}
    parameters |= dict(rule.given)
    return Found(
        rule.operator,
        rule,
        x=match.values["x"],
        tensors=[match.values[name] for name in tensors],
        last=node,
        nodes=list(dict.fromkeys(match.nodes)),
        numbers=match.numbers,
        constants=match.constants,
        attributes={n: _attribute(n, parameters.get(n, spec.params[n])) for n in attributes},
    )


def _attribute(name: str, value: "float | ir.Attr | None") -> ir.Attr:
    if isinstance(value, ir.Attr):
        return ir.RefAttr(name, value.ref_attr_name or "", value.type)
    if value is None:
        raise AssertionError(f"no rule gives {name}")
    return ir.AttrFloat32(name, value)


def used_elsewhere(value: ir.Value, found: Found) -> bool:
    """Whether anything but the activation needs the value."""
    return value.is_graph_output() or any(use.node not in found.nodes for use in value.uses())


def _up_to_1(parameters: Parameters) -> bool:
    slope = parameters["SLOPE"]
    return isinstance(slope, float) and slope <= 1


def _positive(parameters: Parameters) -> bool:
    return all(isinstance(value, float) and value > 0 for value in parameters.values())


def _ordered(parameters: Parameters) -> bool:
    low, high = parameters["MIN_VAL"], parameters["MAX_VAL"]
    return isinstance(low, float) and isinstance(high, float) and low <= high


def _gated(formulas_: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"({formula}) * up" for formula in formulas_)


_FUSED = "ONNX Runtime fuses it"
_FUSED_BY_CONV = "ONNX Runtime fuses it with the Conv"
_ONE_NODE = "ONNX Runtime computes it in one node"
_TWO_NODES = "ONNX Runtime computes it faster in two nodes"
# Measured: of float64 it computes only comparisons as fast, of float16 also these.
_WIDE, _HALF_TOO = (_FLOAT16, _BFLOAT16), (_DOUBLE, _BFLOAT16)
_ALL_BUT_HALF = (ir.DataType.FLOAT, _DOUBLE, _BFLOAT16)

# PyTorch's dynamo exporter takes |x| of 16 bits in float32, which changes nothing.
_HALF_ABS = [f"Cast(Abs(Cast(x, to=1)), to={to})" for to in (10, 16)]
_SILU = ("x * Sigmoid(x)", "x * Sigmoid(1.0 * x)", "x / (1 + Exp(-x))", "Swish(x, alpha=1.0)")
_GELU = (
    "0.5 * x * (1 + Erf(0.7071067811865476 * x))",
    "0.5 * x * (1 - Erf(-0.7071067811865476 * x))",
    "x * (0.5 + 0.5 * Erf(0.7071067811865476 * x))",
)
_GELU_TANH = (
    "0.5 * x * (1 + Tanh(0.7978845608028654 * (x + 0.044715 * x**3)))",
    "0.5 * x * (1 + Tanh(0.7978845608028654 * x * (1 + 0.044715 * x**2)))",
    "x * Sigmoid(1.5957691216057308 * (x + 0.044715 * x**3))",
)
_HARD_SIGMOID = "HardSigmoid(x, alpha=0.16666666666666666, beta=0.5)"
_EXPM1_BELOW = "(Exp(x) - 1)", "(Exp(Min(x, 0)) - 1)"
_SELU_ALPHA, _SELU_GAMMA = 1.6732632423543772, 1.0507009873554805

SMOOTH = (
    Rule("Mish", ("Mish(x)", "x * Tanh(Softplus(x))")),
    Rule("LogSigmoid", ("Log(Sigmoid(x))", "-Softplus(-x)", "Min(x, 0) - Log(1 + Exp(-Abs(x)))")),
    Rule("Softplus", ("Softplus(x)",)),
    Rule(
        "SoftplusBeta",
        (
            "Where(x * BETA > THRESHOLD, x, Softplus(x * BETA) / BETA)",
            "Where(x > THRESHOLD, x, Softplus(x))",
        ),
        valid=_positive,
    ),
    Rule(
        "SoftplusBeta",
        ("Softplus(x * BETA) / BETA",),
        given=(("threshold", float("inf")),),
        valid=_positive,
    ),
    Rule("Softsign", ("Softsign(x)", *(f"x / (1 + {a})" for a in ("Abs(x)", *_HALF_ABS)))),
    Rule("TanhShrink", ("x - Tanh(x)",), _TWO_NODES, _HALF_TOO),
    Rule("Silu", ("Mul(x, only.Sigmoid(x))", "Mul(x, only.Sigmoid(Mul(x, 1.0)))"), _FUSED),
    Rule("Silu", _SILU),
    Rule("GeluQuick", ("Mul(x, only.Sigmoid(Mul(x, 1.702)))",), _FUSED),
    Rule("GeluQuick", ("x * Sigmoid(1.702 * x)",)),
    Rule("GeluTanh", ('Gelu(x, approximate="tanh")',), _ONE_NODE),
    Rule("GeluTanh", _GELU_TANH),
    Rule("Swish", ("Mul(x, only.Sigmoid(Mul(x, BETA)))",), _FUSED),
    Rule("Swish", ("x * Sigmoid(x * BETA)", "Swish(x, alpha=BETA)")),
    Rule(
        "Gelu",
        (
            'Gelu(x, approximate="none")',
            "Mul(0.5, Mul(x, Add(1, Erf(Div(x, 1.4142135623730951)))))",
            "Mul(Add(1, Erf(Div(x, 1.4142135623730951))), Mul(0.5, x))",
        ),
        _FUSED,
    ),
    Rule("Gelu", _GELU),
    Rule("Sigmoid", ("only.Sigmoid(x)",), _ONE_NODE, _HALF_TOO),
    Rule("Sigmoid", ("Sigmoid(x)",)),
    Rule("Tanh", ("Tanh(x)",), _ONE_NODE, _HALF_TOO),
    Rule("Erf", ("Erf(x)",), _ONE_NODE),
    Rule("Exp", ("Exp(x)",), _ONE_NODE, _HALF_TOO),
    Rule("Expm1", ("Exp(x) - 1",), _TWO_NODES, _ALL_BUT_HALF),
    Rule("Log1p", ("Log(x + 1)",)),
)
EXPONENTIAL_UNITS = (
    Rule(
        "Selu",
        (
            f"Selu(x, alpha={_SELU_ALPHA}, gamma={_SELU_GAMMA})",
            f"{_SELU_GAMMA} * Elu(x, alpha={_SELU_ALPHA})",
            *(
                formula
                for below in _EXPM1_BELOW
                for formula in (
                    f"{_SELU_GAMMA} * Bend(x, x, {_SELU_ALPHA} * {below})",
                    f"Bend(x, {_SELU_GAMMA} * x, {_SELU_GAMMA * _SELU_ALPHA} * {below})",
                    f"{_SELU_GAMMA} * (Relu(x) + Min({_SELU_ALPHA} * {below}, 0))",
                )
            ),
            f"Bend(x, {_SELU_GAMMA} * x, {_SELU_GAMMA} * ({_SELU_ALPHA} * Exp(x) - {_SELU_ALPHA}))",
        ),
    ),
    Rule("Elu", ("Elu(x, alpha=ALPHA)",)),
    Rule("Celu", ("Celu(x, alpha=ALPHA)",)),
    Rule(
        "Elu",
        (
            *(
                formula
                for below in _EXPM1_BELOW
                for formula in (
                    f"Bend(x, x, ALPHA * {below})",
                    f"Bend(x, x, {below})",
                    f"Relu(x) + Min(ALPHA * {below}, 0)",
                    f"Relu(x) + Min({below}, 0)",
                )
            ),
            "Relu(x) + ALPHA * (Exp(Min(x, 0)) - 1)",
            "Relu(x) + (Exp(Min(x, 0)) - 1)",
            "Relu(x) - Relu(1 - Exp(x))",
        ),
        valid=_positive,
    ),
    Rule(
        "Celu",
        (
            "Bend(x, x, ALPHA * (Exp(x / ALPHA) - 1))",
            "Relu(x) + Min(ALPHA * (Exp(x / ALPHA) - 1), 0)",
        ),
        valid=_positive,
    ),
)
PIECEWISE = (
    Rule(
        "HardSwish",
        ("HardSwish(x)", f"Mul(x, {_HARD_SIGMOID})"),
        _FUSED_BY_CONV,
        by_conv=True,
    ),
    Rule("HardSwish", ("x * Relu6(x + 3) * 0.16666666666666666", "x * SixthRelu6(x)")),
    Rule("HardSigmoid", (_HARD_SIGMOID,), _ONE_NODE, _ALL_BUT_HALF),
    Rule("HardSigmoid", (_HARD_SIGMOID,), _FUSED_BY_CONV, by_conv=True),
    Rule("HardSigmoid", ("SixthRelu6(x)",)),
    Rule(
        "HardSigmoidAffine",
        ("HardSigmoid(x, alpha=ALPHA, beta=BETA)",),
        _FUSED_BY_CONV,
        by_conv=True,
    ),
    Rule("HardSigmoidAffine", ("Clip(x * ALPHA + BETA, 0, 1)",)),
    Rule("SquaredRelu", ("Relu(x) ** 2",)),
    Rule("Relu", ("Relu(x)",), _ONE_NODE, _WIDE),
    Rule("Relu6", ("only.Clip(x, 0, 6)",), _ONE_NODE, _WIDE),
    Rule("Relu6", ("Relu6(x)",)),
    Rule("HardTanh", ("only.Clip(x, MIN_VAL, MAX_VAL)",), _ONE_NODE, _WIDE, valid=_ordered),
    Rule("HardTanh", ("Clip(x, MIN_VAL, MAX_VAL)",), valid=_ordered),
    Rule("LeakyRelu", ("LeakyRelu(x, alpha=SLOPE)",), _FUSED_BY_CONV, by_conv=True),
    Rule("LeakyRelu", ("Bend(x, x, x * SLOPE)",)),
    Rule("LeakyRelu", ("Max(x, x * SLOPE)",), valid=_up_to_1),
    Rule("PRelu", ("PRelu(x, slope)",), _ONE_NODE),
    Rule("PRelu", ("Bend(x, x, x * slope)",)),
    Rule("ThresholdedRelu", ("ThresholdedRelu(x, alpha=ALPHA)", "Where(x <= ALPHA, 0, x)")),
    Rule("ThresholdedRelu", ("Where(x > ALPHA, x, 0)",)),
    Rule("HardShrink", ("Shrink(x, bias=0.0, lambd=LAMBD)", "Where(Abs(x) <= LAMBD, 0, x)")),
    Rule(
        "HardShrink",
        (
            "Where(Abs(x) > LAMBD, x, 0)",
            *(f"Where(Cast({a}, to=1) <= LAMBD, 0, x)" for a in _HALF_ABS),
            "Where(Or(Cast(x > LAMBD, to=9), Cast(x < -LAMBD, to=9)), x, 0)",
            "Where(x < -LAMBD, x, Where(x > LAMBD, x, 0))",
            "Where(x < -LAMBD, x + 0, Where(x > LAMBD, x - 0, 0))",
        ),
    ),
    Rule(
        "SoftShrink",
        (
            "Shrink(x, bias=LAMBD, lambd=LAMBD)",
            "x - Clip(x, -LAMBD, LAMBD)",
            "Sign(x) * Relu(Abs(x) - LAMBD)",
            "Where(x < -LAMBD, x + LAMBD, Where(x > LAMBD, x - LAMBD, 0))",
            "Where(x < -LAMBD, x + LAMBD, 0) + Where(x > LAMBD, x - LAMBD, 0)",
            "Where(Abs(x) > LAMBD, x - LAMBD * Sign(x), 0 * x)",
            *(f"Where(Cast({a}, to=1) > LAMBD, x - LAMBD * Sign(x), 0 * x)" for a in _HALF_ABS),
        ),
        valid=_positive,
    ),
)
GATED = (
    Rule("SwiGlu", _gated(_SILU)),
    Rule("GeGlu", _gated((*_GELU, 'Gelu(x, approximate="none")'))),
    Rule("GeGluTanh", _gated((*_GELU_TANH, 'Gelu(x, approximate="tanh")'))),
    Rule("ReGlu", ("Relu(x) * up",)),
    Rule("Glu", ("x * Sigmoid(gate)",), "ONNX Runtime is as fast in two nodes", _HALF_TOO),
)

RULES = (*SMOOTH, *EXPONENTIAL_UNITS, *PIECEWISE, *GATED)
