"""Formulas as the steps of a function body: ``t = a * Sigmoid(x)`` instead of a node a line."""

import ast
from collections.abc import Iterator
from itertools import count

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "Add",
    ast.Sub: "Sub",
    ast.Mult: "Mul",
    ast.Div: "Div",
}
_COMPARE: dict[type[ast.cmpop], str] = {ast.Lt: "Less", ast.Gt: "Greater"}


def steps(text: str) -> str:
    """Nodes in ONNX's textual syntax for assignments in Python's.

    Operators are + - * / < >, functions are ONNX's; numbers become constants of $type, for which
    the element type is to be put.

    >>> print(steps("y = x * Sigmoid(2 * x)"))
    y_t4 = Constant <value = $type {2.0}> ()
    y_t3 = Mul(y_t4, x)
    y_t2 = Sigmoid(y_t3)
    y = Mul(x, y_t2)
    """
    lines: list[str] = []

    def emit(name: str, operator: str, *inputs: str) -> str:
        lines.append(f"{name} = {operator}({', '.join(inputs)})")
        return name

    def value(node: ast.expr, name: str, names: Iterator[str]) -> str:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Constant):
            return emit(name, f"Constant <value = $type {{{float(str(node.value))!r}}}> ")
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            operator, arguments = "Neg", [node.operand]
        elif isinstance(node, ast.BinOp):
            operator, arguments = _BINARY[type(node.op)], [node.left, node.right]
        elif isinstance(node, ast.Compare):
            operator, arguments = _COMPARE[type(node.ops[0])], [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            operator, arguments = node.func.id, node.args
        else:
            raise ValueError(f"no ONNX operator for {ast.unparse(node)!r}")
        return emit(name, operator, *[value(arg, next(names), names) for arg in arguments])

    for statement in ast.parse(text).body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
            raise ValueError(f"{ast.unparse(statement)!r} is no assignment")
        target = statement.targets[0].id
        names = (f"{target}_t{i}" for i in count(1))
        if value(statement.value, target, names) != target:
            emit(target, "Identity", ast.unparse(statement.value))
    return "\n".join(lines)
