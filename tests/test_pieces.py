"""The polynomials that sweeps take for the truth, and the sweep itself, against MPFR."""

import gmpy2
import numpy as np
import numpy.typing as npt
import pytest
from gmpy2 import mpfr

from edgeact import _registry, certify, pieces, reference

HARD = [0.0, 1.0, 3.0, 5.0, 9.0, 12.0, 14.0, 14.5, 17.5, 88.0, 103.5, 104.0, 110.0, 200.0, 3e38]


def points() -> npt.NDArray[np.float32]:
    """Random patterns and uniform numbers; the neighbourhood of kinks, tails and subnormals."""
    rng = np.random.default_rng(17)
    uniform = [rng.uniform(-b, b, 200).astype(np.float32) for b in (1, 6, 20, 120)]
    near = np.float32(HARD).view(np.uint32)[:, None] + np.arange(-8, 8, dtype=np.int64)
    powers = np.float32(2.0) ** np.arange(-149, 128)
    bits = np.concatenate(
        [
            rng.integers(0, 2**31, 400),
            rng.integers(0, 1 << 24, 200),
            np.clip(near.ravel(), 0, 0x7F7FFFFF),
            *(powers.view(np.uint32).astype(np.int64) + step for step in (-1, 0, 1)),
        ]
    ).astype(np.uint32)
    x = np.concatenate([bits, bits | 0x80000000, *(u.view(np.uint32) for u in uniform)])
    x = x.view(np.float32)
    return x[np.isfinite(x)]


@pytest.mark.parametrize("name", certify.sweepable())
def test_truth_is_good_to_51_bits(name: str) -> None:
    x, params = points(), [v for v in _registry.spec(name).params.values() if v is not None]
    for value, y in zip(x.tolist(), pieces.truth(name, x, *params).tolist(), strict=True):
        truth = reference.exact(name, value, *params)
        if gmpy2.is_nan(truth):
            assert np.isnan(y), value
            continue
        if abs(truth) < mpfr(2) ** -160:
            assert abs(y) < 2.0**-159, value
        elif abs(truth) > mpfr(2) ** 160:
            assert abs(y) > 2.0**159, value
        else:
            assert abs(y - truth) <= mpfr(2) ** -51 * abs(truth), value
        assert gmpy2.is_signed(truth) == np.signbit(y), value


@pytest.mark.parametrize("params", [(0.37,), (-2.0,), (1e-30,)])
def test_truth_with_parameters(params: tuple[float]) -> None:
    alpha = float(np.float32(params[0]))
    x = points()
    for value, y in zip(x.tolist(), pieces.truth("elu", x, alpha).tolist(), strict=True):
        truth = reference.exact("elu", value, alpha)
        assert abs(y - truth) <= mpfr(2) ** -51 * abs(truth) + mpfr(2) ** -160, value


def test_a_zero_of_the_function_between_round_numbers() -> None:
    """Where no piece is good enough, one pattern makes a piece."""
    params = (1.0, 0.3, 2.5, 0.11)
    x = np.linspace(-4, 1, 3001, dtype=np.float32)
    y = pieces.truth("scale_shift_hardswish", x, *params)
    for value, held in zip(x.tolist(), y.tolist(), strict=True):
        truth = reference.exact("scale_shift_hardswish", value, *params)
        assert abs(held - truth) <= mpfr(2) ** -51 * abs(truth), value


@pytest.mark.parametrize("name", certify.sweepable())
def test_limits_zeros_and_nan(name: str) -> None:
    x = np.float32([np.inf, -np.inf, 0.0, -0.0, np.nan, -np.nan])
    params = [v for v in _registry.spec(name).params.values() if v is not None]
    y = pieces.truth(name, x, *params)
    exact = (reference.exact(name, v, *params) for v in x.tolist())
    truth = np.array([reference.round_to(t, "float64") for t in exact])
    np.testing.assert_array_equal(y, truth)
    np.testing.assert_array_equal(np.signbit(y[:4]), np.signbit(truth[:4]))


def test_pieces_come_in_order_from_zero_on() -> None:
    first = pieces.pieces("gelu")["first"]
    assert first[0] == 0
    assert (np.diff(first.astype(np.int64)) > 0).all()
    assert {0x7F800000, 0x7F800001, 0x80000000, 0xFF800000, 0xFF800001} <= set(first.tolist())


def test_unknown_activation_is_named() -> None:
    with pytest.raises(ValueError, match="gleu"):
        pieces.pieces("gleu")


@pytest.mark.parametrize("name", certify.sweepable())
def test_little_is_added_to_the_leading_value(name: str) -> None:
    """So that the rounding errors of the little hardly count."""
    params = [v for v in _registry.spec(name).params.values() if v is not None]
    held = pieces.pieces(name, *params)
    held = held[held["inv_half"] != 0]
    assert (np.abs(held["a"]).sum(axis=1) <= 0.27 * np.abs(held["value"])).all()
