"""The float32 kernels on every isa of this machine."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgeact as ea
from edgeact import _registry, certify, reference

CERTIFICATES = Path(__file__).parent / "certificates"
UNARY = certify.sweepable()
FMA = [i for i in _registry.isas() if _registry.find_isa(i).fma]
FLOAT32 = np.finfo(np.float32)


def certificate(name: str) -> certify.Certificate:
    return certify.Certificate.load(CERTIFICATES / f"{name}.fast.json")


@pytest.mark.parametrize("name", UNARY)
def test_certificate_covers_all_inputs(name):
    held = certificate(name)
    assert held.bound == ea.spec(name).bounds["fast", "float32"].ulp
    assert held.sweeps["avx2"].tried == held.sweeps["sse41"].tried == 1 << 32
    # The scalar kernels are slow: a sample, and their bits are compared with AVX2's.
    assert held.sweeps["scalar"].tried >= 1 << 26
    assert held.kept


@pytest.mark.parametrize("name", UNARY)
def test_worst_inputs_replayed(name):
    """The worst inputs of every certified isa, on every isa here, against MPFR."""
    bits = sorted({at for s in certificate(name).sweeps.values() for at in s.worst})
    x = np.array([int(at, 16) for at in bits], np.uint32).view(np.float32)
    params = [p for p in ea.spec(name).params.values() if p is not None]
    truths = [reference.exact(name, float(v), *params) for v in x]
    bound = ea.spec(name).bounds["fast", "float32"].ulp
    for isa in _registry.isas():
        y = certify.evaluate(name, "fast", isa, x)
        errors = [
            reference.ulp_error(float(v), t, "float32") for v, t in zip(y, truths, strict=True)
        ]
        assert max(errors) <= bound, (isa, bits[int(np.argmax(errors))])
        held = certificate(name).sweeps.get(isa)
        if held:
            again = errors[bits.index(held.max_ulp_at)]
            assert again == pytest.approx(held.max_ulp, rel=1e-12)


@pytest.mark.parametrize("name", UNARY)
def test_sampled_sweep_keeps_the_bound(name):
    sampled = certify.certify(name, stride=1021)
    assert sampled.kept, sampled.sweeps


def test_a_tighter_bound_is_seen_broken():
    sampled = certify.certify("gelu", isas=["scalar"], stride=1 << 12)
    sampled.bound = 1.0
    assert not sampled.kept


@pytest.mark.parametrize("name", ea.activations())
def test_same_bits_on_every_isa_with_fma(name):
    for x in certify.inputs(4099):
        outputs = [certify.evaluate(name, "fast", isa, x) for isa in FMA]
        for y in outputs[1:]:
            same = (y.view(np.uint32) == outputs[0].view(np.uint32)) | np.isnan(y)
            assert same.all(), x[~same][:5]
            assert (np.isnan(y) == np.isnan(outputs[0])).all()


@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("isa", _registry.isas())
def test_limits_zeros_and_nan(name, isa):
    x = np.float32([np.nan, -np.nan, np.inf, -np.inf, 0.0, -0.0])
    y = certify.evaluate(name, "fast", isa, x)
    params = [p for p in ea.spec(name).params.values() if p is not None]
    assert np.isnan(y[:2]).all()
    truth = np.float32([float(reference.exact(name, float(v), *params)) for v in x[2:]])
    np.testing.assert_array_equal(y[2:], truth)
    np.testing.assert_array_equal(np.signbit(y[2:]), np.signbit(truth))


@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_floating_point_warning(name, dtype):
    info = np.finfo(dtype)
    points = [np.nan, np.inf, 0.0, info.max, info.tiny, info.smallest_subnormal]
    x = np.array([*points, *np.logspace(-30, 30, 400)], dtype)
    with np.errstate(all="raise", under="ignore"):
        getattr(ea, name)(np.concatenate([x, -x]))


@pytest.mark.parametrize("name", UNARY)
def test_sign_of_subnormal_results_is_kept(name):
    x = np.float32([-FLOAT32.smallest_subnormal, FLOAT32.smallest_subnormal, -100.0])
    params = [p for p in ea.spec(name).params.values() if p is not None]
    for value, y in zip(x, getattr(ea, name)(x), strict=True):
        truth = reference.exact(name, float(value), *params)
        bound = ea.spec(name).bounds["fast", "float32"].ulp
        assert reference.ulp_error(float(y), truth, "float32") <= bound
        assert np.signbit(y) == np.signbit(float(truth))


def test_tail_is_no_zero():
    assert -1e-30 < ea.gelu(np.float32(-12)) < 0
    assert 0 < ea.sigmoid(np.float32(-100)) < 1e-40


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(UNARY),
    shape=st.lists(st.integers(0, 20), min_size=0, max_size=3),
    step=st.sampled_from([-3, -1, 1, 2]),
    dtype=st.sampled_from([np.float32, np.float64]),
    seed=st.integers(0, 2**32 - 1),
)
def test_value_does_not_depend_on_layout(name, shape, step, dtype, seed):
    f = getattr(ea, name)
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
    swapped = x.astype(">f4")
    np.testing.assert_array_equal(ea.gelu(swapped), ea.gelu(x))
    unaligned = np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(np.float32)
    np.testing.assert_array_equal(ea.gelu(unaligned), ea.gelu(x))


def test_dtypes_follow_numpy():
    assert isinstance(ea.gelu, np.ufunc)
    assert ea.gelu(np.float32([1])).dtype == np.float32
    assert ea.gelu(np.float64([1])).dtype == np.float64
    assert ea.gelu(np.int32([1])).dtype == np.tanh(np.int32([1])).dtype == np.float64
    assert pickle.loads(pickle.dumps(ea.gelu)) is ea.gelu


@pytest.mark.parametrize("dtype", ["complex64", "longdouble", "O", "U3", "M8[s]"])
def test_dtype_without_loop_is_named(dtype):
    x = np.zeros(3, dtype)
    with pytest.raises(TypeError, match=r"gelu has no loop for dtype " + str(x.dtype)[:6]):
        ea.gelu(x)


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


def test_unknown_names():
    with pytest.raises(AttributeError, match="relo"):
        _ = ea.relo
    with pytest.raises(ValueError, match="relo"):
        ea.spec("relo")
    with pytest.raises(ValueError, match="exact"):
        certify.certify("relu", tier="exact")
    with pytest.raises(ValueError, match="mmx"):
        certify.certify("relu", isas=["mmx"], stride=1 << 20)
    with pytest.raises(ValueError, match="stride 0"):
        certify.certify("relu", stride=0)
