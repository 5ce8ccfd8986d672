"""edgeact.analyze: what it finds, beside what is known of the functions."""

import json
import math
from xml.etree import ElementTree

import mpmath
import numpy as np
import pytest
from click.testing import CliRunner

import edgeact as ea
from edgeact import _interval
from edgeact.cli import main

ONE_VARIABLE = [
    name
    for name in ea.activations()
    if "_grad" not in name and None not in ea.spec(name).params.values()
]


def ends(name: str) -> tuple[float, float]:
    return (-0.9, 5.0) if name == "log1p" else (-5.0, 5.0)


# The largest slope and its place, from the derivatives' own formulas.
STEEPEST = {
    "sigmoid": (0.25, 0),
    "tanh": (1, 0),
    "erf": (2 / math.sqrt(math.pi), 0),
    # Phi(a) + a phi(a) where its derivative, (2 - a^2) phi(a), is 0
    "gelu": (float(mpmath.ncdf(2**0.5) + 2**0.5 * mpmath.npdf(2**0.5)), 2**0.5),
    "hardswish": (1.5, 3),
    "hardsigmoid": (1 / 6, None),
    "squared_relu": (10, 5),
    "exp": (math.exp(5), 5),
    "softplus": (1 / (1 + math.exp(-5)), 5),
    "selu": (1.0507009873554804934 * 1.6732632423543772848, 0),
    "softsign": (1, 0),
    "relu": (1, None),
    "leaky_relu": (1, None),
}


@pytest.mark.parametrize("name", STEEPEST)
def test_lipschitz_is_what_calculus_says(name):
    slope, at = STEEPEST[name]
    found = ea.analyze(name)
    assert found.certified
    assert slope <= found.lipschitz * (1 + 1e-15)
    assert found.lipschitz == pytest.approx(slope, rel=2e-7)  # it stops within 1e-7
    if at is not None:  # around a flat maximum that is the root of it in x
        assert found.lipschitz_at == pytest.approx(at, abs=1e-3)


@pytest.mark.parametrize("name", ONE_VARIABLE)
def test_no_slope_is_steeper_than_proven(name):
    """Between any two of many points, by MPFR's values of the function."""
    from edgeact import reference

    found = ea.analyze(name, range=ends(name), points=501)
    if math.isinf(found.lipschitz):
        return
    params = ea.spec(name).params.values()
    x = found.x[::5]
    y = [reference.exact(name, float(v), *params, dtype="float64") for v in x]
    steps = zip(x, x[1:], y, y[1:], strict=False)
    quotients = [abs(float((d - c) / (float(b) - float(a)))) for a, b, c, d in steps]
    assert max(quotients) <= found.lipschitz
    assert max(quotients) > 0.7 * found.lipschitz  # nor is it far off


@pytest.mark.parametrize(
    ("name", "params", "places", "jumps"),
    [
        ("relu", {}, [0], False),
        ("relu6", {}, [0, 6], False),
        ("hardtanh", {}, [-1, 1], False),
        ("hardtanh", {"min_val": -2.0, "max_val": 0.5}, [-2, 0.5], False),
        ("softshrink", {}, [-0.5, 0.5], False),
        ("hardshrink", {}, [-0.5, 0.5], True),
        ("thresholded_relu", {}, [1], True),
        ("hardswish", {}, [-3, 3], False),
        ("elu", {}, [], False),
        ("elu", {"alpha": 0.5}, [0], False),
        ("softplus", {}, [], False),
        ("logsigmoid", {}, [], False),
        ("softsign", {}, [], False),
    ],
)
def test_corners_are_proven_where_they_are(name, params, places, jumps):
    found = ea.analyze(name, range=(-8, 8), **params)
    assert [corner.x for corner in found.corners] == pytest.approx(places, abs=1e-9)
    assert all(corner.jump == jumps for corner in found.corners)
    assert math.isinf(found.lipschitz) == (jumps and bool(places))


@pytest.mark.parametrize("name", ONE_VARIABLE)
def test_callables_are_estimated_to_the_same(name):
    """What is found without the formula agrees with what the formula proves."""
    params = ea.spec(name).params.values()
    known = ea.analyze(name, range=ends(name))
    found = ea.analyze(lambda x: getattr(ea, name)(x, *params), range=ends(name))
    assert not found.certified
    assert found.lipschitz == pytest.approx(known.lipschitz, rel=1e-4)
    assert len(found.corners) == len(known.corners)
    for a, b in zip(found.corners, known.corners, strict=True):
        assert a.x == pytest.approx(b.x, abs=1e-4)
        assert a.jump == b.jump
    assert found.monotone == known.monotone


@pytest.mark.parametrize("name", ONE_VARIABLE)
def test_derivatives_are_slopes_everywhere(name):
    found = ea.analyze(name, range=ends(name))
    # Where the second derivative jumps, or the third is 2000 as log1p's at -0.9, the quotient
    # itself is off.
    rough = ("softsign", "log1p", "squared_relu", "elu", "celu")
    assert found.slope_error < (1e-5 if name in rough else 1e-8)


def test_a_wrong_derivative_is_seen():
    assert ea.analyze("tanh", df=lambda x: 1.001 / np.cosh(x) ** 2).slope_error > 5e-4


def test_moments_of_a_normal_input():
    """selu keeps mean 0 and variance 1 (Klambauer et al. 2017); the others by integrals."""
    selu, relu, sigmoid = (ea.analyze(name) for name in ("selu", "relu", "sigmoid"))
    assert selu.normal_mean == pytest.approx(0, abs=1e-12)
    assert selu.normal_variance == pytest.approx(1, abs=1e-12)
    assert relu.normal_mean == pytest.approx(1 / math.sqrt(2 * math.pi), abs=1e-14)
    assert relu.normal_variance == pytest.approx(0.5 - 1 / (2 * math.pi), abs=1e-14)
    assert sigmoid.normal_mean == pytest.approx(0.5, abs=1e-14)
    density = lambda z: mpmath.npdf(z) * mpmath.erf(z) ** 2  # noqa: E731
    variance = float(mpmath.quad(density, [-9, 0, 9]))
    assert ea.analyze("erf").normal_variance == pytest.approx(variance, abs=1e-12)
    assert math.isnan(ea.analyze("log1p", range=(0, 1)).normal_mean)


def test_fixed_points():
    (sigmoid,) = ea.analyze("sigmoid").fixed_points
    root = float(mpmath.findroot(lambda x: 1 / (1 + mpmath.exp(-x)) - x, 0.6))
    assert sigmoid == pytest.approx((root, root), abs=1e-12)
    assert ea.analyze("relu").fixed_points == ((0.0, 5.0),)
    assert ea.analyze("softplus").fixed_points == ()
    assert ea.analyze(np.cos).fixed_points[0][0] == pytest.approx(0.7390851332151607)
    jump = ea.analyze(lambda x: np.where(x < 0.3, 1.0, 0.0), range=(-1, 2))  # crosses y = x there
    assert jump.fixed_points == ()


@pytest.mark.parametrize(
    ("f", "monotone", "limits", "saturates", "odd"),
    [
        ("tanh", "increasing", (-1, 1), (True, True), True),
        ("gelu", "no", (0, math.inf), (True, False), False),
        ("softsign", "increasing", (-1, 1), (True, True), True),
        ("log1p", "increasing", (None, math.inf), (False, False), False),
        ("relu", "increasing", (0, math.inf), (True, False), False),
        ("softshrink", "increasing", (-math.inf, math.inf), (False, False), True),
        (lambda x: -np.arctan(x), "decreasing", (math.pi / 2, -math.pi / 2), (True, True), True),
        (np.sin, "no", (None, None), (False, False), True),
    ],
)
def test_shape(f, monotone, limits, saturates, odd):
    found = ea.analyze(f, range=(-0.9, 0.9) if f == "log1p" else (-5, 5))
    assert found.monotone == monotone
    for got, expected in zip(found.limits, limits, strict=True):
        assert got == (expected if expected is None else pytest.approx(expected, abs=1e-3))
    assert found.saturates == saturates
    assert found.zero_centred == odd


def test_shares_of_vanishing_and_exploding_slopes():
    found = ea.analyze("relu", range=(-1, 3))
    assert found.vanishing == pytest.approx(0.25, abs=1e-3)
    assert found.exploding == 0
    assert ea.analyze("exp", range=(0, 2 * math.log(1e3))).exploding == pytest.approx(0.5, abs=1e-3)


def test_ufuncs_are_known_as_activations():
    assert ea.analyze(ea.exact.gelu).certified
    assert not ea.analyze(np.tanh).certified  # NumPy's, not ours
    f = ea.tabulate(np.tanh, (-6, 6), 1e-4, check=1 << 16)
    assert ea.analyze(f).lipschitz == pytest.approx(1, abs=1e-2)  # by f.grad


def test_a_wider_range_is_proven_too():
    for name in ("gelu", "mish", "softplus", "gelu_tanh"):
        assert ea.analyze(name, range=(-40, 60)).lipschitz >= ea.analyze(name).lipschitz - 1e-6


def test_conditions_on_the_same_number_go_together():
    """softplus has max(x, 0) and |x|: no way through takes x above 0 in one and below in the
    other, which would make its slope 1.5."""
    assert _interval.steepest("softplus", {}, -5.0, 5.0).most < 1


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (("gelo",), ValueError, "gelo"),
        (("softmax",), ValueError, "softmax is a function of rows"),
        (("gelu", None, (3, -3)), ValueError, r"\(3, -3\)"),
        (("gelu", None, (0, math.inf)), ValueError, "inf"),
        (("gelu", None, (-5, 5), 100), ValueError, "points 100"),
        (("log1p",), ValueError, "log1p is nan at x = -5.0"),
        (("swiglu",), TypeError, "swiglu needs up"),
        ((3,), TypeError, "3"),
    ],
)
def test_bad_arguments_are_named(arguments, error, says):
    with pytest.raises(error, match=says):
        ea.analyze(*arguments)


def test_bad_parameters_are_named():
    with pytest.raises(TypeError, match="no parameter 'beta'"):
        ea.analyze("elu", beta=1)
    with pytest.raises(TypeError, match="parameters are for activations by name"):
        ea.analyze(np.sin, alpha=1)


def test_command(tmp_path):
    run = CliRunner().invoke(main, ["analyze", "gelu", "elu", "--param", "alpha=0.5", "--json"])
    assert run.exit_code == 0, run.output
    gelu, elu = json.loads(run.stdout)
    assert (gelu["name"], elu["name"]) == ("gelu", "elu(alpha=0.5)")
    assert elu["corners"][0]["left"] == pytest.approx(0.5, abs=1e-4)
    picture = tmp_path / "out.svg"
    run = CliRunner().invoke(main, ["analyze", "gelu", "hardshrink", "-o", str(picture)])
    assert run.exit_code == 0, run.output
    assert "Lipschitz" in run.stdout
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    assert [p.name for p in tmp_path.iterdir()] == ["out.svg"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gelo"], "gelo"),
        (["gelu", "--range", "1"], "--range '1'"),
        (["gelu", "--param", "alpha=1"], "--param alpha"),
        (["gelu", "-o", "x.nothing"], "nothing"),
    ],
)
def test_command_refuses(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(main, ["analyze", *arguments])
    assert run.exit_code == 2
    assert says in run.output
    assert not list(tmp_path.iterdir())
