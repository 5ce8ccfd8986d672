"""The operators in ONNX Runtime: registering, sessions, and the same bits as the ufuncs."""

import sys
from pathlib import Path

import ml_dtypes
import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import parser

import edgeact
from edgeact.onnx import accelerate, library_path, register, session

MISH = parser.parse_model(
    '<ir_version: 8, opset_import: ["": 18]> g (float[N] x) => (float[N] y) { y = Mish(x) }'
)


def test_library_is_installed() -> None:
    assert Path(library_path()).is_file()


def test_library_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(edgeact, "__path__", [str(tmp_path)])
    with pytest.raises(FileNotFoundError, match=f"libedgeact_ort.so in {tmp_path}"):
        library_path()


def test_register_twice() -> None:
    options = onnxruntime.SessionOptions()
    register(options)
    register(options)
    accelerated, _ = accelerate(MISH)
    onnxruntime.InferenceSession(accelerated.SerializeToString(), options)
    onnxruntime.InferenceSession(accelerated.SerializeToString(), options)


@pytest.mark.parametrize("version", ["1.15.1", "0.5.0"])
def test_old_runtime_is_refused(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(onnxruntime, "__version__", version)
    with pytest.raises(ImportError, match=f"1.16 or newer, this is {version}"):
        register(onnxruntime.SessionOptions())


@pytest.mark.parametrize("missing", ["onnx", "onnx_ir"])
def test_missing_extra(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name in [name for name in sys.modules if name.startswith("edgeact.onnx.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=r'pip install "edgeact\[onnx\]"'):
        accelerate(MISH)


@pytest.mark.parametrize(
    ("tier", "name", "dtype", "code"),
    [
        (tier, name, dtype, code)
        for dtype, code, tiers in (
            (np.float64, 11, ["fast"]),
            (np.float32, 1, ["exact", "fast", "coarse"]),
            (np.float16, 10, ["exact", "fast", "coarse"]),
        )
        for tier in tiers
        for name in edgeact.activations(tier)
        if not edgeact.spec(name).tensors  # test_ort_tensors.py has those
    ],
)
def test_same_bits_as_the_ufunc(tier: str, name: str, dtype: type, code: int) -> None:
    spec = edgeact.spec(name)
    given = {"scale_in": 0.75, "shift_in": -0.25, "scale_out": 1.25, "shift_out": 0.5}
    required = {name: given[name] for name, default in spec.params.items() if default is None}
    attributes = {**spec.params, **required}
    node = onnx.helper.make_node(
        spec.onnx, ["x"], ["y"], domain="ai.edgeact", tier=tier, **attributes
    )
    x, y = (onnx.helper.make_tensor_value_info(v, code, ["M", "N"]) for v in "xy")
    proto = onnx.helper.make_model(
        onnx.helper.make_graph([node], "g", [x], [y]),
        opset_imports=[onnx.helper.make_opsetid(d, v) for d, v in (("", 18), ("ai.edgeact", 1))],
        ir_version=8,
    )
    options = onnxruntime.SessionOptions()
    register(options)
    ort = onnxruntime.InferenceSession(proto.SerializeToString(), options)
    data = np.linspace(-20, 20, 7 * 1001, dtype=dtype).reshape(7, 1001)
    (result,) = ort.run(None, {"x": data})
    expected = edgeact.apply(name, data, *map(np.float32, attributes.values()), tier=tier)
    assert result.tobytes() == expected.tobytes()


@pytest.mark.parametrize("name", ["gelu", "elu", "prelu", "swiglu"])
def test_bfloat16_is_the_ufunc(name: str) -> None:
    """Between casts, which are exact here: ONNX Runtime's Python takes no bfloat16 array."""
    spec = edgeact.spec(name)
    helper, float32, bfloat16 = onnx.helper, 1, 16
    names = ["x", *list(spec.params)[: spec.tensors]]
    nodes = [helper.make_node("Cast", [n], [f"{n}_16"], to=bfloat16) for n in names]
    given = {n: v for n, v in spec.params.items() if n not in names}
    inputs = [f"{n}_16" for n in names]
    nodes.append(helper.make_node(spec.onnx, inputs, ["y_16"], domain="ai.edgeact", **given))
    nodes.append(helper.make_node("Cast", ["y_16"], ["y"], to=float32))
    values = [helper.make_tensor_value_info(n, float32, ["N"]) for n in [*names, "y"]]
    proto = helper.make_model(
        helper.make_graph(nodes, "g", values[:-1], values[-1:]),
        opset_imports=[helper.make_opsetid(d, v) for d, v in (("", 18), ("ai.edgeact", 1))],
        ir_version=8,
    )
    options = onnxruntime.SessionOptions()
    register(options)
    ort = onnxruntime.InferenceSession(proto.SerializeToString(), options)
    x = np.linspace(-9, 9, 5001).astype(ml_dtypes.bfloat16)
    arrays = [x, *(x[::-1].copy() for _ in names[1:])]
    feed = {n: a.astype(np.float32) for n, a in zip(names, arrays, strict=True)}
    (result,) = ort.run(None, feed)
    expected = getattr(edgeact, name)(*arrays, *map(np.float32, given.values()))
    assert expected.dtype == x.dtype
    np.testing.assert_array_equal(result, expected.astype(np.float32))


def test_session_computes_with_edgeact() -> None:
    x = np.linspace(-20, 20, 1001, dtype=np.float32)
    (y,) = session(MISH, measure=False, providers=["CPUExecutionProvider"]).run(None, {"x": x})
    assert y.tobytes() == edgeact.mish(x).tobytes()


def test_session_takes_options() -> None:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    ort = session(MISH, sess_options=options)
    assert ort.get_session_options().intra_op_num_threads == 1
    session(MISH, sess_options=options)


def test_session_of_a_file_with_external_data(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    proto = parser.parse_model(
        '<ir_version: 8, opset_import: ["": 18]> g (float[4] x) => (float[4] y)'
        " <float[4] w = {1, 2, 3, 4}> { m = Mul(x, w) y = Mish(m) }"
    )
    onnx.save(proto, path, save_as_external_data=True, location="w.bin", size_threshold=0)
    (y,) = session(path, measure=False).run(None, {"x": np.ones(4, np.float32)})
    assert y.tobytes() == edgeact.mish(np.arange(1, 5, dtype=np.float32)).tobytes()
