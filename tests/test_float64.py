"""The float64 kernels of every isa against MPFR: what their certificates say, and fresh points."""

import ctypes
import ctypes.util
import json
import math
import platform
import sys
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import sample_float64 as sampler

import edgeact
from edgeact import _registry, certify, reference
from edgeact._registry import ffi, lib

ROOT = Path(__file__).resolve().parent.parent
EVERY = pytest.mark.parametrize("name", edgeact.activations())
ISAS = pytest.mark.parametrize("isa", _registry.isas())


def bound(name: str) -> float:
    return edgeact.spec(name).bounds["fast", "float64"].ulp


def params(name: str) -> list[float]:
    required = 0.0 if name in reference.BIASED else 1.0
    return [required if v is None else v for v in edgeact.spec(name).params.values()]


@EVERY
def test_certificate_is_whole_and_its_worst_inputs_replay(name: str) -> None:
    path = ROOT / "tests" / "certificates" / f"{name}.float64.json"
    certificate = json.loads(path.read_text(encoding="utf-8"))
    assert certificate["tried"] >= 10**8
    assert certificate["max_ulp"] <= bound(name)
    for row in certificate["worst"]:
        x, *values = (float.fromhex(text) for text in [row["x"], *row["params"]])
        truth = reference.exact(name, x, *values, dtype="float64")
        allowed = edgeact.spec(name).bounds["fast", "float64"].allowed(*values)
        for isa in _registry.isas():
            (y,) = sampler.evaluate(name, [x], values, isa).tolist()
            assert reference.ulp_error(y, truth, "float64", allowed) <= bound(name), (isa, row)


@EVERY
@pytest.mark.parametrize("chunk", [1_000_000, 1_000_001], ids=["default", "random"])
def test_sample(name: str, chunk: int) -> None:
    worst = sampler.measure(name, chunk, 10_000)["worst"][0]
    assert worst["ulp"] <= bound(name), worst


@ISAS
def test_swish_grad_next_to_its_zero(isa: str) -> None:
    """beta x, of more bits than a double, is so near that two doubles do not tell them apart."""
    rng = np.random.default_rng(0)
    zero = sampler.ROOTS[0]  # of silu'
    for beta in (2 ** rng.uniform(-6, 6, 300)).astype(np.float32).tolist():
        x = sampler.from_ranks(sampler.ranks(zero / beta) + np.arange(-3, 4))
        y = sampler.evaluate("swish_grad", x, [beta], isa)
        for a, b in zip(x.tolist(), y.tolist(), strict=True):
            truth = reference.exact("swish_grad", a, beta, dtype="float64")
            assert reference.ulp_error(b, truth, "float64") <= bound("swish_grad"), (a.hex(), beta)


@EVERY
@ISAS
def test_special_values(name: str, isa: str) -> None:
    x = [0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, -5e-324]
    y = sampler.evaluate(name, x, params(name), isa)
    exact = partial(reference.exact, name, dtype="float64")
    truth = [reference.round_to(exact(a, *params(name)), "float64") for a in x]
    np.testing.assert_array_equal(y, truth)
    np.testing.assert_array_equal(np.signbit(y[:4]), np.signbit(truth[:4]))


@EVERY
@ISAS
def test_no_floating_point_flag(name: str, isa: str) -> None:
    """invalid, division by zero and overflow: a program may have made them trap."""
    sizes = [0, 5e-324, 2.0**-1022, 0.3, 0.6, 0.9, 1, 3, 19, 26, 38, 700, 709, 745, 800, 1e300]
    sizes += [sys.float_info.max / 4, math.inf, math.nan]
    x = np.array([*sizes, *(-size for size in sizes)])
    largest = sys.float_info.max
    truths = [reference.exact(name, v, *params(name), dtype="float64") for v in x.tolist()]
    finite = [not np.isfinite(v) or not abs(t) > largest for v, t in zip(x, truths, strict=True)]
    libm = ctypes.CDLL(ctypes.util.find_library("m"))
    serious = 1 | 2 | 4 if platform.machine() == "aarch64" else 1 | 4 | 8  # fenv.h
    for values in (x[finite], np.repeat(x[finite], 64)):  # a vector in part, and whole ones
        libm.feclearexcept(serious)
        certify.evaluate(name, "fast", isa, values, *params(name))
        assert libm.fetestexcept(serious) == 0


@EVERY
def test_no_floating_point_warning(name: str) -> None:
    x = np.array([0.5, 3.0, 38.0, 700.0, np.inf, np.nan])
    with np.errstate(all="raise", under="ignore"):
        edgeact.apply(name, -x, *params(name))


@EVERY
@ISAS
def test_range(name: str, isa: str) -> None:
    low, high = edgeact.spec(name).range
    x = sampler.points(name, params(name), np.random.default_rng(5), 100_000)
    y = sampler.evaluate(name, x[~np.isnan(x)], params(name), isa)
    assert np.nanmin(y) >= low
    assert np.nanmax(y) <= high


@EVERY
@ISAS
def test_value_does_not_depend_on_stride_or_position(name: str, isa: str) -> None:
    kernel = lib.edgeact_lookup(_registry.find(name), 1, 1, _registry.find_isa(isa))
    values = np.array(params(name))
    x = np.random.default_rng(9).uniform(-30, 30, 201)
    x[::20] *= 1000

    def run(count: int, step: int, out_step: int) -> npt.NDArray[np.float64]:
        y = np.full(201 * 6, np.nan)
        arrays = [x[::-1] if step < 0 else x, *values.reshape(-1, 1), y]
        args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in arrays])
        steps = ffi.new("ptrdiff_t[]", [8 * step, *(0 for _ in values), 8 * out_step])
        kernel(args, steps, count)
        assert np.isnan(y[count * out_step :]).all()
        assert np.isnan(y.reshape(-1, out_step)[:count, 1:]).all()
        return y[: count * out_step : out_step]

    one_by_one = np.concatenate([sampler.evaluate(name, [v], list(values), isa) for v in x])
    np.testing.assert_array_equal(run(201, 1, 1), one_by_one)
    np.testing.assert_array_equal(run(37, 1, 1), one_by_one[:37])
    np.testing.assert_array_equal(run(67, 3, 2), one_by_one[::3])
    np.testing.assert_array_equal(run(201, -1, 3), one_by_one[::-1])
    np.testing.assert_array_equal(run(201, 0, 1), np.repeat(one_by_one[:1], 201))


@ISAS
@pytest.mark.parametrize("name", [n for n in edgeact.activations() if params(n)])
def test_value_does_not_depend_on_where_parameters_are(name: str, isa: str) -> None:
    kernel = lib.edgeact_lookup(_registry.find(name), 1, 1, _registry.find_isa(isa))
    rng = np.random.default_rng(9)
    sets = np.array([reference.random_params(name, len(params(name)), rng) for _ in range(201)])
    x, y = rng.uniform(-30, 30, 201), np.empty(201)
    args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in (x, *sets.T, y)])
    kernel(args, ffi.new("ptrdiff_t[]", [8, *(sets.strides[0] for _ in sets.T), 8]), 201)
    rows = zip(x.tolist(), sets.tolist(), strict=True)
    one_by_one = np.concatenate([sampler.evaluate(name, [v], p, isa) for v, p in rows])
    np.testing.assert_array_equal(y, one_by_one)


@ISAS
def test_scale_shift_hardswish_where_a_rounded_sum_is_the_cutoff(isa: str) -> None:
    """scale_in x + shift_in is -3 - 2e-16, which rounds to -3: the result is shift_out itself."""
    x, values = -1.4592402889578877, [1.872764028890825, -0.26718727733141484, 6.75, 0.375]
    (y,) = sampler.evaluate("scale_shift_hardswish", [x], values, isa)
    assert y == 0.375
