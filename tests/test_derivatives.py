"""edgeact.grad and edgeact.backward; the tests of kernels have the rows NAME_grad, too."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgeact as ea
from edgeact import _registry, reference

BACKWARD = pytest.mark.parametrize("name", ea.backward.__all__)
# Sums that cancel leave no bound to hold; the other two may follow.
WITHOUT = {"scale_shift_hardswish", "softplus_beta", "hardsigmoid_affine"}


def functions(tier: str) -> list[str]:
    return [name for name in ea.activations(tier) if "_grad" not in name]


def parameters(name: str, seed: int = 3) -> list[float]:
    rng = np.random.default_rng(seed)
    return reference.random_params(name, len(ea.spec(name).params), rng)


def test_every_activation_has_its_derivatives():
    fast, exact = functions("fast"), functions("exact")
    assert ea.grad.__all__ == ea.backward.__all__ == [n for n in fast if n not in WITHOUT]
    exact = [n for n in exact if n not in WITHOUT]
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
    [(name, "fast", dtype) for name in ea.backward.__all__ for dtype in (np.float32, np.float64)]
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
    name=st.sampled_from(ea.backward.__all__),
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


def test_they_pickle():
    for ufunc in (ea.grad.gelu, ea.exact.grad.gelu, ea.backward.gelu, ea.exact.backward.gelu):
        assert pickle.loads(pickle.dumps(ufunc)) is ufunc


@pytest.mark.parametrize("module", ["grad", "backward"])
def test_unknown_names(module):
    for tier in (ea, ea.exact):
        with pytest.raises(AttributeError, match="gelo"):
            _ = getattr(tier, module).gelo


@pytest.mark.parametrize(
    ("tier", "has"), [(ea, "float32 and float64"), (ea.exact, "float32$")], ids=["fast", "exact"]
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
