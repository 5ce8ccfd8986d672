"""Finds formulas, written as Python expressions, in a graph.

``x * Sigmoid(x)`` stands for a Mul of x and of the Sigmoid of x, in either order. Functions are
ONNX's, keywords are attributes; of only.Sigmoid no other spelling is looked for. What is written
with operators is found however it is grouped: factors in any order, a constant factor also as the
division by its inverse, ``x - c`` also as ``x + -c``; a call, such as ``Mul(a, b)``, is found as
that node only, operands commuted. A number stands for a constant that is about right: which it was
is noted, for the caller to judge. Names in capitals stand for constants of any value, others for
any tensor.

>>> text = "g (float[N] x) => (float[N] y) { s = Sigmoid(x) y = Mul(s, x) }"
>>> graph = onnx.parser.parse_graph(text)
>>> [y] = ir.from_proto(graph).outputs
>>> [match.values["x"].name for match in matches("x * Sigmoid(x)", y)]
['x']
"""

import ast
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from typing import Any

import onnx
import onnx.parser
import onnx_ir as ir

_COMMUTATIVE = {"Add", "Mul", "Max", "Min", "Or"}
_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Gt: ("Greater", "Less"),
    ast.Lt: ("Less", "Greater"),
    ast.GtE: ("GreaterOrEqual", "LessOrEqual"),
    ast.LtE: ("LessOrEqual", "GreaterOrEqual"),
}
_ABOUT = 1e-2

# Other ways to write a function of a, b, ...; Bend is a where x > 0 and b elsewhere, and at 0 they
# agree.
_SPELLINGS = {
    "Relu": ("a", ("Max(a, 0)", "Where(a > 0, a, 0)")),
    "Relu6": ("a", ("Clip(a, 0, 6)", "Min(Relu(a), 6)")),
    "Clip": ("abc", ("Min(Max(a, b), c)", "Max(Min(a, c), b)")),
    "Sigmoid": ("a", ("1 / (1 + Exp(-a))", "Reciprocal(1 + Exp(-a))")),
    "Softplus": (
        "a",
        ("Log(Exp(a) + 1)", "Max(a, 0) + Log(1 + Exp(-Abs(a)))", "Relu(a) + Log(1 + Exp(-Abs(a)))"),
    ),
    "SixthRelu6": (
        "a",
        (
            "Relu6(a + 3) * 0.16666666666666666",
            "HardSigmoid(a, alpha=0.16666666666666666, beta=0.5)",
            "Clip(a * 0.16666666666666666 + 0.5, 0, 1)",
        ),
    ),
    "Bend": (
        "xab",
        ("Where(x > 0, a, b)", "Where(x >= 0, a, b)", "Where(x < 0, b, a)", "Where(x <= 0, b, a)"),
    ),
}


@dataclass(frozen=True)
class Match:
    """What a formula was found to be.

    Attributes:
        values: the tensor that each name stands for.
        parameters: the number that each name in capitals stands for, or the attribute of a
            function's caller.
        numbers: the constants that stand for the formula's numbers, and these numbers.
        nodes: what computes the formula, constants apart.
    """

    values: Mapping[str, ir.Value] = field(default_factory=dict)
    parameters: Mapping[str, "float | ir.Attr"] = field(default_factory=dict)
    numbers: tuple[tuple[ir.Value, float], ...] = ()
    constants: tuple[ir.Value, ...] = ()
    nodes: tuple[ir.Node, ...] = ()


def matches(formula: str, value: ir.Value) -> Iterator[Match]:
    """Every way in which the value is the formula."""
    return _value(_parse(formula), value, Match())


@cache
def _parse(formula: str) -> ast.expr:
    return ast.parse(formula, mode="eval").body


def number(value: "ir.Value | None") -> float | None:
    """The only element of a constant."""
    if value is None or value.const_value is None or value.const_value.size != 1:
        return None
    try:
        return float(value.const_value.numpy().item())
    except FileNotFoundError:  # external data of a model whose folder is not known
        return None


def _literal(pattern: ast.expr) -> float | None:
    if isinstance(pattern, ast.UnaryOp) and isinstance(pattern.operand, ast.Constant):
        return -float(str(pattern.operand.value))
    if isinstance(pattern, ast.Constant) and not isinstance(pattern.value, str):
        return float(str(pattern.value))
    return None


def _value(pattern: ast.expr, value: "ir.Value | None", so_far: Match) -> Iterator[Match]:
    if value is None:
        return
    literal = _literal(pattern)
    if literal is not None:
        yield from _number(literal, value, so_far)
    elif isinstance(pattern, ast.Name) and pattern.id.isupper():
        yield from _parameter(pattern.id, number(value), value, so_far)
    elif isinstance(pattern, ast.Name):
        if so_far.values.get(pattern.id, value) is value:
            yield replace(so_far, values={**so_far.values, pattern.id: value})
    elif isinstance(pattern, ast.BinOp) and isinstance(pattern.op, ast.Mult):
        factors = _factors(pattern)
        yield from _product(factors, value, so_far)
        if any(isinstance(f, ast.BinOp) and isinstance(f.op, ast.Pow) for f in factors):
            yield from _product([part for f in factors for part in _powers(f)], value, so_far)
    else:
        for op_type, operands, keywords in _nodes(pattern):
            yield from _node(op_type, operands, keywords, value, so_far)
        if isinstance(pattern, ast.UnaryOp):
            yield from _negated(pattern.operand, value, so_far)
        if isinstance(pattern, ast.BinOp) and isinstance(pattern.op, ast.Pow):
            yield from _product(_powers(pattern), value, so_far)
        if isinstance(pattern, ast.Call) and isinstance(pattern.func, ast.Name):
            names, spellings = _SPELLINGS.get(pattern.func.id, ("", ()))
            for spelling in spellings:
                arguments = dict(zip(names, pattern.args, strict=True))
                yield from _value(_substitute(spelling, arguments), value, so_far)


def _number(expected: float, value: ir.Value, so_far: Match) -> Iterator[Match]:
    given = number(value)
    if given is not None and math.isclose(given, expected, rel_tol=_ABOUT):
        yield replace(so_far, numbers=(*so_far.numbers, (value, expected)))


def _parameter(
    name: str, given: "float | ir.Attr | None", value: "ir.Value | None", so_far: Match
) -> Iterator[Match]:
    if given is not None and so_far.parameters.get(name, given) == given:
        parameters = {**so_far.parameters, name: given}
        constants = so_far.constants if value is None else (*so_far.constants, value)
        yield replace(so_far, parameters=parameters, constants=constants)


def _negated(pattern: ast.expr, value: ir.Value, so_far: Match) -> Iterator[Match]:
    if isinstance(pattern, ast.Name) and pattern.id.isupper():
        given = number(value)
        yield from _parameter(pattern.id, None if given is None else -given, value, so_far)
    else:
        yield from _product([ast.Constant(-1.0), pattern], value, so_far)


def _nodes(pattern: ast.expr) -> Iterator[tuple[str, list[ast.expr], list[ast.keyword]]]:
    """The nodes that a pattern may be."""
    if isinstance(pattern, ast.Call) and isinstance(pattern.func, ast.Name):
        yield pattern.func.id, pattern.args, pattern.keywords
    elif isinstance(pattern, ast.Call) and isinstance(pattern.func, ast.Attribute):
        yield pattern.func.attr, pattern.args, pattern.keywords
    elif isinstance(pattern, ast.UnaryOp):
        yield "Neg", [pattern.operand], []
        yield "Sub", [ast.Constant(0.0), pattern.operand], []
    elif isinstance(pattern, ast.Compare):
        name, reverse = _COMPARISONS[type(pattern.ops[0])]
        left, right = pattern.left, pattern.comparators[0]
        yield name, [left, right], []
        yield reverse, [right, left], []
    elif isinstance(pattern, ast.BinOp):
        left, right = pattern.left, pattern.right
        if isinstance(pattern.op, ast.Pow):
            yield "Pow", [left, right], []
        elif isinstance(pattern.op, ast.Div):
            yield "Div", [left, right], []
        else:
            names = ("Add", "Sub") if isinstance(pattern.op, ast.Add) else ("Sub", "Add")
            yield names[0], [left, right], []
            for a, b in ((left, right), (right, left)):
                literal = _literal(b)
                if literal is not None and (a is left or names[0] == "Add"):
                    yield names[1], [a, ast.Constant(-literal)], []


def _node(
    op_type: str,
    operands: list[ast.expr],
    keywords: list[ast.keyword],
    value: ir.Value,
    so_far: Match,
) -> Iterator[Match]:
    node = value.producer()
    if node is None or node.op_type != op_type or node.domain not in ("", "ai.onnx"):
        return
    inputs = [v for v in node.inputs if v is not None]
    if op_type == "Clip" and len(inputs) == 1 and len(operands) == 3:  # before opset 11
        keywords = [ast.keyword("min", operands[1]), ast.keyword("max", operands[2])]
        operands = operands[:1]
    if len(inputs) != len(operands) or len(inputs) != len(node.inputs):
        return
    for seen in _attributes(node, keywords, replace(so_far, nodes=(*so_far.nodes, node))):
        yield from _operands(operands, inputs, seen)
        if op_type in _COMMUTATIVE and len(inputs) == 2:
            yield from _operands(operands, inputs[::-1], seen)


def _operands(patterns: list[ast.expr], inputs: "list[ir.Value]", so_far: Match) -> Iterator[Match]:
    if not patterns:
        yield so_far
        return
    for match in _value(patterns[0], inputs[0], so_far):
        yield from _operands(patterns[1:], inputs[1:], match)


def _attributes(node: ir.Node, keywords: list[ast.keyword], so_far: Match) -> Iterator[Match]:
    """The attributes that keywords name, of which others are at their defaults."""
    wanted = {str(keyword.arg): keyword.value for keyword in keywords}
    for name, attribute in node.attributes.items():
        if name not in wanted and not _is_default(node, attribute):
            return
    for name, pattern in wanted.items():
        given: Any = node.attributes.get(name)
        if given is None:
            given = _default(node, name)
        elif not given.is_ref():
            given = given.value
        if isinstance(pattern, ast.Name):
            named = next(_parameter(pattern.id, given, None, so_far), None)
            if named is None:
                return
            so_far = named
        elif isinstance(pattern, ast.Constant) and isinstance(pattern.value, str):
            if given != pattern.value:
                return
        else:
            literal = _literal(pattern)
            if not isinstance(given, (float, int)) or literal is None:
                return
            if abs(given - literal) > 2.0**-22 * abs(literal):
                return
    yield so_far


def _default(node: ir.Node, name: str) -> Any:
    for opset in (node.version, onnx.defs.onnx_opset_version()):
        try:
            schema = onnx.defs.get_schema(node.op_type, opset) if opset else None
        except onnx.defs.SchemaError:
            continue
        attribute = schema.attributes.get(name) if schema is not None else None
        if attribute is not None and attribute.default_value.type:
            value = onnx.helper.get_attribute_value(attribute.default_value)
            return value.decode() if isinstance(value, bytes) else value
    return None


def _is_default(node: ir.Node, attribute: ir.Attr) -> bool:
    return not attribute.is_ref() and attribute.value == _default(node, attribute.name)


def _factors(pattern: ast.expr) -> list[ast.expr]:
    if isinstance(pattern, ast.BinOp) and isinstance(pattern.op, ast.Mult):
        return _factors(pattern.left) + _factors(pattern.right)
    return [pattern]


def _powers(pattern: ast.expr) -> list[ast.expr]:
    if isinstance(pattern, ast.BinOp) and isinstance(pattern.op, ast.Pow):
        return [pattern.left] * int(_literal(pattern.right) or 0)
    return [pattern]


def _product(factors: list[ast.expr], value: ir.Value, so_far: Match) -> Iterator[Match]:
    """The factors, however they are grouped."""
    if len(factors) < 2:
        for factor in factors:
            yield from _value(factor, value, so_far)
        return
    node = value.producer()
    if node is None or node.domain not in ("", "ai.onnx") or None in node.inputs:
        return
    inside = replace(so_far, nodes=(*so_far.nodes, node))
    if node.op_type == "Mul":
        for size in range(1, len(factors)):
            for chosen in combinations(range(len(factors)), size):
                left = [factors[i] for i in chosen]
                right = [f for i, f in enumerate(factors) if i not in chosen]
                for match in _product(left, node.inputs[0], inside):  # type: ignore[arg-type]
                    yield from _product(right, node.inputs[1], match)  # type: ignore[arg-type]
    elif node.op_type == "Div":
        for i, factor in enumerate(factors):
            literal = _literal(factor)
            if literal:
                rest = factors[:i] + factors[i + 1 :]
                inverse = ast.Constant(_inverse(literal))
                for match in _value(inverse, node.inputs[1], inside):
                    yield from _product(rest, node.inputs[0], match)  # type: ignore[arg-type]


def _inverse(literal: float) -> float:
    """Of 1/6 it is 6, and no neighbour."""
    inverse = 1 / literal
    return float(round(inverse)) if abs(inverse - round(inverse)) < 1e-12 else inverse


def _substitute(spelling: str, arguments: Mapping[str, ast.expr]) -> ast.expr:
    class Put(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return arguments.get(node.id, node)

    return Put().visit(ast.parse(spelling, mode="eval").body)  # type: ignore[no-any-return]
