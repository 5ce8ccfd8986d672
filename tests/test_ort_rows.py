"""Softmax and LogSoftmax of domain ai.edgeact under ONNX Runtime, and their bodies."""

import re

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper

import edgeact as ea
import edgeact.onnx
from edgeact.onnx import bodies

DTYPES = {
    np.float32: TensorProto.FLOAT,
    np.float64: TensorProto.DOUBLE,
    np.float16: TensorProto.FLOAT16,
}
NAMES = pytest.mark.parametrize("name", ea.rowwise())
SHAPES = [(7,), (3, 64), (2, 3, 5), (2, 0, 3), (4, 0), (600, 300), (3, 500, 40), (2, 70_000)]


def model(name, dtype, shape, body=None, **attributes):
    node = helper.make_node(ea.spec(name).onnx, ["x"], ["y"], domain=bodies.DOMAIN, **attributes)
    values = [helper.make_tensor_value_info(v, DTYPES[dtype], shape) for v in "xy"]
    graph = helper.make_graph([node], "graph", values[:1], values[1:])
    return helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", body or 13), helper.make_opsetid(bodies.DOMAIN, 1)],
        functions=[bodies.body(ea.spec(name).onnx, DTYPES[dtype], body)] if body else [],
        ir_version=8,
    )


def session(proto, threads=1, registered=True):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    if registered:
        edgeact.onnx.register(options)
    return ort.InferenceSession(
        proto.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


@NAMES
@pytest.mark.parametrize("dtype", DTYPES, ids=lambda dtype: dtype.__name__)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("threads", [1, 2])
def test_as_the_ufunc_along_every_axis(name, dtype, shape, threads):
    x = np.random.default_rng(5).normal(0, 4, shape).astype(dtype)
    for axis in range(-len(shape), len(shape)):
        (y,) = session(model(name, dtype, shape, axis=axis), threads).run(None, {"x": x})
        np.testing.assert_array_equal(y, getattr(ea, name)(x, axis=axis))


@NAMES
def test_the_last_axis_is_the_default(name):
    x = np.random.default_rng(5).normal(0, 4, (3, 5)).astype(np.float32)
    (y,) = session(model(name, np.float32, [None, None])).run(None, {"x": x})
    np.testing.assert_array_equal(y, getattr(ea, name)(x))


@NAMES
@pytest.mark.parametrize("opset", [13, 18, 21])
@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_the_body_where_edgeact_is_not_registered(name, opset, dtype):
    x = np.random.default_rng(5).normal(0, 4, (3, 5, 7)).astype(dtype)
    rtol = 2e-5 if dtype is np.float32 else 2.0**-10
    for axis in (-1, 1):
        proto = model(name, dtype, x.shape, body=opset, axis=axis)
        onnx.checker.check_model(proto, full_check=True)
        expected = getattr(ea, name)(x, axis=axis)
        # Not by onnx.reference: it cannot hand an attribute on to a unary operator.
        (y,) = session(proto, registered=False).run(None, {"x": x})
        np.testing.assert_allclose(y, expected, rtol=rtol, atol=1e-6)
        (y,) = session(proto).run(None, {"x": x})
        np.testing.assert_array_equal(y, expected)


@NAMES
def test_a_model_with_it_is_accepted_and_left_alone(name):
    proto = model(name, np.float32, [3, 4], axis=-1)
    accelerated, report = edgeact.onnx.accelerate(proto)
    assert report.total == 0
    assert [node.op_type for node in accelerated.graph.node] == [ea.spec(name).onnx]


@NAMES
def test_bad_axes_are_named(name):
    onnx_name = ea.spec(name).onnx
    for axis in (2, -3):
        held = session(model(name, np.float32, [None, None], axis=axis))
        message = re.escape(f"{onnx_name}: axis {axis} of a tensor of 2 dimensions")
        with pytest.raises(Exception, match=message):
            held.run(None, {"x": np.zeros((2, 2), np.float32)})
    message = f"{onnx_name}: attribute axis must be an integer, not the float 1"
    with pytest.raises(Exception, match=message):
        session(model(name, np.float32, [2, 2], axis=1.0))


def test_every_rowwise_function_has_a_body():
    assert list(bodies.ROWWISE) == [ea.spec(name).onnx for name in ea.rowwise()]
