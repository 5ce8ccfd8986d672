"""The truth that everything else is measured against."""

import math
import sys
from collections.abc import Callable
from fractions import Fraction

import gmpy2
import mpmath
import numpy as np
import pytest
from gmpy2 import mpfr
from mpmath import mp, mpf

import edgeact
from edgeact import reference


def hardsigmoid(x: Fraction) -> Fraction:
    return min(max(x + 3, Fraction(0)), Fraction(6)) / 6


def hardswish(x: Fraction) -> Fraction:
    return x * hardsigmoid(x)


# As the papers write them, in enough digits that cancellation does no harm; exact where rational.
TRANSCENDENTAL: dict[str, Callable[..., mpf]] = {
    "sigmoid": lambda x: 1 - 1 / (1 + mp.exp(x)),
    "tanh": lambda x: (mp.exp(x) - mp.exp(-x)) / (mp.exp(x) + mp.exp(-x)),
    "erf": lambda x: (
        2 / mp.sqrt(mp.pi) * x * mp.hyp1f1(0.5, 1.5, -x * x) if abs(x) < 30 else mp.sign(x)
    ),
    "gelu": lambda x: x * mp.ncdf(x),
    "gelu_tanh": lambda x: (
        x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mpf(44715) / 10**6 * x**3)))
    ),
    "silu": lambda x: x - x / (1 + mp.exp(x)),
    "mish": lambda x: x * mp.tanh(mp.log(1 + mp.exp(x))),
    "softplus": lambda x: mp.log(1 + mp.exp(x)),
    "elu": lambda x, alpha: x if x > 0 else alpha * (mp.exp(x) - 1),
    "softplus_beta": lambda x, beta, t: x if beta * x > t else mp.log(1 + mp.exp(beta * x)) / beta,
    "tanhshrink": lambda x: x - (mp.exp(x) - mp.exp(-x)) / (mp.exp(x) + mp.exp(-x)),
}
RATIONAL: dict[str, Callable[..., Fraction]] = {
    "relu": lambda x: max(x, Fraction(0)),
    "hardsigmoid": hardsigmoid,
    "hardswish": hardswish,
    "hardsigmoid_affine": lambda x, a, b: min(max(a * x + b, Fraction(0)), Fraction(1)),
    "scale_shift_hardswish": lambda x, a, b, c, d: c * hardswish(a * x + b) + d,
}
PARAMS = {
    "elu": (0.37,),
    "softplus_beta": (-1.3, 7.0),
    "hardsigmoid_affine": (-0.3, 0.45),
    "scale_shift_hardswish": (-1.7, 0.3, 2.5, -0.11),
}


def points() -> list[float]:
    rng = np.random.default_rng(7)
    powers = [math.ldexp(1.0, e) for e in (-1074, -1050, -1022, -500, -60, -30, -10, -3, 0, 1, 5)]
    sides = [s * p for p in [0.0, 2.5, 3.0, 38.0, 700.0, 800.0, *powers] for s in (-1, 1)]
    near, far = rng.uniform(-6, 6, 120), rng.uniform(-760, 760, 120)
    return [*sides, *near.tolist(), *far.tolist(), *rng.uniform(-40, 0, 60).tolist()]


def to_mpf(value: mpfr) -> mpf:
    mantissa, exponent = value.as_mantissa_exp()
    return mp.ldexp(mpf(int(mantissa)), int(exponent))


@pytest.mark.parametrize("name", TRANSCENDENTAL)
def test_transcendental_truth_against_mpmath(name: str) -> None:
    params = PARAMS.get(name, ())
    with mpmath.workdps(1000):
        for x in points():
            truth = TRANSCENDENTAL[name](mpf(x), *map(mpf, params))
            error = abs(to_mpf(reference.exact(name, x, *params)) - truth)
            # 2^-1200 lies below a ULP of every format; 1 + tanh(x) cancels to 0 down there.
            assert error <= mpf(2) ** -100 * max(abs(truth), mpf(2) ** -1200), x


@pytest.mark.parametrize("name", RATIONAL)
def test_rational_truth_against_fractions(name: str) -> None:
    params = PARAMS.get(name, ())
    for x in points():
        truth = RATIONAL[name](Fraction(x), *map(Fraction, params))
        value = Fraction(gmpy2.mpq(reference.exact(name, x, *params)))
        assert abs(value - truth) <= abs(truth) / 2**100, x


@pytest.mark.parametrize(
    ("name", "at_minus_inf", "at_inf"),
    [
        ("relu", 0.0, math.inf),
        ("sigmoid", 0.0, 1.0),
        ("tanh", -1.0, 1.0),
        ("erf", -1.0, 1.0),
        ("gelu", -0.0, math.inf),
        ("gelu_tanh", -0.0, math.inf),
        ("silu", -0.0, math.inf),
        ("mish", -0.0, math.inf),
        ("softplus", 0.0, math.inf),
        ("elu", -0.37, math.inf),
        ("tanhshrink", -math.inf, math.inf),
        ("hardsigmoid_affine", 1.0, 0.0),
        ("hardsigmoid", 0.0, 1.0),
        ("hardswish", -0.0, math.inf),
        ("scale_shift_hardswish", math.inf, -0.11),
    ],
)
def test_limits(name: str, at_minus_inf: float, at_inf: float) -> None:
    params = PARAMS.get(name, ())
    for x, limit in ((-math.inf, at_minus_inf), (math.inf, at_inf)):
        value = float(reference.exact(name, x, *params))
        assert (value, math.copysign(1, value)) == (limit, math.copysign(1, limit))
    assert math.isnan(reference.exact(name, math.nan, *params))


def test_log1p_and_its_domain() -> None:
    with mpmath.workdps(400):
        for x in [p for p in points() if p > -1]:
            truth = mp.log(1 + mpf(x))
            assert abs(to_mpf(reference.exact("log1p", x)) - truth) <= mpf(2) ** -100 * abs(truth)
    assert float(reference.exact("log1p", -1.0)) == -math.inf
    for x in (-1 - 2.0**-52, -2.0, -math.inf):
        assert math.isnan(reference.exact("log1p", x))


def test_tanhshrink_beyond_the_precision_of_mpfr() -> None:
    """2^24 + 2 - tanh(...) lies above the middle 2^24 + 1, by e to the power of minus 2^25."""
    assert reference.round_to(reference.exact("tanhshrink", 2.0**24 + 2), "float32") == 2**24 + 2
    assert reference.round_to(reference.exact("tanhshrink", 2.0**53 + 2), "float64") == 2**53 + 2


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", reference.BIASED)
def test_a_biased_sum_rounds_first(name: str, dtype: type) -> None:
    rng = np.random.default_rng(19)
    x, b = rng.normal(0, 3, (2, 200)).astype(dtype)
    plain, of = name.removeprefix("bias_"), np.dtype(dtype).name
    for u, v in zip(x, b, strict=True):
        truth = reference.exact(name, float(u), float(v), dtype=of)
        assert truth == reference.exact(plain, float(u + v))


def test_every_row_of_the_registry_has_a_truth() -> None:
    for name in edgeact.activations():
        count = len(edgeact.spec(name).params)
        assert gmpy2.is_finite(reference.exact(name, 0.5, *[1.0] * count))


def test_unknown_activation_is_named() -> None:
    with pytest.raises(ValueError, match="no activation named 'gleu'"):
        reference.exact("gleu", 1.0)


def test_without_gmpy2_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gmpy2", None)
    monkeypatch.delitem(sys.modules, "edgeact.reference")
    with pytest.raises(ImportError, match=r"pip install \"edgeact\[certify\]\""):
        import edgeact.reference  # noqa: F401


def two(exponent: int) -> mpfr:
    return gmpy2.exp2(exponent)


def mpfr_sum(*terms: mpfr) -> mpfr:
    with gmpy2.context(precision=192):
        return sum(terms, mpfr(0))


@pytest.mark.parametrize(
    ("truth", "dtype", "rounded"),
    [
        (mpfr_sum(two(0), two(-53)), "float64", 1.0),  # ties go to even
        (mpfr_sum(two(0), two(-52), two(-53)), "float64", 1 + 2.0**-51),
        (mpfr_sum(two(0), two(-53), two(-150)), "float64", 1 + 2.0**-52),
        (mpfr_sum(two(0), two(-24)), "float32", 1.0),
        (
            mpfr_sum(two(0), two(-24), two(-60)),
            "float32",
            1 + 2.0**-23,
        ),  # once, not by way of double
        (two(-1075), "float64", 0.0),
        (mpfr_sum(two(-1075), two(-1200)), "float64", 2.0**-1074),
        (mpfr_sum(two(-1074), two(-1075)), "float64", 2.0**-1073),
        (mpfr_sum(two(-1022), -two(-1075)), "float64", 2.0**-1022),
        (two(-150), "float32", 0.0),
        (mpfr_sum(two(-150), two(-250)), "float32", 2.0**-149),
        (-two(-1080), "float64", -0.0),
        (mpfr("-0"), "float64", -0.0),
        (mpfr_sum(two(128), -two(103)), "float32", math.inf),
        (mpfr_sum(two(128), -two(103), -two(0)), "float32", float(np.finfo("f4").max)),
        (-mpfr_sum(two(1024), -two(970)), "float64", -math.inf),
        (mpfr_sum(two(1024), -two(970), -two(900)), "float64", sys.float_info.max),
        (mpfr("inf"), "float32", math.inf),
    ],
)
def test_round_to(truth: mpfr, dtype: str, rounded: float) -> None:
    value = reference.round_to(truth, dtype)
    assert (value, math.copysign(1, value)) == (rounded, math.copysign(1, rounded))


def test_round_to_against_the_fpu() -> None:
    rng = np.random.default_rng(3)
    with np.errstate(all="ignore"):
        doubles = rng.integers(0x3680 << 48, 0x4800 << 48, 4000, dtype=np.int64).view(np.float64)
        singles = doubles.astype(np.float32)
    assert np.isinf(singles).any()
    assert (singles == 0).any()
    rounded = [reference.round_to(mpfr(x), "float32") for x in doubles.tolist()]
    np.testing.assert_array_equal(rounded, singles.astype(np.float64))


@pytest.mark.parametrize(
    ("y", "truth", "dtype", "error"),
    [
        (1.0, mpfr_sum(two(0), two(-53)), "float64", 0.5),
        (1.0, mpfr_sum(two(0), -two(-54)), "float64", 0.5),  # the binade below has half the ULP
        (1.0, mpfr_sum(two(0), -two(-54)), "float32", 2.0**-30),
        (-2.0, -mpfr_sum(two(1), two(-22)), "float32", 1.0),
        (0.0, two(-1074), "float64", 1.0),
        (0.0, two(-1076), "float64", 0.25),
        (2.0**-1074, mpfr(0), "float64", 1.0),
        (0.0, two(-149), "float32", 1.0),
        (2.0**-126, mpfr_sum(two(-126), -two(-150)), "float32", 0.5),
        (math.nan, mpfr("nan"), "float64", 0.0),
        (1.0, mpfr("nan"), "float64", math.inf),
        (math.nan, mpfr(1), "float64", math.inf),
        (math.inf, mpfr("1e400"), "float64", 0.0),
        (math.inf, mpfr(1), "float64", math.inf),
        (-math.inf, mpfr("inf"), "float64", math.inf),
    ],
)
def test_ulp_error(y: float, truth: mpfr, dtype: str, error: float) -> None:
    assert reference.ulp_error(y, truth, dtype) == error


@pytest.mark.parametrize("name", edgeact.activations())
def test_rounded_is_exact_rounded_to_float32(name: str) -> None:
    rng = np.random.default_rng(13)
    bits = rng.integers(0, 2**32, 400, dtype=np.uint32)
    odd = np.arange(1, 400, 2, dtype=np.uint32)  # half of a subnormal is a tie, nearly
    x = np.concatenate([bits, odd, odd | 0x80000000, [0, 0x80000000]]).view(np.float32)
    x = x[np.isfinite(x)]
    params = [1.0 if v is None else v for v in edgeact.spec(name).params.values()]
    truths = [reference.round_to(reference.exact(name, v, *params), "float32") for v in x.tolist()]
    rounded = reference.rounded(name, x, *params)
    np.testing.assert_array_equal(rounded.view(np.uint32), np.float32(truths).view(np.uint32))
