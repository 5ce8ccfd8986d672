"""Inputs, differences between two models' outputs, and which side is nearer to float64."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import parser

from edgeact.onnx import accelerate, inputs, sameness

ELU = parser.parse_model(
    '<ir_version: 8, opset_import: ["": 18]> g (float[N] x) => (float[N] y) { y = Elu(x) }'
)
MIXED = parser.parse_model(
    '<ir_version: 8, opset_import: ["": 18]>'
    " g (float[N, 3] x, int64[M] i, bool b, string[2] s) => (float[N, 3] y) { y = Elu(x) }"
)


class TestInputs:
    def test_random_ones_have_the_types_and_shapes(self) -> None:
        feed = inputs.feed(MIXED, None, {"N": 5})
        assert {name: (x.dtype.kind, x.shape) for name, x in feed.items()} == {
            "x": ("f", (5, 3)),
            "i": ("i", (1,)),
            "b": ("b", ()),
            "s": ("O", (2,)),
        }
        assert set(feed["i"].tolist()) <= {0, 1}

    def test_are_the_same_every_time(self) -> None:
        one, other = (inputs.feed(MIXED)["x"] for _ in range(2))
        assert one.tobytes() == other.tobytes()

    @pytest.mark.parametrize(
        ("given", "dims", "message"),
        [
            ({"z": np.zeros(1)}, {}, "no input 'z', it has x"),
            ({"x": np.zeros(1)}, {}, "'x' has element type float32, not float64"),
            ({"x": np.zeros((1, 1), np.float32)}, {}, r"shape \[None\], not \[1, 1\]"),
            ({}, {"M": 2}, "no dimension 'M', it has N"),
            ({}, {"N": 0}, "dimension 'N' must be at least 1, not 0"),
        ],
    )
    def test_what_does_not_fit(self, given: dict, dims: dict, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            accelerate(ELU, inputs=given, dims=dims, compare=True)

    def test_dimension_without_a_name(self) -> None:
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]> g (float[?, 2] x) => (float[?, 2] y)'
            " { y = Elu(x) }"
        )
        (dim, _) = proto.graph.input[0].type.tensor_type.shape.dim
        dim.Clear()
        assert inputs.feed(proto, None, {"x:0": 7})["x"].shape == (7, 2)

    def test_file(self, tmp_path: Path) -> None:
        path = tmp_path / "data.npz"
        np.savez(path, x=np.ones(3, np.float32))
        assert inputs.load(path)["x"].tolist() == [1, 1, 1]
        path.write_bytes(b"no archive")
        with pytest.raises(ValueError, match=r"data\.npz is not an \.npz file"):
            inputs.load(path)


def distance(a: object, b: object) -> tuple[float, int | None]:
    (held,) = [sameness.Difference("y", *sameness._distance(a, b))]
    return held.max_abs, held.max_ulp


class TestDistance:
    def test_ulp_counts_floats(self) -> None:
        one = np.float32(1)
        up = np.nextafter(np.nextafter(one, np.float32(2)), np.float32(2))
        assert distance(np.array([1.0]), np.array([one]))[0] == np.inf  # of another type
        assert distance(np.array([one]), np.array([up])) == (2 * 2.0**-23, 2)

    def test_across_zero(self) -> None:
        tiny = np.float32(2**-149)
        assert distance(np.array([-tiny]), np.array([tiny])) == (2 * 2.0**-149, 2)
        assert distance(np.array([np.float32(-0.0)]), np.array([np.float32(0)])) == (0, 0)

    def test_nan_and_infinity(self) -> None:
        nan, inf, one = (np.array([x], np.float32) for x in (np.nan, np.inf, 1))
        assert distance(nan, nan) == (0, 0)
        assert distance(inf, inf) == (0, 0)
        assert distance(nan, one)[0] == np.inf
        assert distance(one, inf)[0] == np.inf

    @pytest.mark.parametrize("dtype", [np.float16, np.float64])
    def test_other_floats(self, dtype: type) -> None:
        a = np.array([1, 2], dtype)
        b = np.nextafter(a, np.array(3, dtype))
        assert distance(a, b)[1] == 1

    def test_integers_and_text(self) -> None:
        assert distance(np.array([1, 2]), np.array([1, 5])) == (3, None)
        assert distance(["a"], ["a"]) == (0, None)
        assert distance(["a"], ["b"]) == (np.inf, None)

    def test_budget(self) -> None:
        held = [sameness.Difference("y", 0.5, 3), sameness.Difference("z", np.nan, None)]
        assert sameness.broken(held, 1.0, 3) == ["z: nan apart, more than 1"]
        assert sameness.broken(held, 0.1, 2) == [
            "y: 0.5 apart, more than 0.1",
            "y: 3 ULP apart, more than 2",
            "z: nan apart, more than 0.1",
        ]
        assert sameness.broken(held, None, None) == []


class TestNearer:
    @pytest.mark.parametrize("target", ["portable", "host"])
    def test_exact_elu_is_nearer(self, target: str) -> None:
        """ONNX Runtime's cancels near zero."""
        x = -np.geomspace(1e-9, 1e-3, 999, dtype=np.float32)
        _, report = accelerate(ELU, "exact", target, inputs={"x": x}, compare=True, measure=False)
        (held,) = report.differences
        assert held.max_ulp is not None
        assert held.max_ulp > 1000
        assert held.nearer == "accelerated"

    def test_says_why_it_is_not_known(self) -> None:
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18, "com.microsoft": 1]>'
            " g (float[4] x) => (float[4] y) { e = Elu(x) y = com.microsoft.BiasGelu(e, x) }"
        )
        _, report = accelerate(proto, "exact", compare=True)
        assert str(report.differences[0].nearer).startswith("not known: no float64 run")

    def test_float64_copy(self) -> None:
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]> g (float[N] x) => (float[N] y)'
            " <float[1] w = {3}> { h = Constant <value_float = 0.5> ()"
            " c = Cast <to = 1> (x) m = Mul(c, w) y = Mul(m, h) }"
        )
        wide = sameness.in_float64(proto)
        onnx.checker.check_model(wide, full_check=True)
        (y,) = onnx.reference.ReferenceEvaluator(wide).run(None, {"x": np.array([1 / 3])})
        assert y.dtype == np.float64
        assert y[0] == 0.5
