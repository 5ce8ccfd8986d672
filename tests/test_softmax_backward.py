"""What flows back through softmax and log_softmax: against MPFR, and the rules of layout."""

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
from edgeact._registry import ffi, lib

NAMES = pytest.mark.parametrize("name", ea.rowwise())
ALL = [np.float32, np.float64, np.float16, ml_dtypes.bfloat16]
DTYPES = pytest.mark.parametrize("dtype", ALL)
ISAS = pytest.mark.parametrize("isa", _registry.isas())
INF, NAN = np.inf, np.nan


def allowed(name: str, dtype: type, dy: list[float], y: list[float]) -> list[float]:
    """What edgeact.h allows on top of an error in ULP, for each value of a row."""
    in_double = dtype is np.float64
    from_sum = (len(y) + 256) * 2.0 ** (-94 if in_double else -58)
    from_power = 2.0 ** (-51 if in_double else -23)
    u, v = np.longdouble(dy), np.longdouble(y)
    if name == "softmax":
        return (from_sum * np.abs(v) * np.abs(u * v).sum()).astype(float).tolist()
    power, rest = np.exp(v), np.abs(np.expm1(v))
    sums = from_sum * power * np.abs(u).sum()
    slack = sums + from_power * np.minimum(power, rest) * abs(u.sum())
    return slack.astype(float).tolist()


def check(name: str, dy: np.ndarray, y: np.ndarray, dx: np.ndarray) -> None:
    dtype = dy.dtype.type
    bound = 2 if dtype is np.float64 else 0.51
    for u, v, w in zip(dy.astype(float), y.astype(float), dx.astype(float), strict=True):
        truths = reference.exact_row_backward(name, u, v)
        rows = zip(w.tolist(), truths, allowed(name, dtype, u.tolist(), v.tolist()), strict=True)
        for i, (value, truth, slack) in enumerate(rows):
            error = reference.ulp_error(value, truth, dx.dtype.name, slack)
            assert error <= bound, (i, u[i], v[i], value, truth)


def cases(name: str, dtype: type) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """dy and y."""
    rng, f = np.random.default_rng(7), getattr(ea, name)
    held = {}
    for n in (1, 2, 5, 33, 300):
        for scale in (1, 10, 100):
            y = f(rng.normal(0, scale, (2, n)).astype(dtype))
            held[f"{n} of scale {scale}"] = rng.normal(0, 1, (2, n)), y
    for scale in (1, 10):  # cross entropy's: the label's own dx is 1 - e^y, which may be tiny
        x = rng.normal(0, scale, (3, 50))
        x[:, 7] += [0, 4 * scale, 9 * scale]
        y = f(x.astype(dtype))
        label = np.zeros((3, 50))
        label[:, 7] = -1 if name == "log_softmax" else -1 / np.maximum(y[:, 7].astype(float), 1e-3)
        held[f"one label, {scale}"] = label, y
    masked = np.where(np.arange(60) % 3 == 0, -INF, rng.normal(0, 2, (2, 60)))
    held["masked"] = rng.normal(0, 1, (2, 60)), f(masked.astype(dtype))
    x = rng.normal(0, 2, (2, 64))
    y = f(x.astype(dtype))
    held["all equal"] = np.full((2, 64), 0.37), y  # nothing flows back
    held["nearly equal"] = 1 + rng.normal(0, 1e-3, (2, 64)), y
    huge, tiny = (1e30, 1e-30) if dtype is not np.float16 else (1e3, 1e-3)
    held["huge"] = rng.normal(0, huge, (2, 64)), y
    held["tiny"] = rng.normal(0, tiny, (2, 64)), y
    held["of all sizes"] = rng.normal(0, 1, (2, 64)) * huge ** rng.uniform(-1, 1, (2, 64)), y
    far = -np.array([[90.0, 104, 110, 150, 200, 239, 241, 700, 745, 0], [1e-30] * 10])
    if name == "log_softmax":
        held["far below"] = np.array([0.0] * 9 + [huge]) * [[1], [-1]], far
    return {
        what: (np.broadcast_to(dy, y.shape).astype(dtype), y.astype(dtype))
        for what, (dy, y) in held.items()
    }


@NAMES
@DTYPES
@ISAS
def test_errors(name, dtype, isa):
    for dy, y in cases(name, dtype).values():
        check(name, dy, y, _registry.run_rows(name, isa, dy, y))


@NAMES
@DTYPES
@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="needs a wider long double")
def test_long_rows(name, dtype):
    """Against long double."""
    rng = np.random.default_rng(3)
    for n in (5000, 1 << 20):
        y = getattr(ea, name)(rng.normal(0, 4, n).astype(dtype))
        dy = rng.normal(0, 1, n).astype(dtype)
        u, v = dy.astype(np.longdouble), y.astype(np.longdouble)
        true = v * (u - (u * v).sum()) if name == "softmax" else u - np.exp(v) * u.sum()
        slack = np.array(allowed(name, dtype, u.tolist(), v.tolist()))
        # long double's own sum: NumPy adds it in pairs
        slack += 2.0**-58 * (np.abs(v) if name == "softmax" else np.exp(v)) * np.abs(u).sum()
        size = np.maximum(np.abs(true), float(np.finfo(np.float64).tiny))
        unit = np.array(
            [float(reference._ulp(reference.mpfr(float(t)), dy.dtype.name)) for t in size[:1000]]
        )
        for isa in _registry.isas():
            dx = _registry.run_rows(name, isa, dy[None], y[None])[0].astype(np.longdouble)
            error = np.maximum(np.abs(dx - true) - slack, 0)[:1000]
            assert (error / unit).max() <= (2 if dtype is np.float64 else 0.51), (n, isa)


def test_the_labels_own_dx_is_not_lost():
    """Cross entropy of a sure model: dx = e^y - 1, although e^y is nearly 1."""
    y = -np.float32([2.0**-k for k in range(2, 60)])
    dy = np.zeros((y.size, 2), np.float32)
    dy[:, 0] = -1
    rows = np.stack([y, np.full_like(y, -30)], axis=1)
    for isa in _registry.isas():
        dx = _registry.run_rows("log_softmax", isa, dy, rows)[:, 0]
        np.testing.assert_allclose(dx, np.expm1(y.astype(float)), rtol=2.0**-23)


@NAMES
@DTYPES
def test_same_bits_on_every_isa_with_fma(name, dtype):
    """Of softmax on those without it, too: all is in double."""
    rng = np.random.default_rng(11)
    for n in [*range(1, 70), 1000, 4097]:
        x, dy = rng.normal(0, 3, (2, 3, n)).astype(dtype)
        y = getattr(ea, name)(x)
        outputs = {isa: _registry.run_rows(name, isa, dy, y) for isa in _registry.isas()}
        for isa, dx in outputs.items():
            if isa != "sse41" or name == "softmax":
                assert dx.tobytes() == outputs["scalar"].tobytes()


@NAMES
@DTYPES
@ISAS
def test_not_a_number(name, dtype, isa):
    x, dy = np.random.default_rng(2).normal(0, 1, (2, 3, 90)).astype(dtype)
    y = getattr(ea, name)(x)
    with np.errstate(all="ignore"):
        for bad in (NAN, INF, -INF):
            for at in (0, 40, 88):
                changed = dy.copy()
                changed[1, at] = bad
                dx = _registry.run_rows(name, isa, changed, y).astype(float)
                assert np.isfinite(dx[[0, 2]]).all()
                assert not np.isfinite(dx[1]).any()
        y[1, 5] = NAN
        dx = _registry.run_rows(name, isa, dy, y).astype(float)
        assert np.isnan(dx[1, 5])
        assert np.isnan(dx[1]).all() == (name == "softmax")
        assert np.isfinite(dx[[0, 2]]).all()


@NAMES
@DTYPES
@ISAS
def test_no_floating_point_flag(name, dtype, isa):
    libm = ctypes.CDLL(ctypes.util.find_library("m"))
    serious = 1 | 2 | 4 if platform.machine() == "aarch64" else 1 | 4 | 8  # fenv.h
    for what, (dy, y) in cases(name, dtype).items():
        for u in (dy, np.full_like(dy, NAN)):
            libm.feclearexcept(serious)
            _registry.run_rows(name, isa, u, y)
            assert libm.fetestexcept(serious) == 0, what


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(ea.rowwise()),
    shape=st.lists(st.integers(0, 9), min_size=1, max_size=3),
    long=st.integers(1, 100),
    axis=st.integers(-3, 2),
    steps=st.lists(st.sampled_from([-3, -1, 1, 2]), min_size=2, max_size=2),
    dtype=st.sampled_from(ALL),
    seed=st.integers(0, 2**32 - 1),
)
def test_value_does_not_depend_on_layout(name, shape, long, axis, steps, dtype, seed):
    f, axis = getattr(ea.backward, name), axis % len(shape)
    shape[axis] *= long
    rng = np.random.default_rng(seed)
    dy, y = (
        rng.uniform(0, 1, [*shape[:-1], 3 * shape[-1]]).astype(dtype)[..., ::step][..., : shape[-1]]
        for step in steps
    )
    moved = np.moveaxis(dy, axis, -1), np.moveaxis(y, axis, -1)
    expected = np.empty(moved[0].shape, dtype)
    for at in np.ndindex(expected.shape[:-1]):
        expected[at] = f(*(np.ascontiguousarray(a[at]) for a in moved))
    expected = np.moveaxis(expected, -1, axis)
    assert f(dy, y, axis=axis).tobytes() == expected.tobytes()
    for onto in range(2):
        held = [dy.copy(), y.copy()]
        f(*held, axis=axis, out=held[onto])
        assert held[onto].tobytes() == expected.tobytes()
    out = np.full_like(np.repeat(dy, 2, axis=-1), 7)
    f(dy, y, axis=axis, out=out[..., ::2])
    assert out[..., ::2].tobytes() == expected.tobytes()
    assert (out[..., 1::2] == 7).all()


@NAMES
def test_a_generalized_ufunc(name):
    f = getattr(ea.backward, name)
    assert isinstance(f, np.ufunc)
    assert f.signature == "(n),(n)->(n)"
    dy, y = np.float32([1, 2, 4]), np.float32([0.5, 0.25, 0.25])
    np.testing.assert_array_equal(f(np.broadcast_to(dy[:1], 3), y), f(np.repeat(dy[:1], 3), y))
    np.testing.assert_array_equal(f(dy, np.stack([y, y])), np.stack([f(dy, y)] * 2))
    for dtype in ALL:
        assert f(dy.astype(dtype), y.astype(dtype)).dtype == dtype
    with pytest.raises(TypeError, match=f"{name} has no loop for dtype complex64; it has float16"):
        f(np.complex64([1]), y[:1])
    with pytest.raises(ValueError, match="mismatch in its core dimension"):
        f(dy, y[:2])


@NAMES
@DTYPES
def test_from_c(name, dtype):
    suffix = {"float32": "f32", "float64": "f64", "float16": "f16", "bfloat16": "bf16"}
    suffix = suffix[np.dtype(dtype).name]
    element = {"f32": "float[]", "f64": "double[]"}.get(suffix, "uint16_t[]")
    x, dy = np.random.default_rng(3).normal(0, 3, (2, 4, 10)).astype(dtype)
    y = getattr(ea, name)(x)
    held = [a.view(np.uint16) if a.itemsize == 2 else a for a in (dy, y, np.empty_like(x))]
    run = getattr(lib, f"edgeact_rowwise_backward_{suffix}")
    pointers = [ffi.from_buffer(element, a) for a in held]
    assert run(_registry.find_rowwise(name), 4, 10, *pointers) == lib.EDGEACT_OK
    assert held[2].tobytes() == getattr(ea.backward, name)(dy, y).tobytes()
    assert run(ffi.NULL, 4, 10, *pointers) == lib.EDGEACT_NO_KERNEL
