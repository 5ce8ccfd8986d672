"""The float32 kernels on every isa of this machine."""

import ctypes
import ctypes.util
import pickle
import platform
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgeact as ea
from edgeact import _registry, certify, reference

CERTIFICATES = Path(__file__).parent / "certificates"
UNARY = certify.sweepable()
IN_FULL_ON_NEON = {
    "relu",
    "sigmoid",
    "tanh",
    "erf",
    "gelu",
    "gelu_tanh",
    "silu",
    "mish",
    "softplus",
    "elu",
    "hardsigmoid",
    "hardswish",
}
TIERS = pytest.mark.parametrize("tier", ["exact", "fast"])
FLOAT32 = np.finfo(np.float32)
# invalid, division by zero and overflow: fenv.h
SERIOUS = 1 | 2 | 4 if platform.machine() == "aarch64" else 1 | 4 | 8


def certificate(name: str, tier: str) -> certify.Certificate:
    return certify.Certificate.load(CERTIFICATES / f"{name}.{tier}.json")


def params_of(name: str) -> list[float]:
    return [float(np.float32(p)) for p in ea.spec(name).params.values() if p is not None]


@TIERS
@pytest.mark.parametrize("name", UNARY)
def test_certificate_covers_all_inputs(name, tier):
    held = certificate(name, tier)
    assert held.bound == ea.spec(name).bounds[tier, "float32"].ulp
    tried = {isa: sweep.tried for isa, sweep in held.sweeps.items()}
    assert tried.pop("avx512") == 1 << 32
    # qemu is slow: a sample will do, but for tier exact of those that came first.
    least = (1 << 32 if tier == "exact" else 1 << 27) if name in IN_FULL_ON_NEON else 1 << 25
    assert tried.pop("neon") >= least
    # Of a derivative AVX-512 did all; the others have its bits, or those of SSE4.1, and a sample.
    least = 1 << 25 if "_grad" in name else 1 << 32
    assert set(tried) == {"avx2", "sse41", "scalar"}
    assert min(tried.values()) >= least
    assert held.kept


@TIERS
@pytest.mark.parametrize("name", UNARY)
def test_worst_inputs_replayed(name, tier):
    """The worst inputs of every certified isa, on every isa here, against MPFR."""
    held = certificate(name, tier).sweeps
    bits = sorted({at for s in held.values() for at in s.worst})
    x = np.array([int(at, 16) for at in bits], np.uint32).view(np.float32)
    truths = [reference.exact(name, float(v), *params_of(name)) for v in x]
    bound = ea.spec(name).bounds[tier, "float32"].ulp
    for isa in _registry.isas():
        y = certify.evaluate(name, tier, isa, x)
        errors = [
            reference.ulp_error(float(v), t, "float32") for v, t in zip(y, truths, strict=True)
        ]
        assert max(errors) <= bound, (isa, bits[int(np.argmax(errors))])
        if isa in held:
            again = errors[bits.index(held[isa].max_ulp_at)]
            assert again == pytest.approx(held[isa].max_ulp, rel=1e-12)


@TIERS
@pytest.mark.parametrize("name", UNARY)
def test_sampled_sweep_keeps_the_promise(name, tier):
    sampled = certify.certify(name, tier, stride=1021)
    assert sampled.kept, sampled.sweeps


@pytest.mark.parametrize("name", UNARY)
def test_exact_is_correctly_rounded(name):
    """Each sampled output against MPFR itself, subnormal inputs and outputs among them."""
    rng = np.random.default_rng(4)
    bits = rng.integers(0, 1 << 32, 2000, dtype=np.uint32)
    tiny = rng.integers(0, 1 << 25, 500, dtype=np.uint32)
    uniform = rng.uniform(-110, 20, 2000).astype(np.float32)
    x = np.concatenate([bits, tiny, tiny | 0x80000000, uniform.view(np.uint32)]).view(np.float32)
    x = x[np.isfinite(x)]
    right = reference.rounded(name, x, *params_of(name))
    for isa in _registry.isas():
        y = certify.evaluate(name, "exact", isa, x)
        np.testing.assert_array_equal(y.view(np.uint32), right.view(np.uint32))


def test_a_tighter_bound_is_seen_broken():
    sampled = certify.certify("gelu", isas=["scalar"], stride=1 << 12)
    sampled.bound = 1.0
    assert not sampled.kept


@TIERS
@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("isa", _registry.isas())
def test_limits_zeros_and_nan(name, isa, tier):
    x = np.float32([np.nan, -np.nan, np.inf, -np.inf, 0.0, -0.0])
    y = certify.evaluate(name, tier, isa, x)
    assert np.isnan(y[:2]).all()
    right = partial(reference.round_to, dtype="float32")
    truth = np.float32([right(reference.exact(name, float(v), *params_of(name))) for v in x[2:]])
    np.testing.assert_array_equal(y[2:], truth)
    np.testing.assert_array_equal(np.signbit(y[2:]), np.signbit(truth))


@TIERS
@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("isa", _registry.isas())
def test_a_value_that_takes_another_way_than_its_neighbours(name, isa, tier):
    """A lane in a tail among lanes that are not, or are NaN: in each place of a vector."""
    n = 64
    bound = ea.spec(name).bounds[tier, "float32"].ulp
    for value in (-30.0, -10.5, 10.5, 30.0):
        truth = reference.exact(name, value, *params_of(name))
        for neighbour in (np.nan, 0.5):
            x = np.full((n, n), neighbour, np.float32)
            np.fill_diagonal(x, value)
            y = certify.evaluate(name, tier, isa, x.ravel()).reshape(n, n)
            errors = [reference.ulp_error(float(v), truth, "float32") for v in y.diagonal()]
            assert max(errors) <= bound
            others = ~np.eye(n, dtype=bool)
            np.testing.assert_array_equal(np.isnan(y[others]), np.isnan(x[others]))


def without_overflow(name: str, dtype: type) -> np.ndarray:
    """Inputs of every size; those left out whose finite result is too large for the dtype."""
    info = np.finfo(dtype)
    points = [np.nan, np.inf, 0.0, info.max, info.tiny, info.smallest_subnormal]
    x = np.array([*points, *np.logspace(-30, 30, 400)], dtype)
    x = np.concatenate([x, -x])
    truths = [reference.exact(name, float(v), *params_of(name)) for v in x]
    return x[[not np.isfinite(v) or not abs(t) > info.max for v, t in zip(x, truths, strict=True)]]


@TIERS
@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("isa", _registry.isas())
def test_no_floating_point_flag(name, isa, tier):
    """invalid, division by zero and overflow: a program may have made them trap."""
    libm = ctypes.CDLL(ctypes.util.find_library("m"))
    x = without_overflow(name, np.float32)
    libm.feclearexcept(SERIOUS)
    certify.evaluate(name, tier, isa, x)
    assert libm.fetestexcept(SERIOUS) == 0


@TIERS
@pytest.mark.parametrize("name", UNARY)
def test_no_floating_point_warning(name, tier):
    for dtype in (np.float32, np.float64)[: 1 if tier == "exact" else 2]:
        with np.errstate(all="raise", under="ignore"):
            ea.apply(name, without_overflow(name, dtype), tier=tier)


@TIERS
@pytest.mark.parametrize("isa", _registry.isas())
def test_log1p_outside_its_domain(isa, tier):
    """-inf at -1 and NaN below, where np.log1p raises "divide by zero" and "invalid"."""
    libm = ctypes.CDLL(ctypes.util.find_library("m"))
    x = np.float32([-1, np.nextafter(np.float32(-1), np.float32(-2)), -2, -3e38, -np.inf])
    libm.feclearexcept(SERIOUS)
    y = certify.evaluate("log1p", tier, isa, x)
    assert libm.fetestexcept(SERIOUS) == 0
    np.testing.assert_array_equal(y, [-np.inf, *[np.nan] * 4])


def test_log1p_outside_its_domain_in_float64():
    with np.errstate(all="raise"):
        y = ea.log1p([-1.0, -1 - 2.0**-52, -2, -np.inf])
    np.testing.assert_array_equal(y, [-np.inf, *[np.nan] * 3])


@TIERS
@pytest.mark.parametrize("name", UNARY)
def test_sign_of_subnormal_results_is_kept(name, tier):
    x = np.float32([-FLOAT32.smallest_subnormal, FLOAT32.smallest_subnormal, -100.0])
    for value, y in zip(x, ea.apply(name, x, tier=tier), strict=True):
        truth = reference.exact(name, float(value), *params_of(name))
        bound = ea.spec(name).bounds[tier, "float32"].ulp
        assert reference.ulp_error(float(y), truth, "float32") <= bound
        assert np.signbit(y) == np.signbit(reference.round_to(truth, "float32"))


def test_tail_is_no_zero():
    assert -1e-30 < ea.gelu(np.float32(-12)) < 0
    assert 0 < ea.sigmoid(np.float32(-100)) < 1e-40


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(UNARY),
    tier=st.sampled_from(["exact", "fast"]),
    shape=st.lists(st.integers(0, 20), min_size=0, max_size=3),
    step=st.sampled_from([-3, -1, 1, 2]),
    dtype=st.sampled_from([np.float32, np.float64]),
    seed=st.integers(0, 2**32 - 1),
)
def test_value_does_not_depend_on_layout(name, tier, shape, step, dtype, seed):
    f, dtype = partial(ea.apply, name, tier=tier), np.float32 if tier == "exact" else dtype
    x = np.random.default_rng(seed).normal(0, 8, [*shape, 7]).astype(dtype)[..., ::step]
    one_by_one = np.array([f(v) for v in x.ravel()], dtype).reshape(x.shape)
    np.testing.assert_array_equal(f(x), one_by_one)
    np.testing.assert_array_equal(f(x.T), one_by_one.T)
    out = np.full_like(np.repeat(x, 2, axis=-1), 7)
    f(x, out=out[..., ::2])
    np.testing.assert_array_equal(out[..., ::2], one_by_one)
    assert (out[..., 1::2] == 7).all()
    inplace = x.copy()
    f(inplace, out=inplace)
    np.testing.assert_array_equal(inplace, one_by_one)


def test_where_out_broadcast_and_overlap():
    x = np.linspace(-4, 4, 33, dtype=np.float32)
    out = np.zeros_like(x)
    ea.gelu(x, out=out, where=x > 0)
    np.testing.assert_array_equal(out, np.where(x > 0, ea.gelu(x), 0))
    np.testing.assert_array_equal(
        ea.gelu(np.broadcast_to(x, (3, 33))), np.broadcast_to(ea.gelu(x), (3, 33))
    )
    shifted = x.copy()
    ea.gelu(shifted[:-1], out=shifted[1:])
    np.testing.assert_array_equal(shifted[1:], ea.gelu(x[:-1]))


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(ea.activations()),
    tier=st.sampled_from(["exact", "fast"]),
    dtype=st.sampled_from([np.float32, np.float64]),
    size=st.integers(0, 70),
    seed=st.integers(0, 2**32 - 1),
)
def test_byte_order_and_alignment(name, tier, dtype, size, seed):
    """Foreign byte order and odd addresses, of the input and of each parameter."""
    if tier == "exact":
        tier, dtype = ("exact", np.float32) if name in ea.activations("exact") else ("fast", dtype)
    rng = np.random.default_rng(seed)
    count = len(ea.spec(name).params)
    inputs = [rng.normal(0, 8, size), *(rng.uniform(0.5, 4, (count, size)))]
    native = [values.astype(dtype) for values in inputs]
    expected = ea.apply(name, *native, tier=tier)
    swapped = [values.astype(values.dtype.newbyteorder()) for values in native]
    odd = [np.frombuffer(b"\0" + v.tobytes(), np.uint8)[1:].view(dtype) for v in native]
    for given_inputs in (swapped, odd):
        y = ea.apply(name, *given_inputs, tier=tier)
        assert y.dtype == expected.dtype
        np.testing.assert_array_equal(y, expected)
    out = np.empty(size, np.dtype(dtype).newbyteorder())
    np.testing.assert_array_equal(ea.apply(name, *odd, tier=tier, out=out), expected)


def test_dtypes_follow_numpy():
    assert isinstance(ea.gelu, np.ufunc)
    assert ea.gelu(np.float32([1])).dtype == np.float32
    assert ea.gelu(np.float64([1])).dtype == np.float64
    assert ea.gelu(np.int32([1])).dtype == np.tanh(np.int32([1])).dtype == np.float64
    assert pickle.loads(pickle.dumps(ea.gelu)) is ea.gelu
    assert pickle.loads(pickle.dumps(ea.exact.gelu)) is ea.exact.gelu


@pytest.mark.parametrize("dtype", ["complex64", "longdouble", "O", "U3", "M8[s]"])
def test_dtype_without_loop_is_named(dtype):
    x = np.zeros(3, dtype)
    with pytest.raises(TypeError, match=r"gelu has no loop for dtype " + str(x.dtype)[:6]):
        ea.gelu(x)


@pytest.mark.parametrize("dtype", ["float64", "int32"])
def test_exact_has_no_float64(dtype):
    message = f"gelu has no loop for dtype {dtype}; it has float16 and float32"
    with pytest.raises(TypeError, match=message):
        ea.exact.gelu(np.zeros(3, dtype))


def test_parameters_broadcast():
    x = np.linspace(-6, 6, 24, dtype=np.float32).reshape(4, 6)
    scale = np.float32([0.5, 1, 2, -1])[:, None]
    y = ea.scale_shift_hardswish(x, scale, 1, 2, -0.5)
    inner = scale.astype(float) * x + 1
    truth = 2 * inner * np.clip((inner + 3) / 6, 0, 1) - 0.5
    # Each of the three maps rounds once or twice; the sum may cancel, so ULPs of the largest term.
    assert (np.abs(y - truth) <= 4 * 2**-24 * (2 * np.abs(inner) + 4)).all()


def test_elu_with_another_alpha_is_faithful():
    """The kernel takes alpha; 2 ULP hold for it, too, since one product more rounds once."""
    x = -np.logspace(-30, 2, 3000, dtype=np.float32)
    for alpha in (0.25, 1.5, 3.7):
        y = certify.evaluate("elu", "fast", "scalar", x, alpha)
        a = float(np.float32(alpha))
        errors = [
            reference.ulp_error(float(v), reference.exact("elu", float(u), a), "float32")
            for u, v in zip(x, y, strict=True)
        ]
        assert max(errors) <= ea.spec("elu").bounds["fast", "float32"].ulp


@pytest.mark.parametrize("isa", _registry.isas())
def test_exact_elu_with_another_alpha_is_faithful(isa):
    """alpha (e^x - 1) in double, rounded once: no farther off than double itself is."""
    x = np.concatenate([-np.logspace(-30, 2, 3000), np.linspace(-20, 0, 3001)]).astype(np.float32)
    for alpha in (0.25, 1.5, 3.7, -2.0, 1e-30):
        y = certify.evaluate("elu", "exact", isa, x, alpha)
        for u, v in zip(x.tolist(), y.tolist(), strict=True):
            truth = reference.exact("elu", u, float(np.float32(alpha)))
            # Before its rounding the double is right to 4 roundings of 2^-53, and an ULP of float32
            # is at least 2^-24 of the value.
            assert reference.ulp_error(v, truth, "float32") <= 0.5 + 4 * 2.0**-53 / 2.0**-24


def test_unknown_names():
    with pytest.raises(AttributeError, match="relo"):
        _ = ea.relo
    with pytest.raises(AttributeError, match="scale_shift_hardswish"):
        _ = ea.exact.scale_shift_hardswish
    with pytest.raises(ValueError, match="relo"):
        ea.spec("relo")
    with pytest.raises(ValueError, match="coarse"):
        certify.certify("relu", tier="coarse")
    with pytest.raises(ValueError, match="mmx"):
        certify.certify("relu", isas=["mmx"], stride=1 << 20)
    with pytest.raises(ValueError, match="stride 0"):
        certify.certify("relu", stride=0)
    with pytest.raises(ValueError, match="geglu has no default for up"):
        certify.certify("geglu", stride=1 << 20)  # 0 for it would make every result 0
