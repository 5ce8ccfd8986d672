"""softmax and log_softmax: every isa against MPFR, and the rules for NaN, infinities and layout."""

import ctypes
import ctypes.util
import platform

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgeact as ea
from edgeact import _registry, reference

NAMES = pytest.mark.parametrize("name", ea.rowwise())
HALVES = [np.float16, ml_dtypes.bfloat16]
DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64, *HALVES])
ISAS = pytest.mark.parametrize("isa", _registry.isas())
INF, NAN = np.inf, np.nan


def bound(name: str, dtype: type) -> float:
    return ea.spec(name).bounds["fast", np.dtype(dtype).name].ulp


def largest_error(name: str, x: np.ndarray, y: np.ndarray) -> float:
    """In ULP, by MPFR."""
    worst = 0.0
    for row, out in zip(x, y, strict=True):
        truths = reference.exact_row(name, row.tolist())
        for value, truth in zip(out.tolist(), truths, strict=True):
            worst = max(worst, reference.ulp_error(value, truth, x.dtype.name))
    return worst


def rows(dtype: type) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(7)
    held = {
        f"{n} of scale {s}": rng.uniform(-s, s, (3, n))
        for n in (1, 2, 5, 33, 300)
        for s in (1, 10, 100)
    }
    small, tail = rng.normal(0, 1, (3, 50)), -rng.uniform(60, 120, (3, 100))
    if dtype is np.float64:
        tail *= 745 / 103
    dominated = tail.copy()
    dominated[:, 17] = 0
    masked = small.copy()
    masked[:, ::3] = -INF
    alone = np.full((2, 70), -INF)
    alone[0, 3], alone[1, 69] = -3e38, 12.5
    info = np.finfo(np.float32 if dtype is ml_dtypes.bfloat16 else dtype)
    largest = float(info.max)
    if dtype is ml_dtypes.bfloat16:
        largest *= 1 - 2.0**-8
    held |= {
        "subnormal outputs": dominated,
        "one dominates": np.concatenate([small, [[20], [40], [80]]], axis=1),
        "equal": np.full((2, 100), [[0.3], [-77.7]]),
        "ties of the largest": np.repeat(rng.normal(0, 3, (3, 10)), 5, axis=1),
        "others of about 1/16": np.array(
            [[0, *[np.log(r / 9)] * 9] for r in (0.05, 0.0624, 0.0626, 0.08)]
        ),
        "1e30": small * 1e30,
        "around 1e30": 1e30 + small * 1e24,
        "around -1000": -1000 + small * 20,
        "around 200": 200 + small * 30,
        "around -110": -110 + small * 30,
        "tiny": small * float(info.smallest_subnormal) * 1e3,
        "both ends": np.float64([[largest, -largest, 0], [-largest, -largest, -INF]]),
        "masked": masked,
        "all but one masked": alone,
    }
    # Where float16 has no such numbers they become infinite, and so are NaN.
    return {
        what: values
        for what, values in held.items()
        if dtype is not np.float16 or np.abs(values[np.isfinite(values)]).max() <= largest
    }


@NAMES
@DTYPES
@ISAS
def test_errors(name, dtype, isa):
    for what, values in rows(dtype).items():
        x = values.astype(dtype)
        y = _registry.run_rows(name, isa, x)
        assert largest_error(name, x, y) <= bound(name, dtype), what


@NAMES
@pytest.mark.parametrize("n", [257, 4096, 5000, 40_000, 1 << 20])
def test_long_rows(name, n):
    """Against long double, good to 2^-60; a row of equal small values beside a large one, too."""
    rng = np.random.default_rng(n)
    for values in (rng.normal(0, 4, n), np.append(np.full(n - 1, -16.7), 0), np.full(n, 2.25)):
        for dtype in (np.float32, np.float64, *HALVES):
            x = values.astype(dtype)[None]
            distance = x.astype(np.longdouble) - x.max().astype(np.longdouble)
            power = np.exp(distance)
            order = np.argsort(power)[0]
            rest = power[0, order[:-1]].sum()
            true = power / (1 + rest) if name == "softmax" else distance - np.log1p(rest)
            for isa in _registry.isas():
                y = _registry.run_rows(name, isa, x)
                unit = np.spacing(np.abs(y)).astype(np.longdouble)
                assert np.max(np.abs(y.astype(np.longdouble) - true) / unit) <= bound(name, dtype)


def test_a_sum_that_errs_to_the_other_side():
    """The powers of -27.38 and -5.87 are 1.44 and 1.41 times 2^-24 too large and too small: one of
    the one kind in a row full of the other has an error of more than 3 ULP, were the sum that of
    the powers as they are written."""
    high, low = map(float.fromhex, ("-0x1.b60c42p+4", "-0x1.77bb66p+2"))
    for one, others in ((high, low), (low, high)):
        for n in range(2, 300):
            x = np.full((1, n), others, np.float32)
            x[0, 0] = one
            for isa in _registry.isas():
                y = _registry.run_rows("softmax", isa, x)
                truth = reference.exact_row("softmax", x[0].tolist())[0]
                assert reference.ulp_error(float(y[0, 0]), truth, "float32") <= 3


@NAMES
def test_same_bits_on_every_isa_with_fma(name):
    rng = np.random.default_rng(11)
    for n in [*range(1, 70), 1000, 4097, 70_001]:
        x = rng.normal(0, 6, (3, n)).astype(np.float32)
        for dtype in (np.float32, *HALVES):
            held = x.astype(dtype)
            outputs = {isa: _registry.run_rows(name, isa, held) for isa in _registry.isas()}
            for isa, y in outputs.items():
                if isa != "sse41":
                    assert y.tobytes() == outputs["scalar"].tobytes()


@NAMES
@DTYPES
@ISAS
def test_not_a_number(name, dtype, isa):
    number = [1, 2, 3] * 30
    for bad in ([NAN], [INF], [-NAN], [INF, -INF], [NAN, INF], [NAN, -INF]):
        for at in (0, 40, 88):
            x = np.array([number, number[:at] + bad + number[at + len(bad) :], number]).astype(
                dtype
            )
            y = _registry.run_rows(name, isa, x)
            np.testing.assert_array_equal(np.isnan(y), [[False] * 90, [True] * 90, [False] * 90])
            np.testing.assert_array_equal(y[0], y[2])
    assert np.isnan(_registry.run_rows(name, isa, np.full((1, 90), -INF, dtype))).all()
    one = _registry.run_rows(name, isa, np.array([[-INF, 5, -INF]]).astype(dtype))
    np.testing.assert_array_equal(one, [[0, 1, 0]] if name == "softmax" else [[-INF, 0, -INF]])
    assert not np.signbit(one[0, 1])


@NAMES
@DTYPES
@ISAS
def test_no_floating_point_flag(name, dtype, isa):
    libm = ctypes.CDLL(ctypes.util.find_library("m"))
    serious = 1 | 2 | 4 if platform.machine() == "aarch64" else 1 | 4 | 8  # fenv.h
    for what, values in rows(dtype).items():
        if name == "log_softmax" and what == "both ends":
            continue  # -max - max is too large a result
        x = values.astype(dtype)
        one_nan = x.copy()
        one_nan[:, -1] = NAN
        for row in (x, one_nan, np.full_like(x, -INF), np.full_like(x, NAN)):
            libm.feclearexcept(serious)
            _registry.run_rows(name, isa, row)
            assert libm.fetestexcept(serious) == 0, what


@NAMES
def test_range(name):
    low, high = ea.spec(name).range
    for dtype, values in ((t, v) for t in (np.float32, *HALVES) for v in rows(t).values()):
        y = getattr(ea, name)(values.astype(dtype))
        assert ((y >= low) & (y <= high) | np.isnan(y)).all()
    np.testing.assert_array_equal(ea.softmax(np.float32([[-3.7], [1e30]])), 1)


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(ea.rowwise()),
    shape=st.lists(st.integers(0, 9), min_size=1, max_size=4),
    long=st.integers(1, 100),
    axis=st.integers(-4, 3),
    step=st.sampled_from([-3, -1, 1, 2]),
    dtype=st.sampled_from([np.float32, np.float64, *HALVES]),
    seed=st.integers(0, 2**32 - 1),
)
def test_value_does_not_depend_on_layout(name, shape, long, axis, step, dtype, seed):
    f, axis = getattr(ea, name), axis % len(shape)
    shape[axis] *= long
    x = np.random.default_rng(seed).normal(0, 8, [*shape[:-1], 3 * shape[-1]]).astype(dtype)
    x = x[..., ::step]
    rows_of = np.moveaxis(x, axis, -1)
    expected = np.empty(rows_of.shape, dtype)
    for at in np.ndindex(rows_of.shape[:-1]):
        expected[at] = f(np.ascontiguousarray(rows_of[at]))
    expected = np.moveaxis(expected, -1, axis)
    np.testing.assert_array_equal(f(x, axis=axis), expected)
    out = np.full_like(np.repeat(x, 2, axis=-1), 7)
    f(x, axis=axis, out=out[..., ::2])
    np.testing.assert_array_equal(out[..., ::2], expected)
    assert (out[..., 1::2] == 7).all()
    inplace = x.copy()
    f(inplace, axis=axis, out=inplace)
    np.testing.assert_array_equal(inplace, expected)


@NAMES
def test_in_place_by_the_kernel_itself(name):
    for n, dtype in ((n, t) for n in (5, 32, 64, 100) for t in (np.float32, *HALVES)):
        x = np.random.default_rng(n).normal(0, 3, (9, n)).astype(dtype)
        for isa in _registry.isas():
            y, held = _registry.run_rows(name, isa, x), x.copy()
            np.testing.assert_array_equal(_registry.run_rows(name, isa, held, out=held), y)


@NAMES
def test_a_generalized_ufunc(name):
    f = getattr(ea, name)
    assert isinstance(f, np.ufunc)
    assert f.signature == "(n)->(n)"
    assert f(np.int32([1, 2])).dtype == np.float64
    for dtype in HALVES:
        assert f(np.array([1, 2], dtype)).dtype == dtype
    swapped = np.float32([1, 2, 4])
    np.testing.assert_array_equal(f(swapped.astype(">f4")), f(swapped))
    unaligned = np.frombuffer(b"\0" + swapped.tobytes(), np.uint8)[1:].view(np.float32)
    np.testing.assert_array_equal(f(unaligned), f(swapped))
    np.testing.assert_array_equal(f(np.broadcast_to(swapped[:1], 4)), f(np.repeat(swapped[:1], 4)))
    for shape in ((0,), (3, 0), (0, 3)):
        assert f(np.zeros(shape, np.float32)).shape == shape
    shifted = np.arange(40, dtype=np.float32)
    expected = f(shifted[:-1].copy())
    np.testing.assert_array_equal(f(shifted[:-1], out=shifted[1:]), expected)


@NAMES
def test_bad_input_is_named(name):
    f = getattr(ea, name)
    with pytest.raises(TypeError, match=f"{name} has no loop for dtype complex64; it has float16"):
        f(np.complex64([1]))
    with pytest.raises(np.exceptions.AxisError, match="axis 2"):
        f(np.float32([1]), axis=2)
    with pytest.raises(ValueError, match="dimension"):
        f(np.float32(1))
    with pytest.raises(ValueError, match=f"{name} is a function of rows"):
        ea.apply(name, np.float32([1]))
    with pytest.raises(ValueError, match=f"{name} is a function of a row"):
        _registry.find(name)
    with pytest.raises(ValueError, match="no row-wise function 'gelu'"):
        _registry.find_rowwise("gelu")


def test_the_registry():
    assert ea.rowwise() == ["softmax", "log_softmax"]
    assert set(ea.rowwise()).isdisjoint(ea.activations())
    assert ea.spec("softmax").rowwise
    assert not ea.spec("gelu").rowwise
    assert ea.spec("softmax").onnx == "Softmax"
    with pytest.raises(ValueError, match="known: softmax, log_softmax"):
        reference.exact_row("gelu", [0.0])


def test_the_c_interface():
    x = np.random.default_rng(3).normal(0, 3, (4, 10)).astype(np.float32)
    y = np.empty_like(x)
    f, pointer = _registry.find_rowwise("softmax"), _registry.ffi.from_buffer
    run = _registry.lib.edgeact_rowwise_run_f32
    assert run(f, 4, 10, pointer("float[]", x), pointer("float[]", y)) == 0
    np.testing.assert_array_equal(y, ea.softmax(x))
    assert run(_registry.ffi.NULL, 4, 10, pointer("float[]", x), pointer("float[]", y)) == 1
    lib = _registry.lib
    for dtype, run_half in zip(
        HALVES, (lib.edgeact_rowwise_run_f16, lib.edgeact_rowwise_run_bf16), strict=True
    ):
        half, out = x.astype(dtype), x.astype(dtype)
        held = [pointer("uint16_t[]", a.view(np.uint16)) for a in (half, out)]
        assert run_half(f, 4, 10, *held) == 0
        assert out.tobytes() == ea.softmax(half).tobytes()
