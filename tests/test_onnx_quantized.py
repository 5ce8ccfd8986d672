"""Activations between DequantizeLinear and QuantizeLinear become a table of exact results;
those that are quantized in their parts, one of what the parts give."""

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from edgeact import reference
from edgeact.onnx import accelerate, register
from edgeact.onnx.rewrite import rewrite

# The activation as nodes of x, and its name in edgeact.
ACTIVATIONS = {
    "mish": [("Mish", "x")],
    "silu": [("Sigmoid", "x"), ("Mul", "x", 0)],
    "gelu": [("Gelu", "x")],
    "sigmoid": [("Sigmoid", "x")],
    "softplus": [("Softplus", "x")],
    "hardswish": [("HardSwish", "x")],
}
SHAPE = (2, 3, 256)


def quantized_model(
    name: str, dtype: str, scales: tuple[object, object], zeros: tuple[object, object] | None,
    axis: int = 1, opset: int = 21, **attributes: int,
) -> onnx.ModelProto:  # fmt: skip
    code = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    tensors = [
        numpy_helper.from_array(np.asarray(s, np.float32), f"s{i}") for i, s in enumerate(scales)
    ]
    if zeros is not None:
        tensors += [
            numpy_helper.from_array(np.asarray(z, dtype), f"z{i}") for i, z in enumerate(zeros)
        ]
    scaling = [[f"s{i}", *([f"z{i}"] if zeros is not None else [])] for i in (0, 1)]
    along = {"axis": axis} if opset >= 13 else {}
    nodes = [helper.make_node("DequantizeLinear", ["q", *scaling[0]], ["x"], **along, **attributes)]
    for i, (operator, *inputs) in enumerate(ACTIVATIONS[name]):
        names = [v if isinstance(v, str) else f"v{v}" for v in inputs]
        nodes.append(helper.make_node(operator, names, [f"v{i}"]))
    last = nodes[-1].output[0]
    nodes.append(helper.make_node("QuantizeLinear", [last, *scaling[1]], ["y"], **along))
    values = [helper.make_tensor_value_info(n, code, SHAPE) for n in "qy"]
    graph = helper.make_graph(nodes, "g", values[:1], values[1:], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def every(dtype: str) -> NDArray[np.integer]:
    bytes_ = np.arange(256, dtype=np.uint8).view(dtype)
    return np.broadcast_to(bytes_, SHAPE).copy()


def truth(name: str, q: NDArray[np.integer], scales: tuple[object, object],
          zeros: tuple[object, object], axis: int) -> NDArray[np.integer]:  # fmt: skip
    """By MPFR: float32 of the exact value is near enough, as no tie lies here."""

    def along(value: object) -> NDArray[np.float64]:
        array = np.asarray(value, np.float64)
        return array.reshape(-1, *[1] * (q.ndim - axis - 1)) if array.ndim else array

    scale, scale_out = (along(np.asarray(s, np.float32)) for s in scales)
    zero, zero_out = map(along, zeros)
    x = (q.astype(np.float64) - zero) * scale
    y = np.array(
        [float(reference.exact(name, float(v), dtype="float64")) for v in x.ravel()]
    ).reshape(x.shape)
    limits = np.iinfo(q.dtype)
    return np.clip(np.rint(y / scale_out) + zero_out, limits.min, limits.max).astype(q.dtype)


def run(model: onnx.ModelProto, q: NDArray[np.integer], registered: bool) -> NDArray[np.integer]:
    options = onnxruntime.SessionOptions()
    if registered:
        register(options)
    return onnxruntime.InferenceSession(model.SerializeToString(), options).run(None, {"q": q})[0]


def assert_exact(model: onnx.ModelProto, expected: NDArray[np.integer], q: NDArray) -> None:
    accelerated, report = accelerate(model)
    assert report.replaced == {"QuantizedLut": 1}
    assert [n.op_type for n in accelerated.graph.node if n.op_type != "Constant"] == [
        "QuantizedLut"
    ]
    assert not accelerated.graph.initializer
    onnx.checker.check_model(accelerated, full_check=True)
    np.testing.assert_array_equal(run(accelerated, q, True), expected)
    np.testing.assert_array_equal(run(accelerated, q, False), expected)
    np.testing.assert_array_equal(ReferenceEvaluator(accelerated).run(None, {"q": q})[0], expected)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize(("dtype", "zeros"), [("int8", (3, -5)), ("uint8", (128, 20))])
def test_per_tensor(name: str, dtype: str, zeros: tuple[int, int]) -> None:
    scales, q = (0.0517, 0.0413), every(dtype)
    expected = truth(name, q, scales, zeros, 1)
    assert_exact(quantized_model(name, dtype, scales, zeros), expected, q)


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("dtype", ["int8", "uint8"])
def test_per_channel(axis: int, dtype: str) -> None:
    count = SHAPE[axis]
    scales = np.linspace(0.031, 0.062, count), 0.0413
    zeros = np.arange(count) % 100, 7
    q = every(dtype)
    expected = truth("mish", q, scales, zeros, axis)
    assert_exact(quantized_model("mish", dtype, scales, zeros, axis), expected, q)


@pytest.mark.parametrize("opset", [10, 13, 19, 21])
def test_without_zero_points(opset: int) -> None:
    q, scales = every("uint8"), (0.0517, 0.0413)
    expected = truth("softplus", q, scales, (0, 0), 1)
    assert_exact(quantized_model("softplus", "uint8", scales, None, opset=opset), expected, q)


def test_a_large_tensor_in_tasks() -> None:
    model = quantized_model("mish", "int8", (0.05, 0.04), (3, -5))
    for value in (*model.graph.input, *model.graph.output):
        del value.type.tensor_type.shape.dim[:]
        for _ in range(3):
            value.type.tensor_type.shape.dim.add()
    accelerated, _ = accelerate(model)
    q = np.random.default_rng(0).integers(-128, 128, (3, 7, 100_003)).astype(np.int8)
    table = run(accelerated, every("int8"), True)[0, 0]
    np.testing.assert_array_equal(run(accelerated, q, True), table[q.view(np.uint8)])


def test_dequantized_values_that_are_used_elsewhere_stay() -> None:
    model = quantized_model("mish", "int8", (0.05, 0.04), (3, -5))
    model.graph.output.append(helper.make_tensor_value_info("x", 1, SHAPE))
    accelerated, report = accelerate(model)
    assert report.replaced == {"QuantizedLut": 1}
    names = [n.op_type for n in accelerated.graph.node if n.op_type != "Constant"]
    assert sorted(names) == ["DequantizeLinear", "QuantizedLut"]


def test_a_result_that_is_used_elsewhere_is_no_table() -> None:
    model = quantized_model("mish", "int8", (0.05, 0.04), (3, -5))
    model.graph.output.append(helper.make_tensor_value_info("v0", 1, SHAPE))
    assert accelerate(model)[1].replaced == {"Mish": 1}


def test_two_axes_are_no_table() -> None:
    scales = np.full(3, 0.05), np.full(3, 0.04)
    zeros = np.zeros(3), np.zeros(3)
    model = quantized_model("mish", "int8", scales, zeros)
    model.graph.node[0].attribute[0].i = 0
    assert accelerate(model)[1].replaced == {"Mish": 1}


def test_blocks_are_no_table() -> None:
    model = quantized_model("mish", "int8", (0.05, 0.04), (3, -5), block_size=2)
    assert "QuantizedLut" not in accelerate(model)[1].replaced


# Quantized in parts, as onnxruntime.quantization.quantize_static 1.32 writes these: Q and D are
# QuantizeLinear and DequantizeLinear, with a scale that fits.
IN_PARTS = {
    "silu": "x = D q 0.05; s = Sigmoid x; sq = Q s 0.0039; t = D sq 0.0039; m = Mul x t;"
    " y = Q m 0.04",
    "hardswish": "x = D q 0.05; s = HardSigmoid@6 x; sq = Q s 0.0039; t = D sq 0.0039; m = Mul x t;"
    " y = Q m 0.04",
    # Its Clip has gone into the QuantizeLinear, and the constant 3 is quantized.
    "hardswish of Relu6": "x = D q 0.05; cq = Q 3.0 0.0236; c = D cq 0.0236; a = Add x c;"
    " aq = Q a 0.0236; b = D aq 0.0236; m = Mul x b; mq = Q m 0.151; n = D mq 0.151;"
    " d = Div n 6.0; y = Q d 0.025",
    "gelu": "x = D q 0.05; d = Div x 1.4142135; e = Erf d; eq = Q e 0.0078; f = D eq 0.0078;"
    " cq = Q 1.0 0.0079; c = D cq 0.0079; a = Add f c; aq = Q a 0.0157; b = D aq 0.0157;"
    " m = Mul x b; mq = Q m 0.051; n = D mq 0.051; hq = Q 0.5 0.00394; h = D hq 0.00394;"
    " o = Mul n h; y = Q o 0.025",
    "mish": "x = D q 0.05; s = Softplus x; t = Tanh s; tq = Q t 0.0041; u = D tq 0.0041;"
    " m = Mul x u; y = Q m 0.04",
    "one after the other": "x = D q 0.05; s = Sigmoid x; sq = Q s 0.0039; t = D sq 0.0039;"
    " m = Mul x t; mq = Q m 0.04; n = D mq 0.04; e = Elu n; y = Q e 0.043",
    "a half of it": "x = D q 0.05; s = Selu x; sq = Q s 0.06; t = D sq 0.06;"
    " c = Less x -0.013; k = Where c t x; y = Q k 0.05",
}  # fmt: skip


def in_parts(
    text: str, dtype: str, zero: int, channels: NDArray[np.float64] | None = None, axis: int = 1
) -> onnx.ModelProto:
    """Scales are as written, or that times each of the channels."""
    code = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    nodes, tensors = [], []

    def constant(value: object, kind: str) -> str:
        tensors.append(numpy_helper.from_array(np.asarray(value, kind), f"c{len(tensors)}"))
        return tensors[-1].name

    for line in text.split(";"):
        output, call = map(str.strip, line.split("="))
        operator, *inputs = call.split()
        rounding = operator in ("Q", "D")
        scale = float(inputs.pop()) if rounding else 0.0
        names = [i if i[0].isalpha() else constant(float(i), "float32") for i in inputs]
        operator, _, sixth = operator.partition("@")
        attributes = {"alpha": 1 / 6} if sixth else {}
        if rounding:
            scales, zeros = scale, zero
            if channels is not None and names == inputs and inputs[0] not in ("cq", "hq"):
                scales, zeros = scale * channels, zero + np.arange(len(channels)) % 2
                attributes = {"axis": axis}
            names += [constant(scales, "float32"), constant(zeros, dtype)]
            operator = {"Q": "QuantizeLinear", "D": "DequantizeLinear"}[operator]
        nodes.append(helper.make_node(operator, names, [output], **attributes))
    values = [helper.make_tensor_value_info(n, code, SHAPE) for n in "qy"]
    graph = helper.make_graph(nodes, "g", values[:1], values[1:], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)


def assert_as_the_parts(model: onnx.ModelProto, q: NDArray) -> None:
    """For each number what ONNX Runtime and onnx.reference give for the original."""
    expected = run(model, q, False)
    np.testing.assert_array_equal(ReferenceEvaluator(model).run(None, {"q": q})[0], expected)
    assert len(np.unique(expected)) > 50
    assert_exact(model, expected, q)


@pytest.mark.parametrize("name", IN_PARTS)
@pytest.mark.parametrize(("dtype", "zero"), [("int8", -5), ("uint8", 128), ("uint8", 30)])
def test_in_parts(name: str, dtype: str, zero: int) -> None:
    assert_as_the_parts(in_parts(IN_PARTS[name], dtype, zero), every(dtype))


@pytest.mark.parametrize("name", IN_PARTS)
@pytest.mark.parametrize(("dtype", "zero"), [("int8", -5), ("uint8", 128)])
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_in_parts_per_channel(name: str, dtype: str, zero: int, axis: int) -> None:
    model = in_parts(IN_PARTS[name], dtype, zero, np.linspace(0.8, 1.3, SHAPE[axis]), axis)
    accelerated, report = accelerate(model)
    assert report.replaced == {"QuantizedLut": 1}
    assert not accelerated.graph.initializer
    # ONNX Runtime's optimiser makes of these what it then refuses.
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    original = onnxruntime.InferenceSession(model.SerializeToString(), options)
    slots = np.arange(SHAPE[0] * SHAPE[1]).reshape(*SHAPE[:2], 1)
    # The 6 elements of a channel of the last axis see every number, too.
    for shift in range(43 if axis == -1 else 1):
        q = (np.arange(256) + 43 * slots + shift).astype(np.uint8).view(dtype)
        (expected,) = original.run(None, {"q": q})
        np.testing.assert_array_equal(run(accelerated, q, True), expected)
        np.testing.assert_array_equal(run(accelerated, q, False), expected)


def test_the_parts_are_not_the_whole() -> None:
    """What is rounded on the way has other results than the exact function."""
    q = every("int8")
    whole = truth("silu", q, (0.05, 0.04), (-5, -5), 1)
    assert np.any(run(in_parts(IN_PARTS["silu"], "int8", -5), q, False) != whole)


@pytest.mark.parametrize("held", ["s", "sq", "t", "m"])
def test_parts_that_are_used_elsewhere_stay(held: str) -> None:
    model = in_parts(IN_PARTS["silu"], "int8", -5)
    code = helper.np_dtype_to_tensor_dtype(np.dtype("int8" if held == "sq" else "float32"))
    model.graph.output.append(helper.make_tensor_value_info(held, code, SHAPE))
    accelerated, report = accelerate(model)
    held_back = [e.reason for e in report.left_alone if e.operator == "QuantizedLut"]
    assert held_back == [f"{held} is used elsewhere"]
    q = every("int8")
    got, expected = (
        onnxruntime.InferenceSession(m.SerializeToString(), options).run(None, {"q": q})
        for m, options in ((accelerated, None), (model, None))
    )
    assert np.abs(got[0].astype(int) - expected[0]).max() <= 1


def test_an_input_that_is_dequantized_elsewhere_too() -> None:
    model = in_parts(IN_PARTS["silu"], "int8", -5)
    model.graph.output.append(helper.make_tensor_value_info("x", 1, SHAPE))
    accelerated, report = accelerate(model)
    assert report.replaced == {"QuantizedLut": 1}
    names = [n.op_type for n in accelerated.graph.node if n.op_type != "Constant"]
    assert sorted(names) == ["DequantizeLinear", "QuantizedLut"]


def test_the_longest_chain_that_is_free() -> None:
    """The first of two activations is used elsewhere: each becomes a table."""
    model = in_parts(
        IN_PARTS["silu"].replace("y =", "y0 =")
        + "; x1 = D y0 0.04; s1 = Sigmoid x1; sq1 = Q s1 0.0039; t1 = D sq1 0.0039;"
        " m1 = Mul x1 t1; y = Q m1 0.04",
        "int8",
        -5,
    )
    model.graph.output.append(helper.make_tensor_value_info("y0", 3, SHAPE))
    accelerated, report = accelerate(model)
    assert report.replaced == {"QuantizedLut": 2}
    assert report.left_alone == []
    q = every("int8")
    np.testing.assert_array_equal(run(accelerated, q, True), run(model, q, False))


def test_two_tensors_are_no_chain() -> None:
    """As in a residual connection."""
    model = in_parts(IN_PARTS["silu"].replace("Mul x t", "Mul r t"), "int8", -5)
    model.graph.input.append(helper.make_tensor_value_info("r", 1, SHAPE))
    assert accelerate(model)[1].replaced == {"QuantizedLut": 1}  # the sigmoid


def test_a_large_constant_is_no_chain() -> None:
    model = in_parts(IN_PARTS["hardswish of Relu6"].replace("Div n 6.0", "Div n w"), "int8", -5)
    model.graph.initializer.append(
        numpy_helper.from_array(np.linspace(1, 2, 256, dtype=np.float32), "w")
    )
    accelerated, report = accelerate(model)
    assert report.replaced == {"QuantizedLut": 1}  # what is before it
    assert "Div" in [node.op_type for node in accelerated.graph.node]
    q = every("int8")
    np.testing.assert_array_equal(run(accelerated, q, True), run(model, q, False))


@pytest.mark.parametrize("text", [IN_PARTS["silu"], "x = D q 0.05; s = Mish x; y = Q s 0.04"])
def test_tables_that_are_left_to_the_runtime(text: str) -> None:
    """As the host target tries: nothing else is put in their place."""
    model = in_parts(text, "int8", -5)
    result, report = rewrite(model, "fast", None, left=("QuantizedLut",))
    assert result is model
    assert {entry.reason for entry in report.left_alone} == {"ONNX Runtime's own is as fast here"}


def test_in_parts_in_a_branch() -> None:
    model = in_parts(IN_PARTS["silu"], "int8", -5)
    branch = onnx.GraphProto()
    branch.CopyFrom(model.graph)
    del branch.input[:], branch.initializer[:]
    other = helper.make_graph(
        [helper.make_node("Identity", ["q"], ["u"])],
        "e",
        [],
        [helper.make_tensor_value_info("u", 3, SHAPE)],
    )
    node = helper.make_node("If", ["k"], ["w"], then_branch=branch, else_branch=other)
    values = [*model.graph.input, helper.make_tensor_value_info("k", 9, [])]
    outputs = [helper.make_tensor_value_info("w", 3, SHAPE)]
    graph = helper.make_graph([node], "g", values, outputs, model.graph.initializer)
    whole = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    accelerated, report = accelerate(whole)
    assert report.replaced == {"QuantizedLut": 1}
    options = onnxruntime.SessionOptions()
    register(options)
    q = every("int8")
    ort = onnxruntime.InferenceSession(accelerated.SerializeToString(), options)
    (y,) = ort.run(None, {"q": q, "k": np.array(True)})
    np.testing.assert_array_equal(y, run(model, q, False))
