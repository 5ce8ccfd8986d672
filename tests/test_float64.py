"""The float64 kernels against MPFR: what their certificates say, and fresh points."""

import importlib.util
import json
import math
import sys
from functools import partial
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import edgeact
from edgeact import reference

ROOT = Path(__file__).resolve().parent.parent
EVERY = pytest.mark.parametrize("name", edgeact.activations())


def load_sampler() -> ModuleType:
    spec = importlib.util.spec_from_file_location("s", ROOT / "tools" / "sample_float64.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sampler = load_sampler()


def bound(name: str) -> float:
    return edgeact.spec(name).bounds["fast", "float64"].ulp


def params(name: str) -> list[float]:
    required = 0.0 if name in reference.BIASED else 1.0
    return [required if v is None else v for v in edgeact.spec(name).params.values()]


@EVERY
def test_certificate_is_whole_and_its_worst_inputs_replay(name: str) -> None:
    path = ROOT / "tests" / "certificates" / f"{name}.float64.json"
    certificate = json.loads(path.read_text(encoding="utf-8"))
    assert certificate["tried"] >= 10**7
    assert certificate["max_ulp"] <= bound(name)
    for row in certificate["worst"]:
        x, *values = (float.fromhex(text) for text in [row["x"], *row["params"]])
        (y,) = sampler.evaluate(name, [x], values).tolist()
        truth = reference.exact(name, x, *values, dtype="float64")
        allowed = edgeact.spec(name).bounds["fast", "float64"].allowed(*values)
        assert reference.ulp_error(y, truth, "float64", allowed) <= bound(name), row


@EVERY
@pytest.mark.parametrize("chunk", [1_000_000, 1_000_001], ids=["default", "random"])
def test_sample(name: str, chunk: int) -> None:
    worst = sampler.measure(name, chunk, 10_000)["worst"][0]
    assert worst["ulp"] <= bound(name), worst


@EVERY
def test_special_values(name: str) -> None:
    x = [0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, -5e-324]
    y = sampler.evaluate(name, x, params(name))
    exact = partial(reference.exact, name, dtype="float64")
    truth = [reference.round_to(exact(a, *params(name)), "float64") for a in x]
    np.testing.assert_array_equal(y, truth)
    np.testing.assert_array_equal(np.signbit(y[:4]), np.signbit(truth[:4]))


@EVERY
def test_no_floating_point_warning(name: str) -> None:
    sizes = [0, 5e-324, 2.0**-1022, 1, 3, 19, 26, 38, 700, 709, 745, 800, 1e300]
    sizes += [sys.float_info.max / 4, math.inf, math.nan]
    x = np.array([*sizes, *(-size for size in sizes)])
    largest = sys.float_info.max
    truths = [reference.exact(name, v, *params(name), dtype="float64") for v in x.tolist()]
    finite = [not np.isfinite(v) or not abs(t) > largest for v, t in zip(x, truths, strict=True)]
    with np.errstate(all="raise", under="ignore"):
        edgeact.apply(name, x[finite], *params(name))


@EVERY
def test_range(name: str) -> None:
    low, high = edgeact.spec(name).range
    x = sampler.points(name, params(name), np.random.default_rng(5), 100_000)
    y = sampler.evaluate(name, x[~np.isnan(x)], params(name))
    assert np.nanmin(y) >= low
    assert np.nanmax(y) <= high


@EVERY
def test_value_does_not_depend_on_stride_or_position(name: str) -> None:
    ufunc = getattr(edgeact, name)
    rest = [1.0] * (ufunc.nin - 1)
    x = np.random.default_rng(9).uniform(-30, 30, 101)
    y = np.array([ufunc(value, *rest) for value in x])
    np.testing.assert_array_equal(ufunc(x, *rest), y)
    np.testing.assert_array_equal(ufunc(x[::-3], *rest), y[::-3])
    np.testing.assert_array_equal(ufunc(np.broadcast_to(x[:1], 5), *rest), np.repeat(y[:1], 5))


def test_scale_shift_hardswish_where_a_rounded_sum_is_the_cutoff() -> None:
    """scale_in x + shift_in is -3 - 2e-16, which rounds to -3: the result is shift_out itself."""
    x, values = -1.4592402889578877, [1.872764028890825, -0.26718727733141484, 6.75, 0.375]
    (y,) = sampler.evaluate("scale_shift_hardswish", [x], values)
    assert y == 0.375
