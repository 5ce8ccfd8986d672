"""Target host: tuned models stay the same function, and are never slower nor run elsewhere."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import parser

import edgeact
from edgeact.onnx import accelerate, files, host, inspect, register, session, timing

MISH = parser.parse_model(
    '<ir_version: 8, opset_import: ["": 18]> g (float[N] x) => (float[N] y) { y = Mish(x) }'
)
CONV = parser.parse_model(
    '<ir_version: 8, opset_import: ["": 18]>'
    " g (float[N, 16, 24, 24] x) => (float[N, 32, 20, 20] y)"
    " { c = Conv(x, w) s = Softplus(c) t = Tanh(s) m = Mul(c, t)"
    "   d = Conv(m, v) g = Sigmoid(d) y = Mul(d, g) }"
)
_rng = np.random.default_rng(1)
for name, channels in (("w", 16), ("v", 32)):
    weights = _rng.standard_normal((32, channels, 3, 3)).astype(np.float32) / 12
    CONV.graph.initializer.append(onnx.numpy_helper.from_array(weights, name))
X = _rng.standard_normal((1, 16, 24, 24)).astype(np.float32)


def save_externally(path: Path) -> None:
    model = onnx.ModelProto()
    model.CopyFrom(CONV)
    onnx.save(model, path, save_as_external_data=True, location="w.bin", size_threshold=0)


def load(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    register(options)
    return onnxruntime.InferenceSession(model.SerializeToString(), options)


def operators(model: onnx.ModelProto) -> list[str]:
    return [node.op_type for node in model.graph.node]


def sums(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What Mish and SiLU are given, in float64, without edgeact."""
    c = onnx.numpy_helper.to_array(CONV.graph.initializer[0]).astype(np.float64)
    d = onnx.numpy_helper.to_array(CONV.graph.initializer[1]).astype(np.float64)

    def conv(x: np.ndarray, w: np.ndarray) -> np.ndarray:
        windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), (2, 3))
        return np.einsum("nchwij,ocij->nohw", windows, w)

    a = conv(x.astype(np.float64), c)
    return a, conv(a * np.tanh(np.logaddexp(0, a)), d)


def truth(x: np.ndarray) -> np.ndarray:
    _, b = sums(x)
    return b / (1 + np.exp(-b))


def error(model: onnx.ModelProto) -> float:
    (y,) = load(model).run(None, {"x": X})
    return float(np.abs(y - truth(X)).max())


def allowed(tier: str = "fast") -> float:
    """Twice what ONNX Runtime's own sums lose. Tier coarse: 2^-11 max(1, |x|) of each activation,
    the first through the second convolution and the slope of SiLU, which is below 1.1."""
    if tier != "coarse":
        return 2 * error(CONV)
    of_mish, of_silu = (2.0**-11 * max(1.0, float(np.abs(x).max())) for x in sums(X))
    weights = np.abs(onnx.numpy_helper.to_array(CONV.graph.initializer[1]))
    return 1.1 * float(weights.sum(axis=(1, 2, 3)).max()) * of_mish + of_silu


class TestHost:
    def test_mish_stays_in_the_blocked_layout(self) -> None:
        tuned, report = accelerate(CONV, target="host", measure=False)
        assert report.replaced == {"Mish": 1}
        assert "Mish" in operators(tuned)
        # One reorder at each end of the model, none around Mish.
        assert operators(tuned).count("ReorderInput") <= 1
        assert operators(tuned).count("ReorderOutput") <= 1

    @pytest.mark.parametrize("tier", ["fast", "exact", "coarse"])
    def test_is_the_same_function(self, tier: str) -> None:
        tuned, report = accelerate(CONV, tier, "host", measure=False)
        assert report.replaced["Mish"] == 1
        assert error(tuned) <= allowed(tier)

    def test_every_way_is_the_same_function(self) -> None:
        tuner = host.Tuner(CONV, "fast", None)
        for mish in (host.NATIVE, host.RUNTIME):
            for silu in (host.NATIVE, host.RUNTIME):
                model, _ = tuner._build({"Mish": mish, "Silu": silu})
                assert ("Mish" in operators(model)) == (mish == host.NATIVE)
                assert ("Silu" in operators(model)) == (silu == host.NATIVE)
                assert error(model) <= allowed()

    def test_takes_the_fastest_way_of_each(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def medians(sessions: list, feed: dict, seconds: float) -> list[float]:
            return [2.0, 1.0][: len(sessions)]

        monkeypatch.setattr(timing, "medians", medians)
        _, report = accelerate(CONV, target="host")
        assert report.choices == {"Mish": host.RUNTIME, "Silu": host.NATIVE}
        assert (report.before_ms, report.after_ms) == (2, 1)

    def test_no_gain_returns_the_original(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timing, "medians", lambda sessions, *_: [1.0] * len(sessions))
        model, report = accelerate(CONV, target="host")
        assert model is CONV
        assert report.total == 0
        assert report.note is not None
        assert "1.000 times as fast: the original is returned" in report.note

    def test_nothing_replaced_returns_the_original(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ways = {operator: [host.RUNTIME] for operator in ("Mish", "Silu", "Softplus")}
        monkeypatch.setattr(host.Tuner, "_ways", lambda _: ways)
        model, report = accelerate(CONV, target="host")
        assert model is CONV
        assert report.total == 0
        assert report.note == "ONNX Runtime's own are as fast: the original is returned"

    def test_nothing_to_replace(self) -> None:
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]> g (float[N] x) => (float[N] y) { y = Neg(x) }'
        )
        model, report = accelerate(proto, target="host")
        assert model is proto
        assert report.note == "no activation to replace: the original is returned"

    def test_builds_without_timing_are_alike(self) -> None:
        one, other = (accelerate(CONV, target="host", measure=False)[0] for _ in range(2))
        assert one.SerializeToString(deterministic=True) == other.SerializeToString(
            deterministic=True
        )

    def test_constant_activation(self) -> None:
        """ONNX Runtime computes it in advance: what stands for it must not be what it computes."""
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]> g (float[4] x) => (float[4] y)'
            " <float[4] w = {-2, -1, 1, 2}> { m = Mish(w) y = Add(x, m) }"
        )
        tuned, _ = accelerate(proto, target="host", measure=False)
        w = np.array([-2, -1, 1, 2.0])
        (y,) = load(tuned).run(None, {"x": np.zeros(4, np.float32)})
        assert np.abs(y - w * np.tanh(np.logaddexp(0, w))).max() < 1e-6

    def test_float64(self) -> None:
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]> g (double[4] x) => (double[4] y)'
            " { y = Elu(x) }"
        )
        tuned, _ = accelerate(proto, target="host", measure=False)
        x = np.array([-2, -1e-9, 1, 2.0])
        (y,) = load(tuned).run(None, {"x": x})
        assert np.allclose(y, np.where(x > 0, x, np.expm1(x)), rtol=1e-15)

    def test_tier_coarse_where_there_is_none(self) -> None:
        for dtype, steps in (
            ("float", "h = HardSwish(x) g = Tanh(h) y = Mish(g)"),
            ("double", "g = Sigmoid(x) y = Elu(g)"),
        ):
            proto = parser.parse_model(
                f'<ir_version: 8, opset_import: ["": 18]> g ({dtype}[4] x) => ({dtype}[4] y)'
                f" {{ {steps} }}"
            )
            tuner = host.Tuner(proto, "coarse", None)
            model, _ = tuner._build(dict.fromkeys(tuner._ways(), host.NATIVE))
            load(model)

    def test_rows_are_not_taken_for_elements(self) -> None:
        """A softmax keeps its layout, though it has one input, too."""
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18, "ai.edgeact": 1]>'
            " g (float[1, 16, 24, 24] x) => (float[1, 32, 22, 22] y)"
            " { c = Conv(x, w) m = Mish(c) y = ai.edgeact.Softmax <axis = 1> (m) }"
        )
        proto.graph.initializer.append(CONV.graph.initializer[0])
        tuned, _ = accelerate(proto, target="host", measure=False)
        (y,) = load(tuned).run(None, {"x": X})
        assert np.allclose(y.sum(axis=1), 1, rtol=1e-5)

    def test_inside_a_branch(self) -> None:
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]> g (bool b, float[4] x) => (float[4] y)'
            " { y = If (b) <then_branch = t () => (float[4] k) { k = Mish(x) },"
            " else_branch = e () => (float[4] l) { l = Neg(x) }> }"
        )
        tuned, report = accelerate(proto, target="host", measure=False)
        assert report.replaced == {"Mish": 1}
        x = np.arange(4, dtype=np.float32)
        (y,) = load(tuned).run(None, {"b": np.array(True), "x": x})
        assert y.tobytes() == edgeact.mish(x).tobytes()

    def test_external_data(self, tmp_path: Path) -> None:
        path = tmp_path / "model.onnx"
        save_externally(path)
        tuned, _ = accelerate(path, target="host", measure=False)
        assert files.external_data(tuned) == []
        alone = onnx.load(path, load_external_data=False)
        with pytest.raises(ValueError, match=r"keeps tensors in w\.bin: give its path"):
            accelerate(alone, target="host", measure=False)

    def test_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "model.onnx"
        save_externally(path)
        monkeypatch.setattr(host, "_LARGEST", 1000)
        with pytest.raises(ValueError, match="the host target takes 1000"):
            accelerate(path, target="host", measure=False)

    def test_what_the_checker_refuses(self) -> None:
        proto = onnx.ModelProto()
        proto.CopyFrom(MISH)
        proto.graph.node[0].input[0] = "nowhere"
        with pytest.raises(ValueError, match=r"nowhere"):
            accelerate(proto, target="host", measure=False)


class TestTied:
    def test_says_where(self) -> None:
        tuned, _ = accelerate(MISH, target="host", measure=False)
        assert host.tied_to(tuned) == host.here()
        assert onnxruntime.__version__ in host.here()
        assert edgeact.info()["isa"] in host.here()

    def test_is_not_tuned_again(self) -> None:
        tuned, _ = accelerate(MISH, target="host", measure=False)
        with pytest.raises(ValueError, match="is a host model already"):
            accelerate(tuned, target="host", measure=False)

    def test_runs_here_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tuned, _ = accelerate(MISH, target="host", measure=False)
        x = np.linspace(-5, 5, 11, dtype=np.float32)
        (y,) = session(tuned).run(None, {"x": x})  # as it is: nothing is timed
        assert y.tobytes() == edgeact.mish(x).tobytes()
        monkeypatch.setattr(host, "here", lambda: "onnxruntime 0.1, abacus")
        with pytest.raises(ValueError, match=r"this is onnxruntime 0\.1, abacus"):
            session(tuned)


class TestSession:
    def test_refusal_falls_back_with_a_warning(self) -> None:
        x = np.ones(4, np.float32)
        with pytest.warns(UserWarning, match="not accelerated: the model has no dimension 'M'"):
            ort = session(MISH, dims={"M": 4})
        assert np.allclose(ort.run(None, {"x": x})[0], edgeact.mish(x))

    def test_other_provider(self) -> None:
        with pytest.warns(UserWarning, match="target host is for CPUExecutionProvider"):
            session(MISH, providers=["AzureExecutionProvider", "CPUExecutionProvider"])

    def test_options_stay_as_they_are(self) -> None:
        options = onnxruntime.SessionOptions()
        level = options.graph_optimization_level
        session(MISH, sess_options=options, measure=False)
        assert options.graph_optimization_level == level

    def test_unknown_tier_is_no_matter_of_falling_back(self) -> None:
        with pytest.raises(ValueError, match="tier 'best'"):
            session(MISH, tier="best")

    def test_threads_share_the_library(self) -> None:
        """Sessions made and run at once, each by a thread of its own."""
        tuned, _ = accelerate(CONV, target="host", measure=False)
        (expected,) = load(tuned).run(None, {"x": X})
        shared, wrong = load(tuned), []

        def work() -> None:
            own = load(tuned)
            for ort in (own, shared) * 10:
                if ort.run(None, {"x": X})[0].tobytes() != expected.tobytes():
                    wrong.append(ort)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []


class TestInspect:
    def test_shares(self) -> None:
        found = inspect(CONV)
        kinds = {kind.operator: kind for kind in found.activations}
        assert set(kinds) == {"Mish", "Silu"}
        assert kinds["Mish"].pattern == "Mul, Softplus, Tanh"
        assert all(kind.count == 1 and 0 < kind.share < 1 for kind in kinds.values())
        assert found.milliseconds > 0

    def test_operator_that_the_runtime_expands(self) -> None:
        (kind,) = inspect(MISH, dims={"N": 4096}).activations
        assert (kind.operator, kind.pattern, kind.count) == ("Mish", "Mish", 1)
        assert kind.share > 0.9

    def test_what_gates_other_tensors_is_no_glu(self) -> None:
        """Of the products with a sigmoid only that of two halves is; the others' sigmoids count."""
        model = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]>'
            " g (float[2, 8, 4, 4] x) => (float[2, 4, 4, 4] y, float z, float[2, 7, 4, 4] w) {"
            " a, b = Split <axis = 1, num_outputs = 2> (x) s = Sigmoid(b) y = Mul(a, s)"
            " p = GlobalAveragePool(x) t = Sigmoid(p) z = Mul(x, t)"
            " n = Constant <value = int64[2] {7, 1}> ()"
            " c, d = Split <axis = 1> (x, n) v = Sigmoid(d) w = Mul(c, v) }"
        )
        counts = {(k.operator, k.pattern): k.count for k in inspect(model).activations}
        assert counts == {("Glu", "Mul, Sigmoid"): 1, ("Sigmoid", "Sigmoid"): 2}

    def test_reasons_for_what_is_left_alone(self) -> None:
        model = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]>'
            " g (float[N] x) => (float[N] y, float[N] t, float[N] z, float[N] w) {"
            " s = Softplus(x) t = Tanh(s) y = Mul(x, t) z = Tanh(x) w = Mish(x) }"
        )
        found = {k.pattern: k for k in inspect(model, dims={"N": 4096}).activations}
        reasons = {pattern: (k.operator, k.count, k.left_alone) for pattern, k in found.items()}
        assert reasons == {
            "Mul, Softplus, Tanh": ("Mish", 1, {"t is used elsewhere": 1}),
            "Softplus": ("Softplus", 1, {}),
            "Tanh": ("Tanh", 1, {"ONNX Runtime computes it in one node": 1}),
            "Mish": ("Mish", 1, {}),
        }
        share = sum(kind.share for kind in found.values())
        assert 0 < share < 1 + 1e-12  # each share rounds

    def test_changes_nothing(self) -> None:
        before = CONV.SerializeToString(deterministic=True)
        inspect(CONV)
        assert CONV.SerializeToString(deterministic=True) == before


FUZZ = """
import sys, numpy as np, onnx, warnings
from edgeact.onnx import accelerate, host
data = bytearray(open(sys.argv[1], "rb").read())
path = sys.argv[2]
rng = np.random.default_rng(7)
refused = 0
for i in range(500):
    mutant = bytearray(data)
    if i % 5 == 0:
        del mutant[rng.integers(len(mutant)):]
    else:
        for at in rng.integers(0, len(mutant), rng.integers(1, 6)):
            mutant[at] = rng.integers(256)
    with open(path, "wb") as file:
        file.write(mutant)
    try:
        accelerate(path)
    except (ValueError, FileNotFoundError) as error:
        assert str(error)
        refused += 1
print(refused)
"""


QUANTIZED = parser.parse_model(
    """<ir_version: 8, opset_import: ["": 18]> g (int8[N] q) => (int8[N] y)
    <float a = {0.05}, float b = {0.0039}, float c = {0.04}, int8 z = {-5}> {
        x = DequantizeLinear(q, a, z) s = Sigmoid(x)
        p = QuantizeLinear(s, b, z) t = DequantizeLinear(p, b, z)
        m = Mul(x, t) y = QuantizeLinear(m, c, z)
    }"""
)


@pytest.mark.parametrize("model", [CONV, QUANTIZED])
def test_mutated_models(tmp_path: Path, model: onnx.ModelProto) -> None:
    """500 of them: each is accelerated, or refused with a ValueError or FileNotFoundError."""
    small = onnx.ModelProto()
    small.CopyFrom(model)
    for tensor in small.graph.initializer:  # so that mutations hit the graph
        if len(tensor.dims) > 1:
            zeros = np.zeros((1, 1, 1, 1), np.float32)
            tensor.CopyFrom(onnx.numpy_helper.from_array(zeros, tensor.name))
    source = tmp_path / "model.onnx"
    onnx.save(small, source)
    command = [sys.executable, "-c", FUZZ, source, tmp_path / "mutant.onnx"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert 100 < int(done.stdout) < 500  # some must get through to the patterns


MEMORY = """
import resource, sys
from edgeact.onnx import accelerate, files
accelerate(sys.argv[2])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
model, report = accelerate(sys.argv[1])
files.write(model, sys.argv[1], sys.argv[1])
print(report.replaced["Mish"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="getrusage is of POSIX")
def test_memory_stays_flat_with_external_data(tmp_path: Path) -> None:
    """256 MB of weights are neither read nor changed."""
    proto = parser.parse_model(
        '<ir_version: 8, opset_import: ["": 18]> g (float[N, 8192] x) => (float[N, 8192] y)'
        " { m = MatMul(x, w) y = Mish(m) }"
    )
    tensor = proto.graph.initializer.add(
        name="w", data_type=1, dims=[8192, 8192], data_location=onnx.TensorProto.EXTERNAL
    )
    tensor.external_data.add(key="location", value="w.bin")
    with (tmp_path / "w.bin").open("wb") as file:
        file.truncate(4 * 8192 * 8192)
    changed = (tmp_path / "w.bin").stat().st_mtime_ns
    large, small = tmp_path / "large.onnx", tmp_path / "small.onnx"
    onnx.save(proto, large)
    onnx.save(MISH, small)
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, large, small], capture_output=True, text=True, check=True
    )
    replaced, kilobytes = map(int, done.stdout.split())
    assert replaced == 1
    assert kilobytes < 32 * 1024
    assert (tmp_path / "w.bin").stat().st_mtime_ns == changed
