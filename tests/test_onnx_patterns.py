"""The writings of exporters: each becomes one operator, and stays the same function."""

import math
from pathlib import Path

import ml_dtypes
import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper, parser

import edgeact
from edgeact.onnx import accelerate, register
from edgeact.onnx.patterns import RULES

ELEMENTS = {1: np.float32, 10: np.float16, 11: np.float64, 16: ml_dtypes.bfloat16}

# Operator, the same in NumPy, and the graph as assignments, in which numbers are constants.
Formula = str
WRITINGS: list[tuple[str, Formula, str]] = [
    # PyTorch, tf2onnx, Paddle2ONNX and Keras write these, or have.
    ("Silu", "x / (1 + exp(-x))", "n = Neg x; e = Exp n; a = Add e 1; y = Div x a"),
    ("Silu", "x / (1 + exp(-x))", "n = Mul x -1; e = Exp n; a = Add 1 e; y = Div x a"),
    ("Sigmoid", "1 / (1 + exp(-x))", "n = Neg x; e = Exp n; a = Add e 1; y = Div 1 a"),
    ("Sigmoid", "1 / (1 + exp(-x))", "n = Neg x; e = Exp n; a = Add e 1; y = Reciprocal a"),
    ("Gelu", "x * phi(x)",
     "d = Div x 1.4142135623730951; e = Erf d; a = Add 1 e; m = Mul a 0.5; y = Mul x m"),
    ("Gelu", "x * phi(x)",
     "d = Mul x 0.7071067811865476; e = Erf d; a = Add 1 e; h = Div x 2; y = Mul h a"),
    ("Gelu", "x * phi(x)",
     "d = Mul x 0.7071067811865476; e = Erf d; h = Mul e 0.5; a = Add h 0.5; y = Mul a x"),
    ("Gelu", "x * phi(x)",
     "d = Mul -0.7071067811865476 x; e = Erf d; a = Sub 1 e; m = Mul a x; y = Mul m 0.5"),
    ("GeluTanh", "x * gate(0.7978845608028654 * (x + 0.044715 * x**3))",
     "p = Pow x 3; k = Mul p 0.044715; j = Add x k; i = Mul j 0.7978845608028654; h = Tanh i;"
     " a = Add h 1;"
     " m = Mul a x; y = Div m 2"),
    ("GeluTanh", "x * gate(0.7978845608028654 * (x + 0.044715 * x**3))",
     "q = Pow x 2; k = Mul q 0.044715; u = Add k 1; v = Mul x u; i = Mul v 0.7978845608028654;"
     " h = Tanh i;"
     " a = Add h 1; m = Mul a 0.5; y = Mul x m"),
    ("GeluQuick", "x / (1 + exp(-1.702 * x))",
     "v = Mul x 1.702; n = Neg v; e = Exp n; a = Add e 1; g = Div 1 a; y = Mul g x"),
    ("Mish", "x * tanh(log1p(exp(x)))",
     "e = Exp x; a = Add 1 e; l = Log a; t = Tanh l; y = Mul t x"),
    ("Mish", "x * tanh(log1p(exp(x)))",
     "r = Relu x; b = Abs x; n = Neg b; e = Exp n; a = Add e 1; l = Log a; s = Add l r;"
     " t = Tanh s; y = Mul x t"),
    ("Softplus", "log1p(exp(x))",
     "r = Max x 0; b = Abs x; n = Neg b; e = Exp n; a = Add 1 e; l = Log a; y = Add r l"),
    ("SoftplusBeta", "log1p(exp(2 * x)) / 2", "z = Mul 2 x; s = Softplus z; y = Div s 2"),
    ("SoftplusBeta", "where(2 * x > 20, x, log1p(exp(2 * x)) / 2)",
     "z = Mul x 2; c = Greater z 20; s = Softplus z; d = Div s 2; y = Where c x d"),
    ("LogSigmoid", "-log1p(exp(-x))", "n = Neg x; s = Softplus n; y = Neg s"),
    ("LogSigmoid", "-log1p(exp(-x))",
     "b = Abs x; n = Neg b; e = Exp n; a = Add 1 e; l = Log a; m = Min x 0; y = Sub m l"),
    ("Softsign", "x / (1 + abs(x))", "b = Abs x; a = Add 1 b; y = Div x a"),
    ("Log1p", "log1p(abs(x))", "y0 = Abs x; a = Add 1 y0; y = Log a"),
    ("Expm1", "expm1(x)", "e = Exp x; y = Sub e 1"),
    ("Expm1", "expm1(x)", "e = Exp x; y = Add -1 e"),
    ("HardSwish", "x * clip(x + 3, 0, 6) / 6", "g = HardSigmoid@6 x; y = Mul x g"),
    ("HardSwish", "x * clip(x + 3, 0, 6) / 6", "y = HardSwish x"),
    ("HardSwish", "x * clip(x + 3, 0, 6) / 6",
     "a = Add x 3; r = Relu a; c = Min r 6; w = Mul x c; y = Div w 6"),
    ("HardSwish", "x * clip(x + 3, 0, 6) / 6",
     "a = Add x 3; r = Max a 0; c = Min 6 r; d = Div c 6; y = Mul d x"),
    ("HardSwish", "x * clip(x + 3, 0, 6) / 6",
     "s = Mul x 0.16666666666666666; a = Add s 0.5; c = Clip a 0 1; y = Mul c x"),
    ("HardSigmoid", "clip(x + 3, 0, 6) / 6", "a = Add x 3; c = Clip a 0 6; y = Div c 6"),
    ("HardSigmoid", "clip(x + 3, 0, 6) / 6",
     "a = Sub x -3; c = Clip a 0 6; y = Mul c 0.16666666666666666"),
    ("HardSigmoidAffine", "clip(0.25 * x + 0.5, 0, 1)",
     "m = Mul x 0.25; a = Add m 0.5; y = Clip a 0 1"),
    ("Relu6", "clip(x, 0, 6)", "r = Relu x; y = Min r 6"),
    ("Relu6", "clip(x, 0, 6)", "r = Max x 0; y = Min r 6"),
    ("HardTanh", "clip(x, -1, 2)", "r = Max -1 x; y = Min r 2"),
    ("HardTanh", "clip(x, -1, 2)", "r = Min x 2; y = Max r -1"),
    ("SquaredRelu", "maximum(x, 0)**2", "r = Relu x; y = Mul r r"),
    ("SquaredRelu", "maximum(x, 0)**2", "r = Relu x; y = Pow r 2"),
    ("LeakyRelu", "where(x < 0, x / 4, x)", "m = Mul 0.25 x; y = Max x m"),
    ("LeakyRelu", "where(x < 0, x / 4, x)", "m = Mul x 0.25; c = Less x 0; y = Where c m x"),
    ("ThresholdedRelu", "where(x > 0.5, x, 0)", "c = LessOrEqual x 0.5; y = Where c 0 x"),
    ("HardShrink", "where(abs(x) > 0.5, x, 0)",
     "b = Abs x; c = LessOrEqual b 0.5; y = Where c 0 x"),
    ("SoftShrink", "x - clip(x, -0.5, 0.5)", "c = Clip x -0.5 0.5; y = Sub x c"),
    # torch.onnx 2.13 without dynamo, then with it; tf2onnx 1.17, of keras.activations.silu.
    ("HardShrink", "where(abs(x) > 0.5, x, 0)",
     "g = Greater x 0.5; l = Less x -0.5; h = Cast@bool g; m = Cast@bool l; o = Or h m;"
     " y = Where o x 0"),
    ("SoftShrink", "x - clip(x, -0.5, 0.5)",
     "g = Greater x 0.5; s = Sub x 0.5; u = Where g s 0; l = Less x -0.5; a = Add x 0.5;"
     " v = Where l a 0; y = Add u v"),
    ("SoftShrink", "x - clip(x, -0.5, 0.5)",
     "b = Abs x; g = Greater b 0.5; s = Sign x; m = Mul s 0.5; d = Sub x m; z = Mul x 0;"
     " y = Where g d z"),
    ("Silu", "x / (1 + exp(-x))",
     "m = Mul 1 x; n = Neg m; e = Exp n; a = Add 1 e; g = Reciprocal a; y = Mul x g"),
    ("SoftShrink", "x - clip(x, -0.5, 0.5)",
     "b = Abs x; s = Sub b 0.5; r = Relu s; g = Sign x; y = Mul g r"),
    ("Elu", "where(x > 0, x, expm1(x))",
     "e = Exp x; m = Sub e 1; c = Greater x 0; y = Where c x m"),
    ("Elu", "where(x > 0, x, expm1(x) / 2)",
     "n = Min x 0; e = Exp n; m = Sub e 1; a = Mul m 0.5; r = Relu x; y = Add r a"),
    ("Elu", "where(x > 0, x, expm1(x))",
     "e = Exp x; m = Sub 1 e; n = Relu m; r = Relu x; y = Sub r n"),
    ("Celu", "where(x > 0, x, 2 * expm1(x / 2))",
     "d = Div x 2; e = Exp d; m = Sub e 1; a = Mul 2 m; n = Min a 0; r = Max x 0; y = Add r n"),
    ("Selu", "1.0507009873554805 * where(x > 0, x, 1.6732632423543772 * expm1(x))",
     "e = Exp x; m = Sub e 1; a = Mul 1.6732632423543772 m; c = Greater x 0; w = Where c x a;"
     " y = Mul w 1.0507009873554805"),
]  # fmt: skip
GATED: list[tuple[str, Formula, str]] = [
    ("SwiGlu", "x / (1 + exp(-x)) * u", "g = Sigmoid x; s = Mul x g; y = Mul s u"),
    ("SwiGlu", "x / (1 + exp(-x)) * u", "g = Sigmoid x; s = Mul g u; y = Mul x s"),
    ("GeGlu", "x * phi(x) * u", "s = Gelu x; y = Mul u s"),
    ("GeGlu", "x * phi(x) * u",
     "d = Div x 1.4142135623730951; e = Erf d; a = Add e 1; m = Mul x a; h = Mul m 0.5;"
     " y = Mul h u"),
    ("ReGlu", "maximum(x, 0) * u", "r = Relu x; y = Mul u r"),
    ("Glu", "u / (1 + exp(-x))", "g = Sigmoid x; y = Mul u g"),
]  # fmt: skip
X = np.linspace(-9, 9, 1001)
U = np.linspace(2, -3, 1001)


def graph(
    text: str, code: int, form: str = "node", names: str = "x", opset: int = 20
) -> onnx.ModelProto:
    """The model; form says how constants are given."""
    dtype, nodes, initializers = ELEMENTS[code], [], []

    def constant(number: str) -> str:
        name = f"c{len(nodes)}_{len(initializers)}"
        shape = [1] if form.endswith("[1]") else []
        tensor = numpy_helper.from_array(np.full(shape, float(number)).astype(dtype), name)
        if form == "cast":
            tensor = numpy_helper.from_array(np.array(float(number)), name)
        if form.startswith("initializer"):
            initializers.append(tensor)
            return name
        nodes.append(helper.make_node("Constant", [], [name], value=tensor))
        if form == "identity":
            nodes.append(helper.make_node("Identity", [name], [f"{name}_same"]))
            return f"{name}_same"
        if form == "cast":
            nodes.append(helper.make_node("Cast", [name], [f"{name}_cast"], to=code))
            return f"{name}_cast"
        return name

    for line in text.split(";"):
        output, call = map(str.strip, line.split("="))
        operator, *inputs = call.split()
        inputs = [i if i[0].isalpha() else constant(i) for i in inputs]
        operator, _, what = operator.partition("@")
        attributes = {"6": {"alpha": 1 / 6}, "bool": {"to": 9}}.get(what, {})
        nodes.append(helper.make_node(operator, inputs, [output], **attributes))
    values = [helper.make_tensor_value_info(n, code, [1001]) for n in (*names, "y")]
    made = helper.make_graph(nodes, "g", values[:-1], values[-1:], initializers)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def truth(formula: Formula, **values: NDArray[np.float64]) -> NDArray[np.float64]:
    names = {**vars(np), "phi": np.vectorize(phi), "gate": lambda v: 0.5 * (1 + np.tanh(v))}
    wide = {name: value.astype(np.float64) for name, value in values.items()}
    return np.asarray(eval(formula, names, wide))


def phi(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def run(model: onnx.ModelProto, **values: NDArray[np.floating]) -> NDArray[np.floating]:
    options = onnxruntime.SessionOptions()
    register(options)
    return onnxruntime.InferenceSession(model.SerializeToString(), options).run(None, values)[0]


def added(model: onnx.ModelProto) -> list[str]:
    return [n.op_type for n in model.graph.node if n.op_type not in ("Constant", "Abs")]


@pytest.mark.parametrize("code", ELEMENTS)
@pytest.mark.parametrize(("operator", "formula", "text"), WRITINGS)
def test_writing(operator: str, formula: Formula, text: str, code: int) -> None:
    if code == 10 and operator == "Expm1":
        pytest.skip("ONNX Runtime is faster")
    accelerated, report = accelerate(graph(text, code))
    assert report.replaced == {operator: 1}
    assert added(accelerated) == [operator]
    onnx.checker.check_model(accelerated, full_check=True)
    if code == 16:
        return  # ONNX Runtime's Python takes no bfloat16 array
    x = X.astype(ELEMENTS[code])
    expected = truth(formula, x=x)
    # The constants of a formula are rounded, and products with x of them: 4 ULP of the largest.
    largest = np.maximum(np.maximum(1, np.abs(x.astype(float))), np.abs(expected))
    tolerance = 4 * np.finfo(ELEMENTS[code]).eps * largest
    if code == 11:
        tolerance = 2.0**-23 * largest  # attributes are float32
    assert np.all(np.abs(run(accelerated, x=x).astype(float) - expected) <= tolerance)


@pytest.mark.parametrize("form", ["node[1]", "initializer", "initializer[1]", "identity", "cast"])
@pytest.mark.parametrize(("operator", "formula", "text"), WRITINGS)
def test_constants_in_other_forms(operator: str, formula: Formula, text: str, form: str) -> None:
    accelerated, report = accelerate(graph(text, 1, form))
    assert report.replaced == {operator: 1}
    assert added(accelerated) == [operator]


@pytest.mark.parametrize(("operator", "formula", "text"), WRITINGS)
def test_tier_exact(operator: str, formula: Formula, text: str) -> None:
    accelerated, report = accelerate(graph(text, 1), "exact")
    assert report.replaced == {operator: 1}
    x = X.astype(np.float32)
    np.testing.assert_allclose(run(accelerated, x=x), truth(formula, x=x), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("code", [1, 10, 11])
@pytest.mark.parametrize(("operator", "formula", "text"), GATED)
def test_gated(operator: str, formula: Formula, text: str, code: int) -> None:
    accelerated, report = accelerate(graph(text, code, names="xu"))
    if code != 11 and operator == "Glu":
        assert report.replaced == {}  # ONNX Runtime is as fast
        return
    assert report.replaced == {operator: 1}
    assert added(accelerated) == [operator]
    onnx.checker.check_model(accelerated, full_check=True)
    x, u = X.astype(ELEMENTS[code]), U.astype(ELEMENTS[code])
    expected = truth(formula, x=x, u=u)
    tolerance = 4 * np.finfo(ELEMENTS[code]).eps * np.maximum(1, np.abs(expected))
    assert np.all(np.abs(run(accelerated, x=x, u=u).astype(float) - expected) <= tolerance)


def test_gate_from_a_split() -> None:
    proto = onnx.parser.parse_model(
        '<ir_version: 8, opset_import: ["": 18]> g (double[N, M] x) => (double[N, K] y) {'
        " a, b = Split <axis = 1, num_outputs = 2> (x) s = Sigmoid(b) y = Mul(a, s) }"
    )
    accelerated, report = accelerate(proto)
    assert report.replaced == {"Glu": 1}
    x = np.linspace(-4, 4, 48).reshape(4, 12)
    expected = edgeact.glu(x[:, :6], x[:, 6:])
    np.testing.assert_array_equal(run(accelerated, x=x), expected)


def test_a_smaller_gate_is_no_gated_function() -> None:
    """As in squeeze-and-excitation: its sigmoid would be computed again for every pixel."""
    proto = onnx.parser.parse_model(
        '<ir_version: 8, opset_import: ["": 18]> g (float[1, 8, 5, 5] x) => (float[1, 8, 5, 5] y) {'
        " p = GlobalAveragePool(x) s = Sigmoid(p) y = Mul(x, s) }"
    )
    _, report = accelerate(proto)
    assert report.replaced == {}
    assert [entry.operator for entry in report.left_alone] == ["Sigmoid"]


@pytest.mark.parametrize("half", ["FLOAT16", "BFLOAT16"])
@pytest.mark.parametrize("tier", ["fast", "exact"])
def test_casts_around_half_precision_go(half: str, tier: str) -> None:
    code = getattr(onnx.TensorProto, half)
    text = "w = Cast@ x; s = Softplus w; t = Tanh s; m = Mul w t; y = Cast@ m"
    proto = graph(text.replace("@", ""), code)
    casts = [node for node in proto.graph.node if node.op_type == "Cast"]
    for node, to in zip(casts, (1, code), strict=True):
        del node.attribute[:]
        node.attribute.append(helper.make_attribute("to", to))
    accelerated, report = accelerate(proto, tier)
    assert report.replaced == {"Mish": 1}
    assert added(accelerated) == ["Mish"]
    onnx.checker.check_model(accelerated, full_check=True)
    if half == "FLOAT16":
        x = X.astype(np.float16)
        np.testing.assert_array_equal(run(accelerated, x=x), edgeact.mish(x))


# torch.onnx 2.13 with dynamo, of 16 bits.
ABS_IN_FLOAT = "w = Cast <to = 1> (x) a = Abs(w) b = Cast <to = CODE> (a) "


@pytest.mark.parametrize(
    ("operator", "formula", "text"),
    [
        ("HardShrink", "where(abs(x) > 0.5, x, 0)",
         "f = Cast <to = 1> (b) c = LessOrEqual(f, limit) y = Where(c, zero, x)"),
        ("SoftShrink", "x - clip(x, -0.5, 0.5)",
         "f = Cast <to = 1> (b) c = Greater(f, limit) s = Sign(x) m = Mul(s, lambd) d = Sub(x, m)"
         " z = Mul(x, zero) y = Where(c, d, z)"),
        ("Softsign", "x / (1 + abs(x))", "d = Add(b, one) y = Div(x, d)"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("half", ["float16", "bfloat16"])
def test_abs_in_float32(operator: str, formula: Formula, text: str, half: str) -> None:
    code = getattr(onnx.TensorProto, half.upper())
    proto = parser.parse_model(
        f'<ir_version: 10, opset_import: ["": 20]> g ({half}[N] x) => ({half}[N] y) {{'
        f" {(ABS_IN_FLOAT + text).replace('CODE', str(code))} }}"
    )
    proto.graph.initializer.append(helper.make_tensor("limit", 1, [], [0.5]))
    for name, value in (("zero", 0), ("one", 1), ("lambd", 0.5)):
        proto.graph.initializer.append(helper.make_tensor(name, code, [], [value]))
    accelerated, report = accelerate(proto)
    assert report.replaced == {operator: 1}
    assert added(accelerated) == [operator]
    if half == "float16":
        x = X.astype(np.float16)
        y = truth(formula, x=x).astype(np.float16)
        np.testing.assert_array_equal(run(accelerated, x=x), y)


@pytest.mark.parametrize(
    ("operator", "text"),
    [
        ("Relu", "y = Relu x"),
        ("Relu6", "y = Clip x 0 6"),
        ("Sigmoid", "y = Sigmoid x"),
        ("Tanh", "y = Tanh x"),
        ("Erf", "y = Erf x"),
        ("Exp", "y = Exp x"),
        ("HardSigmoid", "y = HardSigmoid@6 x"),
        ("Silu", "g = Sigmoid x; y = Mul x g"),
        ("Silu", "m = Mul 1 x; g = Sigmoid m; y = Mul x g"),
        ("Gelu", "y = Gelu x"),
    ],
)
@pytest.mark.parametrize("opset", [9, 13, 20, 24])
def test_tier_exact_replaces_single_nodes(operator: str, text: str, opset: int) -> None:
    if operator in ("Gelu", "Relu6", "HardSigmoid") and opset < 20:
        opset = 20
    accelerated, report = accelerate(graph(text, 1, opset=opset), "exact")
    assert report.replaced == {operator: 1}
    spec = next(s for s in map(edgeact.spec, edgeact.activations()) if s.onnx == operator)
    x = X.astype(np.float32)
    expected = edgeact.apply(spec.name, x, tier="exact")
    np.testing.assert_array_equal(run(accelerated, x=x), expected)


BIASED = """<ir_version: 8, opset_import: ["": 20]> g (T[N, M, 3] x) => (T[N, M, 4] y)
    <T[4] b = {B}, T[3, 4] w = {W}> { m = MatMul(x, w) s = Add(SUM) BODY }"""


def biased(body: str, order: str, dtype: str = "float") -> onnx.ModelProto:
    weight = ", ".join(map(str, np.linspace(-1, 1, 12)))
    text = BIASED.replace("BODY", body).replace("SUM", order).replace("T[", f"{dtype}[")
    return onnx.parser.parse_model(text.replace("{B}", "{1, -1, 2, 0.5}").replace("W", weight))


@pytest.mark.parametrize("order", ["m, b", "b, m"])
@pytest.mark.parametrize(
    ("operator", "body", "tier", "dtype"),
    [
        ("BiasGelu", "y = Gelu(s)", "exact", "float"),
        ("BiasSilu", "n = Neg(s) e = Exp(n) i = Constant <value = float {1.0}> () a = Add(e, i)"
         " y = Div(s, a)", "fast", "float"),
        ("BiasSilu", "g = Sigmoid(s) y = Mul(s, g)", "fast", "double"),
    ],
)  # fmt: skip
def test_a_bias_goes_in(operator: str, body: str, tier: str, dtype: str, order: str) -> None:
    accelerated, report = accelerate(biased(body, order, dtype), tier)
    assert report.replaced == {operator: 1}
    assert added(accelerated) == ["MatMul", operator]
    onnx.checker.check_model(accelerated, full_check=True)
    x = np.linspace(-3, 3, 18, dtype=np.float32 if dtype == "float" else float).reshape(2, 3, 3)
    total = x.astype(float) @ np.linspace(-1, 1, 12).reshape(3, 4) + [1, -1, 2, 0.5]
    expected = truth("s * phi(s)" if operator == "BiasGelu" else "s / (1 + exp(-s))", s=total)
    np.testing.assert_allclose(run(accelerated, x=x), expected, rtol=0, atol=4e-6)


def test_a_bias_that_is_used_elsewhere_stays() -> None:
    body = "n = Neg(s) k = Gelu(s) y = Add(n, k)"
    accelerated, report = accelerate(biased(body, "m, b"), "exact")
    assert report.replaced == {"Gelu": 1}
    assert added(accelerated) == ["MatMul", "Add", "Neg", "Gelu", "Add"]


def test_a_bias_that_widens_stays() -> None:
    proto = biased("y = Gelu(s)", "m, b")
    proto.graph.input[0].type.tensor_type.shape.dim[2].dim_value = 3
    del proto.graph.initializer[1]
    proto.graph.initializer.append(numpy_helper.from_array(np.ones((3, 1), np.float32), "w"))
    assert accelerate(proto, "exact")[1].replaced == {"Gelu": 1}


def test_the_documented_table_is_that_of_the_rules() -> None:
    doc = Path(__file__).parents[1] / "docs" / "onnx.md"
    text = doc.read_text()
    for rule in RULES:
        assert all(f"`{formula}`" in text for formula in rule.formulas)


@pytest.mark.parametrize("code", [1, 10])
def test_writings_in_bodies_and_functions(code: int) -> None:
    """A branch, a loop's body and a function, each with constants of its own."""
    dtype = {1: "float", 10: "float16"}[code]
    bits = {1: ("1.0", "0.5"), 10: ("15360", "14336")}[code]
    one, half = (f"Constant <value = {dtype} {{{b}}}> ()" for b in bits)
    silu = f"n = Neg(r) e = Exp(n) i = {one} a = Add(e, i) z = Div(r, a)"
    proto = onnx.parser.parse_model(
        f'<ir_version: 8, opset_import: ["": 20, "local": 1]>'
        f"g ({dtype}[1001] x) => ({dtype}[1001] y) {{"
        " trips = Constant <value = int64 {1}> () go = Constant <value = bool {1}> ()"
        f" l = Loop (trips, go, x) <body = b (int64 k, bool c, {dtype}[1001] r)"
        f" => (bool d, {dtype}[1001] z) {{ d = Identity(c) {silu} }}>"
        f" u = If (go) <then_branch = t () => ({dtype}[1001] p) {{ h = {half} m = Mul(l, h)"
        f" p = Max(l, m) }}, else_branch = f () => ({dtype}[1001] q) {{ q = Identity(l) }}>"
        " y = local.block(u) }"
        f'<domain: "local", opset_import: ["": 20]> block (r) => (z) {{ {silu} }}'
    )
    accelerated, report = accelerate(proto)
    assert report.replaced == {"Silu": 2, "LeakyRelu": 1}
    onnx.checker.check_model(accelerated, full_check=True)
    x = X.astype(ELEMENTS[code])
    expected = edgeact.silu(edgeact.leaky_relu(edgeact.silu(x), ELEMENTS[code](0.5)))
    np.testing.assert_array_equal(run(accelerated, x=x), expected)
