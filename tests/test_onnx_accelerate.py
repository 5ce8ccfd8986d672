"""edgeact.onnx.accelerate: what it replaces, what it leaves, and that the function stays."""

import math
from collections.abc import Callable

import ml_dtypes
import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import parser
from onnx.reference import ReferenceEvaluator

import edgeact
from edgeact.onnx import accelerate, register

CONSTANTS = {
    "half": 0.5,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "six": 6.0,
    "zero": 0.0,
    "sixth": 1 / 6,
    "root2": math.sqrt(2),
    "inverse_root2": math.sqrt(0.5),
    "slope": math.sqrt(2 / math.pi),
    "bend": 0.044715,
    "s": 0.75,
    "t": -0.25,
    "u": 1.25,
    "v": 0.5,
    "near_one": 1 + 2**-10,
    "near_six": 6 + 2**-9,
    "near_root": 0.7080078125,
}


def literal(value: float, dtype: str) -> str:
    """As ONNX's text has it: of half precision the bits."""
    if dtype in ("float16", "bfloat16"):
        return str(np.array(value, ml_dtypes.bfloat16 if dtype[0] == "b" else dtype).view("u2"))
    return repr(value)


def model(body: str, opset: int = 18, dtype: str = "float", shape: str = "N") -> onnx.ModelProto:
    """A model with one input x, one output y and the constants that the body names."""
    constants = " ".join(
        f"{name} = Constant <value = {dtype} {{{literal(value, dtype)}}}> ()"
        for name, value in CONSTANTS.items()
        if name in body.replace("(", " ").replace(",", " ").replace(")", " ").split()
    )
    return parser.parse_model(
        f'<ir_version: 8, opset_import: ["": {opset}]>'
        f"g ({dtype}[{shape}] x) => ({dtype}[{shape}] y) {{ {constants} {body} }}"
    )


Truth = Callable[[float], float]


def softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def mish(x: float) -> float:
    return x * math.tanh(softplus(x))


def elu(x: float, alpha: float = 1.0) -> float:
    return x if x > 0 else alpha * math.expm1(x)


def selu(x: float) -> float:
    return 1.0507009873554805 * elu(x, 1.6732632423543772)


def silu(x: float) -> float:
    return x / (1 + math.exp(-x))


def gelu(x: float) -> float:
    return 0.5 * x * math.erfc(-x / math.sqrt(2))


def gelu_tanh(x: float) -> float:
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def hard_swish(x: float) -> float:
    return x * min(max(x + 3, 0), 6) / 6


def affine(x: float) -> float:
    return 1.25 * hard_swish(0.75 * x - 0.25) + 0.5


SOFTPLUS = "p = Softplus(x)"
RELU6 = "a = Add(x, three) c = Clip(a, zero, six)"
ERF = "m = Mul(x, inverse_root2) e = Erf(m) g = Add(e, one)"
ERF_DIV = "m = Div(x, root2) e = Erf(m) g = Add(e, one)"
CUBE = "q = Pow(x, three)"
INNER = "k = Mul(bend, q) j = Add(x, k) i = Mul(slope, j)"
GATE = "h = Tanh(i) g = Add(h, one)"
OUTER = "w = Mul(x, g) y = Mul(w, half)"

WRITINGS: list[tuple[str, int, str, Truth]] = [
    ("Mish", 18, "y = Mish(x)", mish),
    ("Mish", 13, f"{SOFTPLUS} h = Tanh(p) y = Mul(x, h)", mish),
    ("Mish", 13, f"{SOFTPLUS} h = Tanh(p) y = Mul(h, x)", mish),
    ("Mish", 13, "e = Exp(x) a = Add(e, one) p = Log(a) h = Tanh(p) y = Mul(x, h)", mish),
    ("Mish", 9, "e = Exp(x) a = Add(one, e) p = Log(a) h = Tanh(p) y = Mul(h, x)", mish),
    ("Softplus", 7, "y = Softplus(x)", softplus),
    ("Softplus", 22, "y = Softplus(x)", softplus),
    ("Softplus", 13, "e = Exp(x) a = Add(e, one) y = Log(a)", softplus),
    ("Softplus", 13, "e = Exp(x) a = Add(one, e) y = Log(a)", softplus),
    ("Elu", 12, "y = Elu(x)", elu),
    ("Elu", 22, "y = Elu <alpha = 0.5> (x)", lambda x: elu(x, 0.5)),
    ("Celu", 12, "y = Celu(x)", elu),
    ("Celu", 12, "y = Celu <alpha = 2.0> (x)", lambda x: 2 * elu(x / 2)),
    ("Selu", 7, "y = Selu(x)", selu),
    ("Selu", 22, "y = Selu <alpha = 1.67326319217681884, gamma = 1.05070102214813232> (x)", selu),
    ("ThresholdedRelu", 12, "y = ThresholdedRelu(x)", lambda x: x if x > 1 else 0.0),
    ("ThresholdedRelu", 22, "y = ThresholdedRelu <alpha = 2.5> (x)", lambda x: x * (x > 2.5)),
    ("Softsign", 7, "y = Softsign(x)", lambda x: x / (1 + abs(x))),
    ("LogSigmoid", 9, "g = Sigmoid(x) y = Log(g)", lambda x: -softplus(-x)),
    ("Silu", 24, "y = Swish(x)", silu),
    ("Silu", 24, "y = Swish <alpha = 1.0> (x)", silu),
    ("GeluTanh", 13, f"{CUBE} {INNER} {GATE} {OUTER}", gelu_tanh),
    ("GeluTanh", 13, f"{CUBE} {INNER} {GATE} w = Mul(half, x) y = Mul(w, g)", gelu_tanh),
    ("GeluTanh", 13, f"{CUBE} {INNER} {GATE} w = Mul(g, half) y = Mul(x, w)", gelu_tanh),
    ("GeluTanh", 9, f"r = Mul(x, x) q = Mul(r, x) {INNER} {GATE} {OUTER}", gelu_tanh),
    ("GeluTanh", 13, f"r = Mul(x, x) q = Mul(x, r) {INNER} {GATE} {OUTER}", gelu_tanh),
    (
        "GeluTanh",
        13,
        f"{CUBE} k = Mul(q, bend) j = Add(k, x) i = Mul(j, slope) h = Tanh(i) g = Add(one, h)"
        " w = Mul(g, x) y = Mul(half, w)",
        gelu_tanh,
    ),
    (
        "GeluTanh",
        13,
        "l = Mul(x, slope) k = Mul(x, bend) r = Mul(k, x) n = Add(one, r) i = Mul(l, n)"
        f" {GATE} {OUTER}",
        gelu_tanh,
    ),
    ("Gelu", 13, f"{ERF} {OUTER}", gelu),
    ("Gelu", 9, f"{ERF} w = Mul(half, x) y = Mul(g, w)", gelu),
    ("Gelu", 13, f"{ERF} w = Mul(half, g) y = Mul(w, x)", gelu),
    ("Gelu", 13, f"{ERF_DIV} w = Mul(half, g) y = Mul(x, w)", gelu),
    ("HardSwish", 13, f"{RELU6} w = Mul(x, c) y = Div(w, six)", hard_swish),
    ("HardSwish", 11, f"{RELU6} w = Mul(c, x) y = Div(w, six)", hard_swish),
    ("HardSwish", 13, f"{RELU6} w = Mul(c, x) y = Mul(w, sixth)", hard_swish),
    ("HardSwish", 13, f"{RELU6} w = Div(c, six) y = Mul(w, x)", hard_swish),
    ("HardSwish", 13, f"{RELU6} w = Mul(sixth, c) y = Mul(x, w)", hard_swish),
    ("HardSwish", 13, f"{RELU6} w = Div(x, six) y = Mul(w, c)", hard_swish),
    (
        "HardSwish",
        10,
        "a = Add(three, x) c = Clip <min = 0.0, max = 6.0> (a) w = Mul(x, c) y = Div(w, six)",
        hard_swish,
    ),
]

X = np.linspace(-12, 12, 1001)


def truth(function: Truth) -> NDArray[np.float64]:
    return np.array([function(x) for x in X])


def operators(proto: onnx.ModelProto) -> list[str]:
    return [node.op_type for node in proto.graph.node if node.op_type != "Constant"]


def reference(proto: onnx.ModelProto, x: NDArray[np.floating]) -> NDArray[np.floating]:
    return ReferenceEvaluator(proto).run(None, {"x": x})[0]


def runtime(
    proto: onnx.ModelProto, x: NDArray[np.floating], registered: bool = False
) -> NDArray[np.floating]:
    options = onnxruntime.SessionOptions()
    if registered:
        register(options)
    session = onnxruntime.InferenceSession(proto.SerializeToString(), options)
    return session.run(None, {"x": x})[0]


ONE_NODE = "ONNX Runtime computes it in one node"


def assert_left_alone(proto: onnx.ModelProto, *reasons: str) -> None:
    accelerated, report = accelerate(proto)
    assert accelerated is proto
    assert report.replaced == {}
    assert [entry.reason for entry in report.left_alone] == list(reasons)


@pytest.mark.parametrize(("operator", "opset", "body", "function"), WRITINGS)
class TestEveryWriting:
    def test_is_replaced_whole(self, operator: str, opset: int, body: str, function: Truth) -> None:
        accelerated, report = accelerate(model(body, opset))
        assert report.replaced == {operator: 1}
        assert operators(accelerated) == [operator]
        assert len(accelerated.graph.node) == 1
        onnx.checker.check_model(accelerated, full_check=True)

    def test_keeps_its_meaning(self, operator: str, opset: int, body: str, function: Truth) -> None:
        """In float64, so that only onnx.reference's own float32 constants and Erf show."""
        original = model(body, opset, "double")
        accelerated, report = accelerate(original)
        assert report.replaced == {operator: 1}
        tolerance = 2.0**-24 * np.maximum(1, np.abs(X))
        assert np.all(np.abs(reference(original, X) - truth(function)) <= tolerance)
        assert np.all(np.abs(reference(accelerated, X) - truth(function)) <= tolerance)

    def test_runs_without_edgeact(
        self, operator: str, opset: int, body: str, function: Truth
    ) -> None:
        x = X.astype(np.float32)
        accelerated, _ = accelerate(model(body, opset))
        # A dozen float32 roundings, each of a number no larger than 2 |x|.
        tolerance = 12 * 2.0**-24 * 2 * np.maximum(1, np.abs(x))
        assert np.all(np.abs(runtime(accelerated, x) - truth(function)) <= tolerance)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("e = Exp(x) a = Add(e, two) y = Log(a)", ONE_NODE),
        ("e = Exp(x) a = Add(e, near_one) y = Log(a)", "near_one is 1.0009765625, not 1.0"),
        ("a = Add(x, three) c = Clip(a, zero, one) w = Mul(x, c) y = Div(w, six)", ONE_NODE),
        (
            "a = Add(x, three) c = Clip(a, zero, near_six) w = Mul(x, c) y = Div(w, six)",
            "near_six is 6.001953125, not 6.0",
        ),
        (f"{CUBE} {INNER} h = Tanh(i) g = Sub(h, one) {OUTER}", ONE_NODE),
        ("q = Pow(x, two) " + f"{INNER} {GATE} {OUTER}", ONE_NODE),
        (
            f"m = Mul(x, near_root) e = Erf(m) g = Add(e, one) {OUTER}",
            "near_root is 0.7080078125, not 0.7071067811865476",
        ),
        ("g = Sigmoid(x) y = Mul(x, g)", "ONNX Runtime fuses it"),
        ("w = Mul(x, one) g = Sigmoid(w) y = Mul(g, x)", "ONNX Runtime fuses it"),
        ("w = Mul(x, two) g = Sigmoid(w) y = Mul(g, x)", "ONNX Runtime fuses it"),
        (f"{ERF_DIV} {OUTER}", "ONNX Runtime fuses it"),
        ("y = Relu(x)", ONE_NODE),
        ("y = Sigmoid(x)", ONE_NODE),
        ("y = Tanh(x)", ONE_NODE),
        ("y = Exp(x)", ONE_NODE),
        ("y = Erf(x)", ONE_NODE),
        ("t1 = Tanh(x) y = Sub(x, t1)", "ONNX Runtime computes it faster in two nodes"),
        ("y = PRelu(x, half)", ONE_NODE),
        ("y = Clip(x, zero, six)", ONE_NODE),
        ("y = Abs(x)", None),
    ],
)
def test_near_misses_are_left_alone(body: str, reason: str | None) -> None:
    assert_left_alone(model(body), *([reason] if reason else []))


def test_a_value_used_elsewhere_is_kept() -> None:
    proto = model(f"{SOFTPLUS} h = Tanh(p) w = Mul(x, h) y = Add(w, h)")
    accelerated, report = accelerate(proto)
    assert report.replaced == {"Softplus": 1}
    assert [(e.operator, e.reason) for e in report.left_alone] == [("Mish", "h is used elsewhere")]
    assert operators(accelerated) == ["Softplus", "Tanh", "Mul", "Add"]


def test_a_value_used_in_a_branch_is_kept() -> None:
    proto = model(
        f"{SOFTPLUS} h = Tanh(p) w = Mul(x, h)"
        " n = ReduceMax <keepdims = 0> (x) b = Cast <to = 9> (n)"
        " z = If (b) <then_branch = g1 () => (float[N] k) { k = Identity(h) },"
        " else_branch = g2 () => (float[N] l) { l = Neg(h) }> y = Add(w, z)"
    )
    _, report = accelerate(proto)
    assert [entry.reason for entry in report.left_alone] == ["h is used elsewhere"]


def test_a_value_that_is_an_output_is_kept() -> None:
    proto = model(f"{SOFTPLUS} h = Tanh(p) y = Mul(x, h)")
    proto.graph.output.append(onnx.helper.make_tensor_value_info("h", 1, ["N"]))
    _, report = accelerate(proto)
    assert [entry.reason for entry in report.left_alone] == ["h is used elsewhere"]


class TestAffine:
    """Scalar affines around a relu6-hard-swish."""

    BODY = (
        "a1 = Mul(s, x) b1 = Add(a1, t) a = Add(b1, three) c = Clip(a, zero, six)"
        " w = Mul(b1, c) d = Div(w, six) e1 = Mul(d, u) y = Add(v, e1)"
    )

    def test_is_folded_in(self) -> None:
        accelerated, report = accelerate(model(self.BODY))
        assert report.replaced == {"ScaleShiftHardSwish": 1}
        (node,) = accelerated.graph.node
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        assert attributes == {
            "scale_in": 0.75, "shift_in": -0.25, "scale_out": 1.25, "shift_out": 0.5,
            "tier": b"fast",
        }  # fmt: skip
        onnx.checker.check_model(accelerated, full_check=True)

    def test_keeps_its_meaning(self) -> None:
        accelerated, _ = accelerate(model(self.BODY, dtype="double"))
        assert operators(accelerated) == ["ScaleShiftHardSwish"]
        np.testing.assert_allclose(reference(accelerated, X), truth(affine), rtol=0, atol=1e-13)

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ("b1 = Mul(x, s)", "y = Identity(d)", (0.75, 0, 1, 0)),
            ("b1 = Add(t, x)", "y = Identity(d)", (1, -0.25, 1, 0)),
            ("b1 = Identity(x)", "y = Mul(u, d)", (1, 0, 1.25, 0)),
            ("b1 = Identity(x)", "y = Add(d, v)", (1, 0, 1, 0.5)),
        ],
    )
    def test_parts(self, before: str, after: str, expected: tuple[float, ...]) -> None:
        core = "a = Add(b1, three) c = Clip(a, zero, six) w = Mul(b1, c) d = Div(w, six)"
        accelerated, _ = accelerate(model(f"{before} {core} {after}"))
        (node,) = [n for n in accelerated.graph.node if n.domain == "ai.edgeact"]
        assert tuple(a.f for a in node.attribute[:4]) == expected

    def test_stays_where_another_node_needs_it(self) -> None:
        accelerated, report = accelerate(model(self.BODY.replace("y =", "f =") + " y = Sub(f, b1)"))
        assert report.replaced == {"ScaleShiftHardSwish": 1}
        assert operators(accelerated) == ["Mul", "Add", "ScaleShiftHardSwish", "Sub"]

    def test_stays_where_its_order_differs(self) -> None:
        """(x + t) * s is no scale * x + shift with these numbers."""
        body = (
            "a1 = Add(x, t) b1 = Mul(a1, s) a = Add(b1, three) c = Clip(a, zero, six)"
            " w = Mul(b1, c) y = Div(w, six)"
        )
        accelerated, _ = accelerate(model(body))
        assert operators(accelerated) == ["Add", "ScaleShiftHardSwish"]

    def test_stays_in_old_opsets(self) -> None:
        accelerated, report = accelerate(model(self.BODY, 11))
        assert report.replaced == {"HardSwish": 1}
        assert operators(accelerated) == ["Mul", "Add", "HardSwish", "Mul", "Add"]
        onnx.checker.check_model(accelerated, full_check=True)

    def test_stays_where_it_widens(self) -> None:
        """A scalar plus a constant of rank 1 has rank 1."""
        proto = model(
            "f = ReduceMax <keepdims = 0> (x) b1 = Add(f, number) a = Add(b1, three)"
            " c = Clip(a, zero, six) w = Mul(b1, c) d = Div(w, six) y = Expand(d, length)"
        )
        number, length = np.float32([1]), np.array([2])
        proto.graph.initializer.append(onnx.numpy_helper.from_array(number, "number"))
        proto.graph.initializer.append(onnx.numpy_helper.from_array(length, "length"))
        accelerated, report = accelerate(proto)
        assert report.replaced == {"HardSwish": 1}
        assert operators(accelerated) == ["ReduceMax", "Add", "HardSwish", "Expand"]

    def test_stays_where_an_attribute_would_round_it(self) -> None:
        body = (
            "a1 = Mul(x, sixth) a = Add(a1, three) c = Clip(a, zero, six) w = Mul(a1, c)"
            " y = Div(w, six)"
        )
        _, report = accelerate(model(body, dtype="double"))
        assert report.replaced == {"HardSwish": 1}


class TestAfterConv:
    """What ONNX Runtime fuses with a Conv is written so that it does."""

    WEIGHT = onnx.numpy_helper.from_array(np.ones((3, 3, 1, 1), np.float32), "weight")

    def conv(self, body: str, opset: int = 24) -> onnx.ModelProto:
        proto = model(f"k = Conv(x, weight) {body}", opset, shape="1, 3, 4, 4")
        proto.graph.initializer.append(self.WEIGHT)
        return proto

    @pytest.mark.parametrize(
        ("operator", "body", "gate", "function"),
        [
            (
                "HardSwish",
                "a = Add(k, three) c = Clip(a, zero, six) w = Mul(k, c) y = Div(w, six)",
                "HardSigmoid",
                hard_swish,
            ),
            ("Silu", "y = Swish(k)", "Sigmoid", silu),
        ],
    )
    def test_is_written_for_fusion(
        self, operator: str, body: str, gate: str, function: Truth
    ) -> None:
        accelerated, report = accelerate(self.conv(body))
        assert (report.replaced, report.fused) == ({}, {operator: 1})
        assert operators(accelerated) == ["Conv", gate, "Mul"]
        onnx.checker.check_model(accelerated, full_check=True)
        x = np.linspace(-4, 4, 48, dtype=np.float32).reshape(1, 3, 4, 4)
        expected = np.vectorize(function)(x.astype(np.float64).sum(axis=1, keepdims=True))
        np.testing.assert_allclose(
            reference(accelerated, x), expected.repeat(3, axis=1), rtol=0, atol=12 * 2**-24 * 12
        )

    def test_not_where_the_conv_is_used_elsewhere(self) -> None:
        _, report = accelerate(self.conv("h = Swish(k) y = Add(h, k)"))
        assert (report.replaced, report.fused) == ({"Silu": 1}, {})

    def test_not_what_is_never_fused(self) -> None:
        _, report = accelerate(self.conv("y = Mish(k)"))
        assert (report.replaced, report.fused) == ({"Mish": 1}, {})


MISH = f"{SOFTPLUS} h = Tanh(p) y = Mul(x, h)"


class TestSubgraphs:
    def test_branches_of_if(self) -> None:
        proto = model(
            "n = ReduceMax <keepdims = 0> (x) b = Cast <to = 9> (n) y = If (b) <"
            "then_branch = g1 () => (float[N] k) { p = Softplus(x) h = Tanh(p) k = Mul(x, h) },"
            "else_branch = g2 () => (float[N] l) { l = Elu <alpha = 0.5> (x) }>"
        )
        accelerated, report = accelerate(proto)
        assert report.replaced == {"Mish": 1, "Elu": 1}
        onnx.checker.check_model(accelerated, full_check=True)
        for x, function in ((np.arange(4.0), mish), (-np.arange(4.0), lambda v: elu(v, 0.5))):
            x = x.astype(np.float32)
            for result in (reference(accelerated, x), runtime(accelerated, x)):
                assert np.allclose(result, [function(v) for v in x], rtol=0, atol=1e-6)

    def test_body_of_loop(self) -> None:
        proto = model(
            "trips = Constant <value = int64 {3}> () go = Constant <value = bool {1}> ()"
            " y = Loop (trips, go, x) <body = b (int64 i, bool c, float[N] r)"
            " => (bool d, float[N] z) { d = Identity(c) z = Softplus(r) }>"
        )
        accelerated, report = accelerate(proto)
        assert report.replaced == {"Softplus": 1}
        onnx.checker.check_model(accelerated, full_check=True)
        x = np.array([-1, 0, 2], np.float32)
        expected = [softplus(softplus(softplus(v))) for v in x]
        assert np.allclose(runtime(accelerated, x), expected, rtol=0, atol=1e-6)

    def test_body_of_scan(self) -> None:
        proto = model(
            "y = Scan (x) <num_scan_inputs = 1, body = b (float r) => (float z) { z = Mish(r) }>"
        )
        accelerated, report = accelerate(proto)
        assert report.replaced == {"Mish": 1}
        x = np.array([-1, 0, 2], np.float32)
        assert np.allclose(runtime(accelerated, x), [mish(v) for v in x], rtol=0, atol=1e-6)


def with_function(body: str, calls: str, dtype: str = "float") -> onnx.ModelProto:
    return parser.parse_model(
        f'<ir_version: 8, opset_import: ["": 18, "local": 1]>'
        f"g ({dtype}[N] x) => ({dtype}[N] y) {{ {calls} }}"
        f'<domain: "local", opset_import: ["": 18]> block <slope> (a) => (b) {{ {body} }}'
    )


class TestFunctions:
    BODY = "p = Softplus(a) h = Tanh(p) m = Mul(a, h) b = Elu <alpha: float = @slope> (m)"

    def test_body_of_a_function(self) -> None:
        proto = with_function(self.BODY, "y = local.block <slope = 0.5> (x)")
        accelerated, report = accelerate(proto)
        assert report.replaced == {"Elu": 1, "Mish": 1}
        assert operators(accelerated) == ["block"]
        onnx.checker.check_model(accelerated, full_check=True)
        x = np.linspace(-5, 5, 11, dtype=np.float32)
        expected = [elu(mish(v), 0.5) for v in x]
        for result in (reference(accelerated, x), runtime(accelerated, x)):
            assert np.allclose(result, expected, rtol=0, atol=1e-6)

    def test_half_precision_calls(self) -> None:
        proto = with_function(self.BODY, "y = local.block <slope = 0.5> (x)", "float16")
        accelerated, report = accelerate(proto)
        assert report.replaced == {"Elu": 1, "Mish": 1}
        onnx.checker.check_model(accelerated, full_check=True)

    def test_calls_with_two_element_types_are_left_alone(self) -> None:
        calls = (
            "z = local.block <slope = 0.5> (x) d = Cast <to = 11> (z)"
            " e = local.block <slope = 0.5> (d) y = Cast <to = 1> (e)"
        )
        assert_left_alone(with_function(self.BODY, calls), *["its element type is undefined"] * 3)


def test_a_second_time_changes_nothing() -> None:
    first, _ = accelerate(model(f"{MISH.replace('y =', 'f =')} y = Elu(f)"))
    second, report = accelerate(first)
    assert second is first
    assert (report.replaced, report.left_alone) == ({}, [])


def test_the_model_given_is_not_changed() -> None:
    proto = model(MISH)
    before = proto.SerializeToString()
    accelerate(proto)
    assert proto.SerializeToString() == before


def test_everything_else_is_kept() -> None:
    proto = model(
        f"before = Exp(x) {MISH.replace('y =', 'f =')} unused = Neg(f) y = Add(f, before)"
    )
    proto.doc_string, proto.producer_name, proto.model_version = "about", "tester", 3
    proto.metadata_props.add(key="k", value="v")
    proto.graph.doc_string = "the graph"
    proto.graph.input[0].doc_string = "the input"
    proto.graph.initializer.append(onnx.numpy_helper.from_array(np.ones(3, np.float32), "w"))
    for i, node in enumerate(proto.graph.node):
        node.name, node.doc_string = f"node_{i}", f"about {i}"
    accelerated, _ = accelerate(proto)
    kept = [node for node in proto.graph.node if node.name in ("node_0", "node_4", "node_5")]
    (added,) = [node for node in accelerated.graph.node if node.domain == "ai.edgeact"]
    assert (added.name, added.doc_string, added.output[0]) == ("node_3", "about 3", "f")
    for node in kept:
        node.ClearField("domain")
    assert [node for node in accelerated.graph.node if node is not added] == kept
    for part in ("doc_string", "producer_name", "model_version", "metadata_props"):
        assert getattr(accelerated, part) == getattr(proto, part)
    for part in ("doc_string", "input", "output", "initializer", "name"):
        assert getattr(accelerated.graph, part) == getattr(proto.graph, part)


def test_constants_go_only_with_their_last_use() -> None:
    proto = model(f"{RELU6} w = Mul(x, c) d = Div(w, six) y = Sub(d, six)")
    accelerated, report = accelerate(proto)
    assert report.replaced == {"HardSwish": 1}
    assert [node.op_type for node in accelerated.graph.node] == ["Constant", "HardSwish", "Sub"]


def test_initializers_of_old_models_are_constants() -> None:
    """Before IR version 4 they are listed as inputs as well."""
    proto = model("a = Add(x, three) c = Clip <min = 0.0, max = 6.0> (a) w = Mul(x, c)"
                  " y = Div(w, number)", 7)  # fmt: skip
    proto.ir_version = 3
    proto.graph.initializer.append(onnx.numpy_helper.from_array(np.float32(6), "number"))
    proto.graph.input.append(onnx.helper.make_tensor_value_info("number", 1, []))
    accelerated, report = accelerate(proto)
    assert report.replaced == {"HardSwish": 1}
    assert [value.name for value in accelerated.graph.input] == ["x"]
    assert not accelerated.graph.initializer
    assert np.allclose(runtime(accelerated, np.ones(3, np.float32)), 4 / 6, rtol=0, atol=1e-6)


def test_an_initializer_that_callers_may_override_is_no_constant() -> None:
    proto = model(f"{RELU6} w = Mul(x, c) y = Div(w, number)")
    proto.graph.initializer.append(onnx.numpy_helper.from_array(np.float32(6), "number"))
    proto.graph.input.append(onnx.helper.make_tensor_value_info("number", 1, []))
    assert_left_alone(proto, "number is not a constant scalar")


@pytest.mark.parametrize(("shape", "count"), [("", 0), ("N", 1), ("1, 2, 3, N", 1)])
def test_a_constant_of_rank_1_must_not_widen_the_result(shape: str, count: int) -> None:
    body = f"{RELU6} w = Mul(x, c) y = Div(w, number)"
    proto = model(body, shape=shape)
    proto.graph.initializer.append(onnx.numpy_helper.from_array(np.float32([6]), "number"))
    _, report = accelerate(proto)
    assert report.total == count


def test_the_element_type_is_told_by_constants_where_onnx_cannot() -> None:
    proto = model(f"x1 = com.microsoft.QuickGelu(x) {ERF.replace('(x', '(x1')} w = Mul(x1, g)"
                  " y = Mul(w, half)")  # fmt: skip
    proto.opset_import.add(domain="com.microsoft", version=1)
    _, report = accelerate(proto)
    assert report.replaced == {"Gelu": 1}


def test_one_body_serves_one_element_type() -> None:
    proto = model("f = Mish(x) d = Cast <to = 11> (f) e = Mish(d) y = Cast <to = 1> (e)")
    accelerated, report = accelerate(proto)
    assert report.replaced == {"Mish": 1}
    assert [e.reason for e in report.left_alone] == ["the model has another body for Mish"]
    onnx.checker.check_model(accelerated, full_check=True)


def test_unknown_tier() -> None:
    with pytest.raises(ValueError, match="'sloppy' is not one of coarse, exact, fast"):
        accelerate(model(MISH), "sloppy")


def test_tier_exact_replaces_what_is_only_fast_elsewhere() -> None:
    """Gelu and HardSwish stay ONNX Runtime's in tier fast; affines are not folded into exact."""
    body = "a = Gelu(x) b = HardSwish(a) c = Mul(b, s) y = Mish(c)"
    accelerated, report = accelerate(model(body, opset=20), "exact")
    assert report.replaced == {"Mish": 1, "HardSwish": 1, "Gelu": 1}
    assert not report.left_alone
    tiers = {a.s for n in accelerated.graph.node for a in n.attribute if a.name == "tier"}
    assert tiers == {b"exact"}
    x = np.linspace(-6, 6, 1001, dtype=np.float32)
    exact = edgeact.exact
    expected = exact.mish(exact.hardswish(exact.gelu(x)) * np.float32(0.75))
    options = onnxruntime.SessionOptions()
    register(options)
    session = onnxruntime.InferenceSession(accelerated.SerializeToString(), options)
    assert session.run(None, {"x": x})[0].tobytes() == expected.tobytes()


@pytest.mark.parametrize(("dtype", "tier"), [("float", "coarse"), ("double", "fast")])
def test_tier_coarse_is_fast_where_it_has_none(dtype: str, tier: str) -> None:
    body = "a = Mish(x) b = Softplus(a) c = Elu(b) y = Softsign(c)"
    accelerated, report = accelerate(model(body, dtype=dtype), "coarse")
    assert report.replaced == {"Mish": 1, "Softplus": 1, "Elu": 1, "Softsign": 1}
    found = {
        n.op_type: a.s for n in accelerated.graph.node for a in n.attribute if a.name == "tier"
    }
    assert found.pop("Softsign") == b"fast"
    assert set(found.values()) == {tier.encode()}
    x = np.linspace(-6, 6, 1001, dtype=np.float32 if dtype == "float" else np.float64)
    module = edgeact.coarse if tier == "coarse" else edgeact
    inner = module.elu(module.softplus(module.mish(x)), 1)
    options = onnxruntime.SessionOptions()
    register(options)
    session = onnxruntime.InferenceSession(accelerated.SerializeToString(), options)
    expected = edgeact.softsign(inner)
    assert session.run(None, {"x": x})[0].tobytes() == expected.tobytes()


def test_tier_exact_has_no_double() -> None:
    _, report = accelerate(model("y = Mish(x)", dtype="double"), "exact")
    assert [entry.reason for entry in report.left_alone] == ["tier exact has no double"]
