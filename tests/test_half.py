"""float16 and bfloat16: every input of every activation against MPFR; NumPy's ways with them."""

import ctypes
import ctypes.util
import pickle
import platform
import subprocess
import sys
from functools import lru_cache

import ml_dtypes
import numpy as np
import pytest

import edgeact as ea
from edgeact import _registry, certify, reference
from edgeact._registry import ffi, lib

BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
HALVES = [np.dtype(np.float16), BFLOAT16]
EXACT = ea.activations("exact")
UNARY = [name for name in certify.sweepable() if name in EXACT]
WITH_PARAMS = [name for name in EXACT if ea.spec(name).params]
GATED = [name for name in ea.activations() if name not in EXACT]

by_dtype = pytest.mark.parametrize("dtype", HALVES, ids=str)
by_isa = pytest.mark.parametrize("isa", _registry.isas())


def every(dtype: np.dtype) -> np.ndarray:
    """All 65,536 inputs."""
    return np.arange(1 << 16, dtype=np.uint16).view(dtype)


def is_nan(x: np.ndarray) -> np.ndarray:
    """By the bits: arithmetic on a signaling NaN would raise a flag."""
    most = 0x7C00 if x.dtype == np.float16 else 0x7F80
    return x.view(np.uint16) & 0x7FFF > most


def finite(dtype: np.dtype) -> np.ndarray:
    x = every(dtype)
    return x[~is_nan((x.view(np.uint16) + 1).view(dtype))]  # infinity is next to a NaN


@lru_cache(4)
def nearest(name: str, dtype: np.dtype, *params: float) -> np.ndarray:
    """What the activation rounds to at every input, by MPFR."""
    x = every(dtype)
    numbers = ~is_nan(x)
    y = np.full_like(x, np.nan)
    y[numbers] = reference.rounded(name, x[numbers], *params)
    return y


def parameters(name: str, dtype: np.dtype, seed: int) -> list[float]:
    """As the kernel takes them: a tensor has x's dtype."""
    spec = ea.spec(name)
    values = reference.random_params(name, len(spec.params), np.random.default_rng(seed))
    return [float(dtype.type(v)) if i < spec.tensors else v for i, v in enumerate(values)]


def assert_same(y: np.ndarray, right: np.ndarray) -> None:
    """The same bits, but for those of NaN."""
    assert y.dtype == right.dtype
    nan = is_nan(right)
    assert is_nan(y[nan]).all()
    np.testing.assert_array_equal(y[~nan].view(np.uint16), right[~nan].view(np.uint16))


@by_dtype
@pytest.mark.parametrize("name", UNARY)
def test_every_input_is_correctly_rounded(name, dtype):
    x, right = every(dtype), nearest(name, dtype, *certify.defaults(name))
    for isa in _registry.isas():
        assert_same(certify.evaluate(name, "fast", isa, x), right)
    with np.errstate(all="ignore"):  # signaling NaNs, and results beyond the largest number
        for tier in ("exact", "fast"):
            assert_same(ea.apply(name, x, tier=tier), right)


@by_dtype
@pytest.mark.parametrize("name", WITH_PARAMS)
def test_correctly_rounded_at_other_parameters(name, dtype):
    for seed in range(3):
        params = parameters(name, dtype, seed)
        right = nearest(name, dtype, *params)
        for isa in _registry.isas():
            assert_same(certify.evaluate(name, "fast", isa, every(dtype), *params), right)


@by_dtype
@pytest.mark.parametrize("name", GATED)
def test_the_gated_ones_keep_their_bound(name, dtype):
    """One rounding after float32's. Sums of scale_shift_hardswish do not cancel here."""
    x, bound = finite(dtype)[::53].copy(), ea.spec(name).bounds["fast", dtype.name]
    sets = [parameters(name, dtype, seed) for seed in range(3)]
    if name == "scale_shift_hardswish":
        sets = [[0.5, 0.25, 2.0, 3.0], [0.75, 0.0, 1.25, 0.5]]
    for params in sets:
        truths = [reference.exact(name, v, *params) for v in x.astype(np.float64).tolist()]
        allowed = bound.allowed(*params)
        for isa in _registry.isas():
            y = certify.evaluate(name, "fast", isa, x, *params).astype(np.float64)
            errors = [
                reference.ulp_error(v, truth, dtype.name, allowed)
                for v, truth in zip(y.tolist(), truths, strict=True)
            ]
            assert max(errors) <= bound.ulp, (isa, params, x[int(np.argmax(errors))])


@by_dtype
def test_bounds(dtype):
    for name in ea.activations():
        bounds = {t: b for (t, d), b in ea.spec(name).bounds.items() if d == dtype.name}
        bounds.pop("coarse", None)  # test_coarse.py has those
        if name in EXACT:
            how = "exhaustive" if name in UNARY else "sampled"
            assert {(t, b.ulp, b.evidence) for t, b in bounds.items()} == {
                ("exact", 0.5, how),
                ("fast", 0.5, how),
            }
        else:
            assert [(t, b.ulp, b.evidence) for t, b in bounds.items()] == [("fast", 1, "sampled")]


@by_dtype
@by_isa
@pytest.mark.parametrize("name", EXACT)
def test_no_floating_point_flag(name, dtype, isa):
    """invalid and division by zero never; overflow only with a result of infinity."""
    libm = ctypes.CDLL(ctypes.util.find_library("m"))
    invalid, divide, overflow = (1, 2, 4) if platform.machine() == "aarch64" else (1, 4, 8)
    params = [1.0] * len(ea.spec(name).params)
    quiet = 0x200 if dtype == np.float16 else 0x40
    x = every(dtype)
    x = x[~is_nan(x) | (x.view(np.uint16) & quiet != 0)]
    y = certify.evaluate(name, "fast", isa, x, *params).astype(np.float64)
    for inputs, forbidden in (
        (x, invalid | divide),
        (x[~np.isinf(y) | np.isinf(x.astype(np.float64))], invalid | divide | overflow),
    ):
        libm.feclearexcept(forbidden)
        certify.evaluate(name, "fast", isa, inputs, *params)
        assert libm.fetestexcept(forbidden) == 0


@by_dtype
@by_isa
@pytest.mark.parametrize("name", ["relu", "gelu", "prelu", "hardtanh", "swiglu"])
def test_layout(name, dtype, isa):
    """Tails of every length, strides and addresses between two elements change no value."""
    tensors, count = ea.spec(name).tensors, len(ea.spec(name).params)
    dtypes = [dtype, *(dtype if i < tensors else np.dtype("f4") for i in range(count)), dtype]
    index = _registry.TIERS.index("fast"), _registry.DTYPES.index(dtype.name)
    kernel = lib.edgeact_lookup(_registry.find(name), *index, _registry.find_isa(isa))
    values = np.random.default_rng(8).normal(0, 4, (count + 1, 70))
    values[1:] = np.sort(values[1:], axis=0)  # the bounds of hardtanh
    inputs = [v.astype(t) for v, t in zip(values, dtypes, strict=False)]
    one_by_one = np.concatenate(
        [
            certify.evaluate(name, "fast", isa, inputs[0][i : i + 1], *(p[i] for p in inputs[1:]))
            for i in range(70)
        ]
    )
    for n in range(71):
        for step, shift in ((1, 0), (1, 1), (2, 1), (3, 0), (-1, 0)):
            memory = [np.zeros(t.itemsize * n * abs(step) + 8, np.uint8) for t in dtypes]
            arrays = [
                m[shift : len(m) - 8 + shift].view(t)[::step]
                for m, t in zip(memory, dtypes, strict=True)
            ]
            for array, given in zip(arrays, inputs, strict=False):
                array[:] = given[:n]
            args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in arrays])
            kernel(args, [a.strides[0] for a in arrays], n)
            assert_same(arrays[-1].copy(), one_by_one[:n])
            arrays[-1][:] = 0
            assert not memory[-1].any()


@by_dtype
def test_nan_of_every_kind_stays(dtype):
    """Also a parameter whose bits are all ones: rounding must not carry into the sign."""
    nan = np.array([0x7FFFFFFF, 0xFFFFFFFF, 0x7FC00000], np.uint32).view(np.float32)
    for name in ("leaky_relu", "elu", "swish"):
        for isa in _registry.isas():
            for p in nan:
                assert is_nan(certify.evaluate(name, "fast", isa, np.full(5, -1, dtype), p)).all()


def run_in_c(name: str, tier: str, x: np.ndarray, params: list[float] | None) -> np.ndarray:
    """edgeact_run_f16 or edgeact_run_bf16; ValueError with the status."""
    run = lib.edgeact_run_f16 if x.dtype == np.float16 else lib.edgeact_run_bf16
    y = np.empty_like(x)
    buffers = [ffi.from_buffer("uint16_t[]", a.view(np.uint16)) for a in (x, y)]
    act, index = _registry.find(name), _registry.TIERS.index(tier)
    status = run(act, index, x.size, *buffers, ffi.NULL if params is None else params)
    if status != lib.EDGEACT_OK:
        raise ValueError(status)
    return y


@by_dtype
@pytest.mark.parametrize("tier", ["exact", "fast"])
def test_from_c(dtype, tier):
    x = finite(dtype)[::11].copy()
    for name, params, value in (("gelu", [], ()), ("elu", [0.3], (np.float32(0.3),))):
        assert_same(run_in_c(name, tier, x, params), ea.apply(name, x, *value, tier=tier))
    assert_same(run_in_c("elu", tier, x, None), ea.apply("elu", x, tier=tier))
    # A tensor's value is rounded to x's dtype.
    expected = ea.apply("prelu", x, dtype.type(0.3), tier=tier)
    assert_same(run_in_c("prelu", tier, x, [0.3]), expected)
    with pytest.raises(ValueError, match=str(lib.EDGEACT_BAD_PARAM)):
        run_in_c("prelu", tier, x, None)
    with pytest.raises(ValueError, match=str(lib.EDGEACT_NO_KERNEL)):
        run_in_c("relu", "coarse", x, [])


@pytest.mark.parametrize("x", "?bBhHiIlLqQefd")
def test_result_dtype_is_that_of_tanh(x):
    ones = np.ones(3, x)
    expected = np.tanh(ones).dtype
    assert ea.gelu(ones).dtype == ea.apply("elu", ones, np.int8(1)).dtype == expected
    if expected != np.float64:
        assert ea.exact.gelu(ones).dtype == expected


def test_python_numbers_are_float64_as_for_numpy():
    for x in (1, 1.0):
        assert ea.gelu(x).dtype == np.tanh(x).dtype == np.float64


@by_dtype
def test_parameters_are_float32_or_narrower(dtype):
    """A float64 array or scalar widens the result, as it does in np.multiply."""
    x = np.ones(3, dtype)
    for p in (1, 1.0, np.float32(1), np.ones(3, np.float32), np.ones(3, dtype)):
        assert ea.leaky_relu(x, p).dtype == dtype
        assert ea.exact.leaky_relu(x, p).dtype == dtype
    for p in (np.float64(1), np.ones(3)):
        assert ea.leaky_relu(x, p).dtype == np.float64
    assert ea.leaky_relu(np.ones(3, np.float32), x).dtype == np.float32
    np.testing.assert_array_equal(
        ea.leaky_relu(-x, [0.25, 0.5, 1]), np.array([-0.25, -0.5, -1], np.float64)
    )


@by_dtype
@pytest.mark.parametrize("name", ["prelu", "swiglu"])
def test_a_tensor_promotes_as_in_multiply(name, dtype):
    f, x = getattr(ea, name), np.ones(3, dtype)
    for p in (1, 0.5, np.float32(1), np.float64(1), *(np.ones(3, t) for t in (*HALVES, "f", "d"))):
        assert f(x, p).dtype == np.multiply(x, p).dtype


@by_dtype
def test_out_where_overlap_and_pickle(dtype):
    x = np.linspace(-4, 4, 133).astype(dtype)
    y = ea.gelu(x)
    out = np.zeros_like(x)
    assert ea.gelu(x, out=out) is out
    assert_same(out, y)
    assert ea.gelu(x, out=np.empty(133, np.float32)).dtype == np.float32
    assert_same(ea.gelu(x, out=np.zeros_like(x), where=np.arange(133) > 50)[51:], y[51:])
    shifted = x.copy()
    ea.gelu(shifted[:-1], out=shifted[1:])
    assert_same(shifted[1:], y[:-1])
    assert_same(ea.gelu(x[::-3]), y[::-3])
    assert_same(ea.gelu(x.reshape(7, 19).T), y.reshape(7, 19).T.copy())
    assert_same(pickle.loads(pickle.dumps(ea.exact.gelu))(x), y)
    assert ea.gelu(x[0]) == y[0]
    for threshold in (0.5, np.float32([0.25] * 133)):
        np.testing.assert_array_equal(
            ea.hardshrink(x, threshold), np.where(np.abs(x) > threshold, x, x * 0)
        )


@pytest.mark.parametrize(
    "given",
    ["None", "types.ModuleType('ml_dtypes')"],
    ids=["missing", "broken"],
)
def test_without_ml_dtypes(given):
    """Import works, and float16 does."""
    code = f"import sys, types; sys.modules['ml_dtypes'] = {given}; import edgeact, numpy; "
    code += "print(edgeact.gelu(numpy.float16([1])).dtype, edgeact.gelu.types)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "float16 ['e->e', 'f->f', 'd->d']\n", done.stderr
