"""Operators under ONNX Runtime one of whose parameters is a tensor, that broadcasts to x."""

import numpy as np
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper

import edgeact
import edgeact.onnx

NAMES = [name for name in edgeact.activations() if edgeact.spec(name).tensors]
DTYPES = {np.float32: TensorProto.FLOAT, np.float64: TensorProto.DOUBLE}
CASES = [
    ((), ()),
    ((7,), ()),
    ((7,), (1,)),
    ((7,), (7,)),
    ((2, 3, 4, 5), (3, 1, 1)),  # a value a channel
    ((2, 3, 4, 5), (1, 3, 1, 1)),
    ((2, 3, 4, 5), (5,)),  # a value a channel, channels last
    ((2, 3, 4, 5), (2, 1, 4, 1)),
    ((2, 3, 4, 5), (1, 3, 4, 5)),
    ((2, 3, 4, 5), (2, 3, 1, 5)),
    ((2, 3, 4, 5), (2, 3, 4, 5)),
    ((3, 1, 5), (3, 1, 1)),
    ((5,), (1, 1, 5)),  # NumPy would add dimensions; the operator keeps those of x
    ((2, 0, 3), (3,)),
    ((3, 40_001), (3, 1)),  # split into tasks, within a run
    ((3, 40_001), (40_001,)),
    ((40_001, 3), (3,)),
]


def run(name, x, p, tier="fast", threads=2):
    element = DTYPES[x.dtype.type]
    node = helper.make_node(
        edgeact.spec(name).onnx, ["x", "p"], ["y"], domain="ai.edgeact", tier=tier
    )
    graph = helper.make_graph(
        [node],
        "graph",
        [helper.make_tensor_value_info(v, element, None) for v in "xp"],
        [helper.make_tensor_value_info("y", element, None)],
    )
    opsets = [helper.make_opsetid("", 13), helper.make_opsetid("ai.edgeact", 1)]
    proto = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    edgeact.onnx.register(options)
    session = ort.InferenceSession(
        proto.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"x": x, "p": p})[0]


@pytest.mark.parametrize(("of_x", "of_p"), CASES, ids=str)
@pytest.mark.parametrize("dtype", DTYPES, ids=lambda dtype: dtype.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_broadcasts_as_the_ufunc(name, dtype, of_x, of_p):
    rng = np.random.default_rng(11)
    x, p = rng.normal(0, 3, of_x).astype(dtype), rng.normal(0, 3, of_p).astype(dtype)
    expected = np.asarray(getattr(edgeact, name)(x, p)).reshape(of_x)
    y = run(name, x, p)
    assert y.dtype == dtype
    assert y.shape == of_x
    assert y.tobytes() == expected.tobytes()


@pytest.mark.parametrize("name", [n for n in NAMES if n in edgeact.activations("exact")])
def test_exact(name):
    rng = np.random.default_rng(12)
    x = rng.normal(0, 3, (2, 3, 50)).astype(np.float32)
    p = rng.normal(0, 3, (3, 1)).astype(np.float32)
    y = run(name, x, p, "exact")
    assert y.tobytes() == getattr(edgeact.exact, name)(x, p).tobytes()


@pytest.mark.parametrize(
    ("of_x", "of_p", "shapes"),
    [
        ((2, 3), (2,), r"\(2\) .* x of shape \(2, 3\)"),
        ((2, 3), (3, 3), r"\(3, 3\) .* x of shape \(2, 3\)"),
        ((3,), (2, 3), r"\(2, 3\) .* x of shape \(3\)"),
    ],
    ids=str,
)
def test_shapes_that_do_not_fit_are_named(of_x, of_p, shapes):
    x, p = np.zeros(of_x, np.float32), np.zeros(of_p, np.float32)
    with pytest.raises(Exception, match="PRelu: slope of shape " + shapes):
        run("prelu", x, p)
