"""Activations with parameters: broadcasting, errors, and the bound at other values."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgeact as ea
from edgeact import _registry, certify, reference

CERTIFICATES = Path(__file__).parent / "certificates"
# The sums of scale_shift_hardswish cancel: ULP of the result say nothing of it.
NAMES = [n for n in ea.activations() if ea.spec(n).params and n != "scale_shift_hardswish"]
SWEPT = [n for n in NAMES if n not in reference.BIASED]
EXACT = [n for n in NAMES if n in ea.activations("exact")]
EVERY = pytest.mark.parametrize("name", SWEPT)


def parameters(name: str, rng: np.random.Generator) -> list[float]:
    return reference.random_params(name, len(ea.spec(name).params), rng)


@EVERY
def test_certificate_replays(name):
    """20 sets of parameters, 10^8 inputs in all, and the worst input of each set again."""
    held = json.loads((CERTIFICATES / f"{name}.params.json").read_text(encoding="utf-8"))
    bound = ea.spec(name).bounds["fast", "float32"].ulp
    assert held["bound"] == bound
    assert held["tried"] >= 10**8 - 20 * 859
    assert len(held["sets"]) == 20
    assert held["max_ulp"] <= bound
    for row in held["sets"]:
        assert row["broken"] == 0
        for isa, worst in row["worst"].items():
            x = np.array([int(worst["at"], 16)], np.uint32).view(np.float32)
            truth = reference.exact(name, float(x[0]), *row["params"])
            y = ea.apply(name, x, *map(np.float32, row["params"]))
            allowed = ea.spec(name).bounds["fast", "float32"].allowed(*row["params"])
            error = reference.ulp_error(float(y[0]), truth, "float32", allowed)
            assert error <= bound, (isa, row)


@EVERY
def test_bound_at_fresh_parameters(name):
    rng = np.random.default_rng(77)
    for _ in range(2):
        params = parameters(name, rng)
        swept = certify.certify(name, stride=32749, params=params)
        assert swept.kept, (params, swept.sweeps)


@pytest.mark.parametrize("isa", _registry.isas())
@pytest.mark.parametrize("name", [n for n in NAMES if ea.spec(n).bounds["fast", "float32"].floor])
def test_worst_products(name, isa):
    """A factor that brings a product just below a power of two makes most ULP of a gate's error.

    float64 finds the gates and the products that are farthest off, MPFR judges them.
    """
    rng = np.random.default_rng(80)
    bound = ea.spec(name).bounds["fast", "float32"].ulp
    gate = rng.uniform(-9, 3, 1 << 20).astype(np.float32)
    plain = ea.apply(name, gate.astype(np.float64), 1.0)
    off = np.abs(certify.evaluate(name, "fast", isa, gate, 1.0) - plain) / np.abs(plain)
    gate, plain = (a[np.argsort(off)[-300:]] for a in (gate, plain))
    for just_below in rng.uniform(1.85, 2, 200):
        up = float(np.float32(just_below / np.abs(rng.choice(plain))))
        y = certify.evaluate(name, "fast", isa, gate, up)
        off = np.abs(y - ea.apply(name, gate.astype(np.float64), up)) / np.spacing(np.abs(y))
        i = int(np.argmax(off))
        truth = reference.exact(name, float(gate[i]), up)
        assert reference.ulp_error(float(y[i]), truth, "float32") <= bound, (gate[i], up)


@pytest.mark.parametrize("isa", _registry.isas())
@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("glu_grad_gate", [63.9, 64, 64.1, -70, 87.5, -100, 130, 170, 192, 199, 250, 1e30]),
        ("swish_grad", [1e-3, 1e-10, -1e-30, 1e20, 1e38]),
        ("swish_grad_beta", [1e-3, 1e-10, -1e-19, 1e-30, 64, 1e20]),
    ],
)
def test_huge_and_tiny_factors(name, params, isa):
    """Beyond what random_params gives: one factor brings back what another would lose."""
    rng = np.random.default_rng(81)
    bound = ea.spec(name).bounds["fast", "float32"].ulp
    for p in np.float32(params).tolist():
        bits = rng.integers(0, 1 << 32, 1000, dtype=np.uint32).view(np.float32)
        x = np.concatenate([bits, (rng.uniform(-120, 120, 500) / p).astype(np.float32)])
        x = x[np.isfinite(x)]
        y = certify.evaluate(name, "fast", isa, x, p)
        for u, v in zip(x.tolist(), y.tolist(), strict=True):
            assert reference.ulp_error(v, reference.exact(name, u, p), "float32") <= bound, (u, p)


@pytest.mark.parametrize("name", EXACT)
def test_exact_is_rounded_once_from_double(name):
    """So it is off by hardly more than half an ULP at any parameters, and tests what it says."""
    rng = np.random.default_rng(78)
    x = np.concatenate([-np.logspace(-30, 2, 500), np.logspace(-30, 2, 500)]).astype(np.float32)
    for params in [parameters(name, rng) for _ in range(3)]:
        y = ea.apply(name, x, *map(np.float32, params), tier="exact")
        for u, v in zip(x.tolist(), y.tolist(), strict=True):
            # double is right to some 2^-50, and an ULP of float32 is at least 2^-24 of the value
            error = reference.ulp_error(v, reference.exact(name, u, *params), "float32")
            assert error <= 0.5 + 2.0**-26, (params, u)


@pytest.mark.parametrize("isa", _registry.isas())
@pytest.mark.parametrize("tier", ["exact", "fast"])
@pytest.mark.parametrize("name", reference.BIASED)
def test_biased(name, tier, isa):
    """A sample by MPFR; and every bit is that of the function, which was swept, at the sum."""
    rng = np.random.default_rng(79)
    bound = ea.spec(name).bounds[tier, "float32"].ulp
    bits = rng.integers(0, 1 << 32, 1 << 20, dtype=np.uint32).view(np.float32)
    x = np.concatenate([bits[np.isfinite(bits)], rng.normal(0, 8, 1 << 20).astype(np.float32)])
    for b in rng.normal(0, 4, 3).astype(np.float32).tolist():
        y = certify.evaluate(name, tier, isa, x, b)
        plain = certify.evaluate(name.removeprefix("bias_"), tier, isa, x + np.float32(b))
        np.testing.assert_array_equal(y.view(np.uint32), plain.view(np.uint32))
        for i in rng.integers(0, x.size, 500):
            truth = reference.exact(name, float(x[i]), b)
            assert reference.ulp_error(float(y[i]), truth, "float32") <= bound, (x[i], b)


def test_a_slope_a_channel():
    x = np.random.default_rng(5).normal(size=(2, 3, 4, 5)).astype(np.float32)
    slope = np.float32([0.25, 0.5, -2])
    y = ea.prelu(x, slope[None, :, None, None])
    for channel in range(3):
        expected = np.where(x[:, channel] < 0, slope[channel] * x[:, channel], x[:, channel])
        np.testing.assert_array_equal(y[:, channel], expected)
    assert ea.prelu(x, slope[None, :, None, None], out=x) is x
    np.testing.assert_array_equal(x, y)


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    tier=st.sampled_from(["exact", "fast"]),
    rows=st.integers(0, 5),
    columns=st.integers(0, 70),
    step=st.sampled_from([-3, -1, 1, 2]),
    kinds=st.lists(st.sampled_from(["scalar", "row", "column", "full"]), min_size=4, max_size=4),
    seed=st.integers(0, 2**32 - 1),
)
def test_value_does_not_depend_on_how_a_parameter_is_given(
    name, tier, rows, columns, step, kinds, seed
):
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 4, (rows, columns)).astype(np.float32)[:, ::step]
    shapes = {"scalar": (), "row": (1, x.shape[1]), "column": (rows, 1), "full": x.shape}
    positive = np.sort(np.abs(rng.normal(1, 2, (4, *x.shape))).astype(np.float32) + 1, axis=0)
    params = [
        np.broadcast_to(p.ravel()[:1].reshape(()) if p.size else np.float32(1), ())
        if kind == "scalar"
        else p[tuple(slice(n) for n in shapes[kind])]
        for p, kind in zip(positive, kinds, strict=True)
    ][: len(ea.spec(name).params)]
    tier = tier if name in EXACT else "fast"
    y = ea.apply(name, x, *params, tier=tier)
    full = [np.broadcast_to(p, x.shape) for p in params]
    for at in np.ndindex(x.shape):
        assert y[at] == ea.apply(name, x[at], *(p[at] for p in full), tier=tier)


def test_apply_has_the_defaults():
    x = np.linspace(-3, 3, 31, dtype=np.float32)
    np.testing.assert_array_equal(ea.apply("elu", x), ea.elu(x, 1))
    np.testing.assert_array_equal(ea.apply("hardtanh", x, max_val=2), ea.hardtanh(x, -1, 2))
    np.testing.assert_array_equal(ea.apply("gelu", x, tier="exact"), ea.exact.gelu(x))
    assert ea.apply("leaky_relu", x, 0.01, out=x) is x
    assert ea.apply("leaky_relu", np.float64([-1])).tolist() == [-0.01]


@pytest.mark.parametrize(
    ("error", "message", "arguments", "named"),
    [
        (ValueError, "no activation 'gelo'", ("gelo", 1.0), {}),
        (ValueError, "relu has no kernel of tier 'coarse'", ("relu", 1.0), {"tier": "coarse"}),
        (TypeError, "gelu: 1 parameters given; it has none", ("gelu", 1.0, 2.0), {}),
        (TypeError, "elu: no parameter 'beta'; it has alpha", ("elu", 1.0), {"beta": 2}),
        (TypeError, "elu: parameter 'alpha' is given twice", ("elu", 1.0, 2.0), {"alpha": 2}),
        (
            TypeError,
            "scale_shift_hardswish needs shift_in, shift_out",
            ("scale_shift_hardswish", 1.0),
            {"scale_in": 1, "scale_out": 1},
        ),
    ],
)
def test_bad_arguments_are_named(error, message, arguments, named):
    with pytest.raises(error, match=message):
        ea.apply(*arguments, **named)


def test_another_activation_may_have_the_parameter():
    with pytest.raises(TypeError, match="no parameter 'beta'; it has none; softplus_beta has it"):
        ea.apply("softplus", 1.0, beta=2)


def test_clip_is_another_name_of_hardtanh():
    assert ea.clip is ea.hardtanh
    assert ea.exact.clip is ea.exact.hardtanh
    x = np.linspace(-3, 3, 31, dtype=np.float32)
    np.testing.assert_array_equal(ea.clip(x, -0.5, 2), np.clip(x, np.float32(-0.5), np.float32(2)))
    np.testing.assert_array_equal(ea.apply("clip", x, max_val=2, tier="exact"), ea.clip(x, -1, 2))
    y = certify.evaluate("clip", "fast", "scalar", x, -0.5, 2)
    np.testing.assert_array_equal(y, np.clip(x, np.float32(-0.5), np.float32(2)))
    assert ea.spec("clip") is ea.spec("hardtanh")
    assert "clip" in ea.__all__
    assert "clip" not in ea.activations()  # it is no row


def test_softplus_beta_is_pytorchs():
    """x itself where beta x exceeds the threshold, and there only."""
    x = np.float32([2, np.nextafter(np.float32(2), np.float32(3))])
    for ufunc in (ea.softplus_beta, ea.exact.softplus_beta):
        np.testing.assert_array_equal(
            ufunc(x, 1.5, 3), [np.float32(np.log1p(np.exp(3)) / 1.5), x[1]]
        )
    x = np.linspace(-100, 100, 2001, dtype=np.float32)
    np.testing.assert_array_equal(ea.exact.softplus_beta(x, 1, np.inf), ea.exact.softplus(x))


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("softplus_beta", (50, 20)),
        ("softplus_beta", (-50, np.inf)),
        ("softplus_beta", (2.0**-60, 20)),
        ("hardsigmoid_affine", (50, -20)),
        ("hardsigmoid_affine", (-50, 20)),
        ("hardsigmoid_affine", (0, 0.25)),
    ],
)
def test_no_warning_where_a_product_would_overflow(name, params):
    for dtype in (np.float32, np.float64):
        x = np.array([1, 100, np.finfo(dtype).max], dtype)
        x = np.concatenate([x, -x])
        with np.errstate(all="raise", under="ignore"):
            y = getattr(ea, name)(x, *map(dtype, params))
            if dtype is np.float32:
                getattr(ea.exact, name)(x, *map(dtype, params))
        bound = ea.spec(name).bounds["fast", np.dtype(dtype).name].ulp
        for u, v in zip(x.tolist(), y.tolist(), strict=True):
            truth = reference.exact(name, u, *map(float, params))
            assert reference.ulp_error(v, truth, np.dtype(dtype).name) <= bound, u


def test_a_missing_parameter_is_an_error():
    with pytest.raises(TypeError, match="elu"):
        ea.elu(np.float32([1]))


@pytest.mark.parametrize("isa", _registry.isas())
@pytest.mark.parametrize("name", [n for n in NAMES if ea.spec(n).tensors])
def test_special_values_beside_a_tensor(name, isa):
    tiny = np.finfo(np.float32).smallest_subnormal
    x = np.float32([0.0, -0.0, np.inf, -np.inf, np.nan, tiny, -tiny, 3e38, -3e38])
    for value in (1.5, -2.0, -150.0):
        y = certify.evaluate(name, "fast", isa, x, value)
        bound = ea.spec(name).bounds["fast", "float32"]
        for u, v in zip(x.tolist(), y.tolist(), strict=True):
            truth = reference.exact(name, u, value)
            error = reference.ulp_error(v, truth, "float32", bound.allowed(value))
            assert error <= bound.ulp, (u, value, v)
