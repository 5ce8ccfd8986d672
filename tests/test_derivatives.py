"""edgeact.grad and edgeact.backward; the tests of kernels have the rows NAME_grad, too."""

import math
import os
import pickle
import subprocess
import sys
import tracemalloc

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgeact as ea
from edgeact import _registry, certify, reference
from edgeact._registry import ffi, lib

# The names of edgeact.backward but those of rows, of which test_softmax.py has the tests.
NAMES = ea.grad.__all__
HALVES = [np.dtype(np.float16), np.dtype(ml_dtypes.bfloat16)]


def functions(tier: str) -> list[str]:
    return [name for name in ea.activations(tier) if "_grad" not in name]


def parameters(name: str, seed: int = 3) -> list[float]:
    rng = np.random.default_rng(seed)
    return reference.random_params(name, len(ea.spec(name).params), rng)


def test_every_activation_has_its_derivatives():
    fast, exact = functions("fast"), functions("exact")
    assert ea.grad.__all__ == fast
    assert ea.backward.__all__ == [*fast, *ea.rowwise()]
    assert ea.exact.grad.__all__ == ea.exact.backward.__all__ == exact
    assert ea.grad.gelu is ea.gelu_grad
    assert ea.exact.grad.gelu is ea.exact.gelu_grad
    by_parameter = {n: _registry.partials(n)[1:] for n in fast if len(_registry.partials(n)) > 1}
    assert by_parameter == {
        "prelu": ["prelu_grad_slope"],
        "swish": ["swish_grad_beta"],
        "elu": ["elu_grad_alpha"],
        "glu": ["glu_grad_gate"],
        "reglu": ["reglu_grad_up"],
        "swiglu": ["swiglu_grad_up"],
        "geglu": ["geglu_grad_up"],
        "geglu_tanh": ["geglu_tanh_grad_up"],
    }


@pytest.mark.parametrize("name", [n for n in ea.grad.__all__ if n not in reference.BIASED])
def test_the_truth_is_the_slope_of_the_function(name):
    """The formulas of the derivatives against difference quotients of the function, in MPFR."""
    f = reference._FORMULAS[name]
    step = reference.gmpy2.mpfr(2) ** -50
    with reference.gmpy2.context(precision=300):
        for seed in range(5):
            params = parameters(name, seed)
            for x in np.random.default_rng(seed).uniform(-5, 5, 20).astype(np.float32).tolist():
                for k, row in enumerate(_registry.partials(name)):
                    at = [reference.gmpy2.mpfr(v) for v in (x, *params)]
                    up = f(*at[:k], at[k] + step, *at[k + 1 :])
                    down = f(*at[:k], at[k] - step, *at[k + 1 :])
                    slope = (up - down) / (2 * step)
                    truth = reference.exact(row, x, *params)
                    if reference.gmpy2.is_nan(truth):  # outside the domain
                        continue
                    # step^2 = 2^-100, times the third derivative: parameters reach 2^6
                    assert abs(slope - truth) <= 2.0**-80 * (1 + abs(truth)), (row, x, params)


@pytest.mark.parametrize(
    ("name", "tier", "dtype"),
    [(name, "fast", dtype) for name in NAMES for dtype in (np.float32, np.float64)]
    + [(name, "exact", np.float32) for name in ea.exact.backward.__all__],
)
def test_backward_is_dy_times_the_derivative(name, tier, dtype):
    rng = np.random.default_rng(11)
    dy, x = rng.normal(0, 3, (2, 1500)).astype(dtype)
    params = parameters(name)
    ufunc = getattr(ea.exact.backward if tier == "exact" else ea.backward, name)
    results = ufunc(dy, x, *map(dtype, params))
    rows = _registry.partials(name, tier)
    for row, result in zip(rows, results if len(rows) > 1 else [results], strict=True):
        assert result.dtype == dtype
        # The product may have a larger leading digit, in which the derivative's error counts twice.
        bound = ea.spec(row).bounds[tier, np.dtype(dtype).name]
        allowed = bound.allowed(*params)
        for at in range(0, x.size, 50):
            truth = reference.exact(row, float(x[at]), *params, dtype=np.dtype(dtype).name)
            truth *= float(dy[at])
            error = reference.ulp_error(
                float(result[at]), truth, np.dtype(dtype).name, allowed * abs(float(dy[at]))
            )
            assert error <= 2 * bound.ulp + 0.5, (row, x[at], dy[at])


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    size=st.integers(0, 1100),
    step=st.sampled_from([-2, -1, 1, 3]),
    onto=st.sampled_from(["new", "dy", "x"]),
    seed=st.integers(0, 2**32 - 1),
)
def test_value_depends_on_nothing_else(name, size, step, onto, seed):
    """Neither on the place in the array, nor on strides, nor on where the result goes."""
    rng = np.random.default_rng(seed)
    dy, x = (rng.normal(0, 3, 3 * size).astype(np.float32)[::step][:size] for _ in range(2))
    params = [np.float32(p) for p in parameters(name)]
    ufunc = getattr(ea.backward, name)
    rows = _registry.partials(name)
    expected = [dy * getattr(ea, row)(x, *params) for row in rows]
    out = {"new": np.empty_like(x), "dy": dy, "x": x}[onto]
    results = ufunc(dy, x, *params, out=(out, *(np.empty_like(x) for _ in rows[1:])))
    for result, right in zip(results if len(rows) > 1 else [results], expected, strict=True):
        np.testing.assert_array_equal(result, right)


def test_parameters_broadcast():
    dy, x = np.random.default_rng(2).normal(size=(2, 3, 4)).astype(np.float32)
    slope = np.float32([[0.5], [2], [-1]])
    dx, dslope = ea.backward.prelu(dy, x, slope)
    np.testing.assert_array_equal(dx, dy * np.where(x > 0, 1, slope))
    np.testing.assert_array_equal(dslope, dy * np.minimum(x, 0))
    alpha = np.float32([0.5, 1, 2, 3])
    dx = ea.backward.celu(dy, x, alpha)
    np.testing.assert_array_equal(dx, dy * ea.grad.celu(x, alpha))
    dx = ea.backward.celu(np.float32(3), x, 2)
    np.testing.assert_array_equal(dx, np.float32(3) * ea.grad.celu(x, np.float32(2)))
    dx = ea.backward.softplus_beta(dy, x, alpha, 20)
    np.testing.assert_array_equal(dx, dy * ea.grad.softplus_beta(x, alpha, np.float32(20)))


@pytest.mark.parametrize("name", ["mish", "leaky_relu", "softplus_beta"])
def test_a_result_beyond_the_caches(name):
    dy, x = np.random.default_rng(3).normal(0, 3, (2, 2**23 + 99)).astype(np.float32)
    params = [np.float32(p) for p in parameters(name)]
    dx = getattr(ea.backward, name)(dy[1:], x[1:], *params)  # no vector lies on a line
    np.testing.assert_array_equal(dx, dy[1:] * getattr(ea.grad, name)(x[1:], *params))


def test_they_pickle():
    for ufunc in (ea.grad.gelu, ea.exact.grad.gelu, ea.backward.gelu, ea.exact.backward.gelu):
        assert pickle.loads(pickle.dumps(ufunc)) is ufunc


@pytest.mark.parametrize("module", ["grad", "backward"])
def test_unknown_names(module):
    for tier in (ea, ea.exact):
        with pytest.raises(AttributeError, match="gelo"):
            _ = getattr(tier, module).gelo


@pytest.mark.parametrize(
    ("tier", "has"),
    [(ea, "float16, float32 and float64"), (ea.exact, "float16 and float32$")],
    ids=["fast", "exact"],
)
def test_dtype_without_loop_is_named(tier, has):
    with pytest.raises(TypeError, match=f"gelu has no loop for dtype complex64; it has {has}"):
        tier.backward.gelu(np.ones(2, np.complex64), np.ones(2, np.float32))


def test_corners_are_pytorchs():
    zero, inf = np.float32([0.0]), np.float32([math.inf])
    assert ea.grad.relu(zero) == 0
    assert ea.grad.hardtanh(np.float32([1]), -1, 1) == 0
    assert ea.grad.leaky_relu(zero, 0.25) == 0.25
    assert ea.grad.elu(zero, 0.5) == 0.5
    assert ea.grad.gelu(inf) == 1
    # alpha x + beta is 0 and 1 at these; their neighbours lie within
    ends = np.float32([-2, 2])
    for tier in (ea, ea.exact):
        np.testing.assert_array_equal(tier.grad.hardsigmoid_affine(ends, 0.25, 0.5), 0)
        inside = np.nextafter(ends, zero)
        np.testing.assert_array_equal(tier.grad.hardsigmoid_affine(inside, 0.25, 0.5), 0.25)
        # 2 x is the threshold, and more
        x = np.float32([3, np.nextafter(np.float32(3), inf[0])])
        slope = tier.grad.softplus_beta(x, 2, 6)
        np.testing.assert_array_equal(slope, [tier.sigmoid(np.float32(6)), 1])
    ends = np.float32([-4, 2])  # scale_in x + shift_in is -3 and 3
    np.testing.assert_array_equal(ea.grad.scale_shift_hardswish(ends, 1, 1, 3, 7), [0, 3])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_hardsigmoid_affine_knows_on_which_side_of_a_corner_it_is(dtype):
    """Where alpha x + beta rounds to 0 or 1, or alpha x underflows, and is neither."""
    info = np.finfo(dtype)
    tiny, eps = info.smallest_subnormal, info.eps
    cases = [
        (tiny, 0.2, 0, True),
        (-tiny, 0.2, 0, False),
        (-tiny, -0.2, 0, True),
        (1 - eps, 1, eps / 4, True),  # 1 - 3/4 eps
        (1, 1, -(eps**2), True),
        (1, 1, eps**2, False),
        (-1 - eps, 1 + eps, 1 + 2 * eps, False),  # -eps^2
        (-1 - eps, 1 - eps, 1 + eps, True),
    ]
    for x, alpha, beta, inside in cases:
        x, alpha, beta = map(dtype, (x, alpha, beta))
        for isa in _registry.isas():
            y = certify.evaluate("hardsigmoid_affine_grad", "fast", isa, np.array([x]), alpha, beta)
            assert y[0] == (alpha if inside else 0), (isa, x, alpha, beta)
            truth = reference.exact("hardsigmoid_affine_grad", float(x), float(alpha), float(beta))
            assert y[0] == float(truth)


def every(dtype: np.dtype) -> np.ndarray:
    """All finite numbers of 16 bits."""
    x = np.arange(1 << 16, dtype=np.uint16)
    return x[x & 0x7FFF < (0x7C00 if dtype == np.float16 else 0x7F80)].view(dtype)


def ulp(values: np.ndarray, dtype: str) -> np.ndarray:
    bits, lowest, _ = reference._FORMATS[dtype]
    return np.ldexp(1.0, np.maximum(np.frexp(values)[1] - bits, lowest))


def tensor_rounded(name: str, params: list[float], dtype: np.dtype) -> list[float]:
    tensors = ea.spec(name).tensors
    return [float(dtype.type(v)) if i < tensors else v for i, v in enumerate(params)]


@pytest.mark.parametrize("dtype", HALVES, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_16_bits_round_the_product_with_a_float_once(name, dtype):
    """Half an ULP, and the derivative's own error times dy: all x of float16, an eighth of the
    other's, each with four dy."""
    x = every(dtype)[:: 1 if dtype == np.float16 else 8].copy()
    rng = np.random.default_rng(5)
    dys = [np.full_like(x, v) for v in (1, -3.0e-3)]
    dys += [rng.normal(0, s, x.size).astype(dtype) for s in (1, 300)]
    params = tensor_rounded(name, parameters(name), dtype)
    arguments = [
        np.array(v, dtype if i < ea.spec(name).tensors else np.float32)
        for i, v in enumerate(params)
    ]
    _, _, too_large = reference._FORMATS[dtype.name]
    for k, row in enumerate(_registry.partials(name)):
        truths = (reference.exact(row, v, *params) for v in x.astype(float).tolist())
        slope = np.array([float(truth) for truth in truths])
        huge = np.abs(slope) > np.finfo(np.float32).max
        slope[huge] = np.copysign(np.inf, slope[huge])
        for tier in (ea, ea.exact) if row in ea.activations("exact") else (ea,):
            bound = ea.spec(row).bounds["exact" if tier is ea.exact else "fast", "float32"]
            off = bound.ulp * ulp(slope, "float32") + bound.allowed(*params)
            for dy in dys:
                with np.errstate(all="ignore"):
                    results = getattr(tier.backward, name)(dy, x, *arguments)
                    y = results[k] if isinstance(results, tuple) else results
                    size, true = np.abs(dy.astype(float)), slope * dy.astype(float)
                    error = np.abs(y.astype(float) - true)
                assert y.dtype == dtype
                # Around the largest number either may be an infinity.
                inside = np.abs(true) < 2.0**too_large * (1 - 2.0**-8)
                beyond = ~(np.abs(true) < 2.0**too_large * (1 + 2.0**-8))
                limits = np.where(np.isnan(true), np.nan, np.copysign(np.inf, true))[beyond]
                np.testing.assert_array_equal(y[beyond].astype(float), limits)
                allowed = 0.5 * ulp(true, dtype.name) * (1 + 2.0**-40) + size * off
                wrong = inside & ~(error <= allowed)
                assert not wrong.any(), (x[wrong][:3], dy[wrong][:3], y[wrong][:3], true[wrong][:3])


def test_float16_rounds_the_product_once():
    """It is exact in float64, from which NumPy rounds directly; by way of float32 some are off."""
    x = every(HALVES[0])
    dy = np.random.default_rng(6).normal(0, 1, x.size).astype(np.float16)
    twice = 0
    for name in ("gelu", "tanh", "elu", "swiglu"):
        params = [np.float16(0.75)] * len(ea.spec(name).params)
        results = getattr(ea.backward, name)(dy, x, *params)
        results = results if isinstance(results, tuple) else (results,)
        for row, y in zip(_registry.partials(name), results, strict=True):
            slope = getattr(ea, row)(x.astype(np.float32), *map(np.float32, params))
            product = slope.astype(float) * dy.astype(float)
            np.testing.assert_array_equal(y, product.astype(np.float16))
            twice += np.count_nonzero(product.astype(np.float32).astype(np.float16) != y)
    assert twice > 0


BITS = """
import hashlib, ml_dtypes, numpy as np, edgeact as ea
hashed = hashlib.sha256()
for dtype in (np.float16, ml_dtypes.bfloat16):
    dy, x, slope = np.random.default_rng(1).normal(0, 3, (3, 10_007)).astype(dtype)
    alpha = np.full(x.size, 0.7, np.float32)
    for name, *params in (("gelu",), ("relu",), ("elu", alpha), ("prelu", slope)):
        for step in (1, -3):
            y = getattr(ea.exact.backward, name)(*(a[::step] for a in (dy, x, *params)))
            hashed.update(np.array(y).view(np.uint16).tobytes())
print(hashed.hexdigest())
"""


def test_16_bits_of_tier_exact_are_the_same_on_every_isa():
    found = set()
    for isa in _registry.isas():
        env = os.environ | {"EDGEACT_ISA": isa}
        run = subprocess.run([sys.executable, "-c", BITS], env=env, capture_output=True, text=True)
        found.add(run.stdout or run.stderr)
    assert len(found) == 1, found


def bits(y: object) -> list[bytes]:
    results = y if isinstance(y, tuple) else (y,)
    return [np.ascontiguousarray(v).view(np.uint16).tobytes() for v in results]


@pytest.mark.parametrize("dtype", HALVES, ids=str)
@pytest.mark.parametrize("name", ["gelu", "elu", "prelu", "hardtanh", "swiglu"])
def test_16_bits_depend_on_nothing_else(name, dtype):
    """Neither on length, nor strides, nor on where the results go; a parameter may be an array."""
    rng, backward = np.random.default_rng(12), getattr(ea.backward, name)
    spec, outputs = ea.spec(name), len(_registry.partials(name))
    n = 1300
    dy, x = rng.normal(0, 3, (2, 3 * n)).astype(dtype)
    kinds = [dtype if i < spec.tensors else np.float32 for i in range(len(spec.params))]
    params = [np.sort(rng.normal(0, 2, 3 * n)).astype(kind) for kind in kinds]
    one_by_one = [
        backward(dy[i : i + 1], x[i : i + 1], *(p[i : i + 1] for p in params)) for i in range(n)
    ]
    one_by_one = [bits(y) for y in one_by_one]
    expected = [b"".join(y[k] for y in one_by_one) for k in range(outputs)]
    assert bits(backward(dy[:n], x[:n], *(p[:n] for p in params))) == expected
    assert bits(backward(dy[n - 1 :: -1][::-1], x[:n], *(p[:n] for p in params))) == expected
    spread = [np.repeat(a[:n], 3) for a in (dy, x, *params)]
    assert bits(backward(*(a[::3] for a in spread))) == expected
    for onto in range(2):
        held = [dy[:n].copy(), x[:n].copy()]
        out = (held[onto], *(np.empty(n, dtype) for _ in range(outputs - 1)))
        assert bits(backward(*held, *(p[:n] for p in params), out=out)) == expected
    same = [np.full(n, p[0], p.dtype) for p in params]
    assert bits(backward(dy[:n], x[:n], *(p[0] for p in params))) == bits(
        backward(dy[:n], x[:n], *same)
    )


@pytest.mark.parametrize("dtype", HALVES, ids=str)
@pytest.mark.parametrize("tier", ["exact", "fast"])
def test_16_bits_from_c(dtype, tier):
    run = lib.edgeact_backward_f16 if dtype == np.float16 else lib.edgeact_backward_bf16
    x = np.random.default_rng(4).normal(0, 3, (2, 1200)).astype(dtype)
    dx = np.empty_like(x[0])
    pointers = [ffi.from_buffer("uint16_t[]", a.view(np.uint16)) for a in (x[0], x[1], dx)]
    index, module = _registry.TIERS.index(tier), ea.exact if tier == "exact" else ea

    def call(row, params):
        return run(_registry.find(row), index, x.shape[1], *pointers, params)

    assert call("gelu_grad", ffi.NULL) == lib.EDGEACT_OK
    assert bits(dx) == bits(module.backward.gelu(*x))
    for alpha, params in ((0.3, [0.3]), (1, ffi.NULL)):
        assert call("elu_grad", params) == lib.EDGEACT_OK
        assert bits(dx) == bits(module.backward.elu(*x, np.float32(alpha))[0])
    assert call("prelu_grad", [0.3]) == lib.EDGEACT_OK  # rounded, as a tensor would be
    assert bits(dx) == bits(module.backward.prelu(*x, dtype.type(0.3))[0])
    assert call("prelu_grad", ffi.NULL) == lib.EDGEACT_BAD_PARAM
    coarse = _registry.TIERS.index("coarse")
    gelu = _registry.find("gelu_grad")
    assert run(gelu, coarse, x.shape[1], *pointers, ffi.NULL) == lib.EDGEACT_NO_KERNEL


def test_16_bit_results_have_their_dtype():
    for dtype in HALVES:
        x = np.ones(3, dtype)
        assert ea.backward.gelu(x, x).dtype == ea.exact.backward.gelu(x, x).dtype == dtype
        dx, dalpha = ea.backward.elu(x, x, 1)
        assert dx.dtype == dalpha.dtype == dtype
        assert ea.backward.gelu(x.astype(np.float32), x).dtype == np.float32


@pytest.mark.parametrize("dtype", HALVES, ids=str)
def test_16_bits_need_no_array_beside_the_result(dtype):
    dy, x = np.zeros((2, 1 << 20), dtype)
    out = np.empty_like(x)
    for run in (ea.backward.gelu, ea.softmax, ea.backward.softmax):
        tracemalloc.start()
        run(*((dy, x) if run.nin == 2 else (x,)), out=out)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 1 << 14
