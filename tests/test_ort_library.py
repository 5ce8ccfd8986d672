"""libedgeact_ort under ONNX Runtime: values, attributes, shapes, memory, threads, registration."""

import ctypes
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper

import edgeact
import edgeact.onnx
from edgeact import reference

LIBRARY = edgeact.onnx.library_path()
DTYPES = {np.float32: TensorProto.FLOAT, np.float64: TensorProto.DOUBLE}
SHAPES = [(), (0,), (1,), (7,), (3, 5), (2, 0, 3), (2, 3, 17, 19)]

# Parameters without a default: exact in float32, and so chosen that no output cancels.
REQUIRED = {
    "scale_shift_hardswish": {
        "scale_in": 0.5,
        "shift_in": 0.25,
        "scale_out": 2.0,
        "shift_out": 3.0,
    },
}
REQUIRED["scale_shift_hardswish_grad"] = REQUIRED["scale_shift_hardswish"]


def node(name, x="x", y="y", **attributes):
    return helper.make_node(
        edgeact.spec(name).onnx, [x], [y], name=y, domain="ai.edgeact", **attributes
    )


def model(nodes, dtype=np.float32, shape=None, x="x", y="y"):
    element = DTYPES[dtype]
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info(x, element, shape)],
        [helper.make_tensor_value_info(y, element, None)],
    )
    opsets = [helper.make_opsetid("", 13), helper.make_opsetid("ai.edgeact", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def session(proto, threads=1):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    options.register_custom_ops_library(LIBRARY)
    return ort.InferenceSession(proto, options, providers=["CPUExecutionProvider"])


def run(proto, x, threads=1):
    (y,) = session(proto, threads).run(None, {"x": x})
    return y


def inputs(shape, dtype):
    return np.asarray(np.random.default_rng(2026).normal(0, 3, shape).astype(dtype))


def assert_same_bits(a, b):
    assert a.dtype == b.dtype
    assert a.shape == b.shape
    assert a.tobytes() == b.tobytes()


def largest_error(name, x, y, **given):
    """In ULP of the true value."""
    params = [float(np.float32(p)) for p in (edgeact.spec(name).params | given).values()]
    pairs = zip(x.ravel().tolist(), y.ravel().tolist(), strict=True)
    truths = ((yi, reference.exact(name, xi, *params)) for xi, yi in pairs)
    return max((reference.ulp_error(yi, true, y.dtype) for yi, true in truths), default=0.0)


def ufunc(name, x, given):
    """What the operator should give: attributes are float32."""
    params = (edgeact.spec(name).params | given).values()
    return edgeact.apply(name, x, *map(np.float32, params))


def bound(name, dtype):
    return edgeact.spec(name).bounds["fast", np.dtype(dtype).name].ulp


# test_ort_tensors.py has those whose parameters are tensors
by_name = pytest.mark.parametrize(
    "name", [name for name in edgeact.activations() if not edgeact.spec(name).tensors]
)
by_dtype = pytest.mark.parametrize("dtype", DTYPES, ids=lambda dtype: dtype.__name__)


def test_every_row_of_the_registry_is_tested():
    rows = (Path(__file__).parents[1] / "csrc/acts.def").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^(?:ACT|GRAD)\((\w+)", rows, flags=re.M)) == sorted(
        edgeact.activations()
    )


@by_name
@by_dtype
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_values(name, dtype, shape):
    params = REQUIRED.get(name, {})
    x = inputs(shape, dtype)
    y = run(model([node(name, **params)], dtype, shape), x)
    assert_same_bits(y, np.asarray(ufunc(name, x, params)))
    assert largest_error(name, x, y, **params) <= bound(name, dtype)


@by_name
@by_dtype
@pytest.mark.parametrize("threads", [1, 2])
def test_values_of_a_tensor_that_is_split(name, dtype, threads):
    params = REQUIRED.get(name, {})
    x = inputs(100_003, dtype)
    y = run(model([node(name, **params)], dtype, ["n"]), x, threads)
    assert_same_bits(y, ufunc(name, x, params))
    assert largest_error(name, x[::997], y[::997], **params) <= bound(name, dtype)


@by_dtype
def test_special_values(dtype):
    x = np.array([0.0, -0.0, np.inf, -np.inf, np.nan], dtype)
    y = run(model([node("tanh")], dtype, [5]), x)
    assert_same_bits(np.signbit(y[:4]), np.array([False, True, False, True]))
    np.testing.assert_array_equal(y, np.array([0, 0, 1, -1, np.nan], dtype))


@by_dtype
def test_a_parameter_has_its_default(dtype):
    x = inputs(33, dtype)
    assert_same_bits(
        run(model([node("elu")], dtype, [33]), x),
        run(model([node("elu", alpha=1.0)], dtype, [33]), x),
    )


@by_dtype
@pytest.mark.parametrize("alpha", [0.0, 1.5, -2.0])
def test_a_parameter_is_obeyed(dtype, alpha):
    x = inputs(33, dtype)
    y = run(model([node("elu", alpha=alpha)], dtype, [33]), x)
    assert largest_error("elu", x, y, alpha=alpha) <= bound("elu", dtype)


def test_a_parameter_is_a_float32_attribute():
    y = run(model([node("elu", alpha=0.1)], np.float64, [1]), np.array([-800.0]))
    assert y[0] == -float(np.float32(0.1))


def test_fast_is_the_default_tier():
    x = inputs(33, np.float32)
    assert_same_bits(
        run(model([node("gelu", tier="fast")], shape=[33]), x),
        run(model([node("gelu")], shape=[33]), x),
    )


@pytest.mark.parametrize(
    ("name", "attributes", "message"),
    [
        ("gelu", {"tier": "quick"}, "Gelu: the tier is exact, fast or coarse, not 'quick'"),
        ("gelu", {"tier": ""}, "Gelu: the tier is exact, fast or coarse, not ''"),
        ("gelu", {"tier": "x" * 99}, "Gelu: the tier is exact, fast or coarse, not 99 characters"),
        ("gelu", {"tier": 1}, "Gelu: attribute tier must be a string, not the integer 1"),
        ("relu", {"tier": "coarse"}, "Relu has no kernel of tier coarse"),
        ("elu", {"alpha": 2}, "Elu: attribute alpha must be a float, not the integer 2"),
        ("scale_shift_hardswish", {"scale_in": 1.0}, "needs the attribute shift_in"),
    ],
)
def test_bad_attributes(name, attributes, message):
    with pytest.raises(Exception, match=re.escape(message)):
        session(model([node(name, **attributes)]))


infers_shapes = pytest.mark.skipif(
    tuple(map(int, ort.__version__.split(".")[:2])) < (1, 17),
    reason="ONNX Runtime 1.16 asks custom operators for no shape",
)


@infers_shapes
@by_dtype
@pytest.mark.parametrize("shape", [[3], [0], [2, 3, 5], ["batch", 3, "width"]], ids=str)
def test_inferred_shape(dtype, shape):
    nodes = [node("mish", "x", "a"), node("silu", "a", "y")]
    (output,) = session(model(nodes, dtype, shape)).get_outputs()
    assert output.shape == shape


@infers_shapes
def test_inferred_shape_with_anonymous_dimensions():
    (output,) = session(model([node("mish")], shape=[None, 3, None])).get_outputs()
    first, second, third = output.shape
    assert second == 3
    assert {type(first), type(third)} == {str}
    assert first != third


@by_dtype
def test_an_unknown_rank_stays_unknown(dtype):
    proto = model([node("mish"), node("relu", "y", "z")], dtype, None, y="z")
    for shape in SHAPES:
        (z,) = session(proto).run(None, {"x": inputs(shape, dtype)})
        assert z.shape == shape


def test_anonymous_dimensions_fit_known_ones():
    """An unknown dimension written as -1 is "Incompatible dimensions" to the Add."""
    constant = helper.make_tensor("c", TensorProto.FLOAT, [4, 1], [1.0, 2.0, 3.0, 4.0])
    nodes = [
        helper.make_node("Constant", [], ["c"], value=constant),
        node("relu", "x", "a"),
        helper.make_node("Add", ["a", "c"], ["y"]),
    ]
    x = inputs((4, 6), np.float32)
    y = run(model(nodes, shape=[None, None]), x)
    assert_same_bits(y, np.maximum(x, 0) + np.arange(1, 5, dtype=np.float32)[:, None])


def test_an_input_still_in_use_is_not_overwritten():
    nodes = [
        node("softplus", "x", "a"),
        node("relu", "a", "b"),
        node("tanh", "b", "c"),
        helper.make_node("Sub", ["a", "c"], ["y"]),
    ]
    x = inputs(1000, np.float32)
    a = edgeact.softplus(x)
    assert_same_bits(run(model(nodes, shape=[1000]), x), a - edgeact.tanh(edgeact.relu(a)))


PEAK = """
import re, sys
import numpy, onnxruntime
def peak():
    with open("/proc/self/status") as file:
        return int(re.search(r"VmHWM:\\s*(\\d+) kB", file.read())[1]) * 1024
options = onnxruntime.SessionOptions()
options.enable_cpu_mem_arena = False
options.intra_op_num_threads = 1
options.register_custom_ops_library(sys.argv[1])
session = onnxruntime.InferenceSession(sys.argv[2], options, providers=["CPUExecutionProvider"])
x = numpy.ones(int(sys.argv[3]), numpy.float32)
before = peak()
session.run(None, {"x": x})
print((peak() - before) / x.nbytes)
"""


@infers_shapes
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_chain_runs_in_place(tmp_path):
    n = 1 << 24
    nodes = [node("relu", *pair) for pair in ["xa", "ab", "bc"]]
    nodes.append(helper.make_node("ReduceMax", ["c"], ["y"], keepdims=0))
    (tmp_path / "chain.onnx").write_bytes(model(nodes, shape=[n]))
    command = [sys.executable, "-c", PEAK, LIBRARY, str(tmp_path / "chain.onnx"), str(n)]
    tensors = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert 0.9 < float(tensors) < 1.5  # a, b and c are one; they would be two at a time


@by_dtype
def test_one_session_in_many_threads(dtype):
    shared = session(model([node("mish")], dtype, ["n"]), threads=2)
    xs = [inputs(1000 * i + 1, dtype) for i in range(60)]
    with ThreadPoolExecutor(8) as pool:
        ys = list(pool.map(lambda x: shared.run(None, {"x": x})[0], xs))
    for x, y in zip(xs, ys, strict=True):
        assert_same_bits(y, edgeact.mish(x))


def test_sessions_made_in_many_threads():
    proto, x = model([node("mish")], shape=["n"]), inputs(9, np.float32)
    with ThreadPoolExecutor(8) as pool:
        ys = list(pool.map(lambda _: run(proto, x), range(60)))
    for y in ys:
        assert_same_bits(y, edgeact.mish(x))


def test_an_unknown_isa_is_refused():
    register = "onnxruntime.SessionOptions().register_custom_ops_library(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", f"import onnxruntime, sys; {register}", LIBRARY],
        env=os.environ | {"EDGEACT_ISA": "mmx"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "EDGEACT_ISA=mmx" in done.stderr
    assert "scalar" in done.stderr


class Runtime:
    """An ONNX Runtime of any version that can do nothing but make a status."""

    def __init__(self, version):
        create = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p)
        get_api = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_uint32)
        get_version = ctypes.CFUNCTYPE(ctypes.c_void_p)
        self.message = ""
        self.create = create(self.create_status)
        self.api = (ctypes.c_void_p * 415)(ctypes.cast(self.create, ctypes.c_void_p))
        self.get_api = get_api(lambda _: ctypes.addressof(self.api))
        self.version = ctypes.create_string_buffer(version.encode())
        self.get_version = get_version(lambda: ctypes.addressof(self.version))
        self.base = (ctypes.c_void_p * 2)(
            ctypes.cast(self.get_api, ctypes.c_void_p),
            ctypes.cast(self.get_version, ctypes.c_void_p),
        )

    def create_status(self, _code, message):
        self.message = message.decode()
        return 1

    def register(self):
        entry = ctypes.CDLL(LIBRARY).RegisterCustomOps
        entry.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        entry.restype = ctypes.c_void_p
        assert entry(None, self.base) == 1
        return self.message


@pytest.mark.parametrize("version", ["1.15.1", "0.9.0", "2.0.0", "dev"])
def test_an_unfit_runtime_is_refused(version):
    message = Runtime(version).register()
    assert message == f"edgeact needs ONNX Runtime 1.16 or a later 1.x, not {version}"


def test_a_second_runtime_in_the_process_is_refused():
    options = ort.SessionOptions()
    options.register_custom_ops_library(LIBRARY)
    assert Runtime("1.20.0").register() == "edgeact serves another ONNX Runtime in this process"
