"""Activations between DequantizeLinear and QuantizeLinear become a table of exact results."""

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from edgeact import reference
from edgeact.onnx import accelerate, register

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
