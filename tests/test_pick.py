"""edgeact.pick: a kernel that keeps the limit, and the cheapest of those by the table."""

import math
import re

import numpy as np
import pytest

import edgeact as ea
from edgeact import _pick, _registry, reference

ISA = _registry.info()["isa"]
FLOAT32 = [k for k in ea.kernels() if k.dtype == "float32"]


@pytest.mark.parametrize("name", ["gelu", "mish", "exp", "selu", "relu"])
@pytest.mark.parametrize("limit", [1e-2, 2.0**-11, 1e-4, 2.0**-22, 2.0**-24])
def test_keeps_the_limit(name: str, limit: float) -> None:
    f = ea.pick(name, max_abs=limit)
    x = np.concatenate([np.linspace(-12, 12, 301), [-80.0, 60.0, 1e-3]]).astype(np.float32)
    for a, y in zip(x.tolist(), f(x).tolist(), strict=True):
        truth = reference.exact(name, a)
        assert abs(y - truth) <= limit * max(1.0, abs(a), abs(float(truth))), (a, y)


@pytest.mark.parametrize("limit", [3.0, 2.0, 0.5])
def test_ulp(limit: float) -> None:
    f = ea.pick("mish", max_ulp=limit)
    x = np.linspace(-100, 20, 501, dtype=np.float32)
    for a, y in zip(x.tolist(), f(x).tolist(), strict=True):
        assert reference.ulp_error(y, reference.exact("mish", a), "float32") <= limit


def test_the_cheapest_that_will_do() -> None:
    for name in ea.activations():
        rows = [k for k in FLOAT32 if (k.activation, k.isa) == (name, ISA)]
        known = _pick.costs(ISA)[name]
        for limit in (1e-3, 1e-6):
            able = [known[_pick.label(k)] for k in rows if _pick.absolute(k.bound) <= limit]
            chosen = ea.pick(name, max_abs=limit)
            (cost,) = (known[_pick.label(k)] for k in rows if _pick.ufunc(k) is chosen)
            assert cost == min(able)


def test_both_limits_count() -> None:
    exact = ea.kernel("gelu", tier="exact", method="double")
    assert ea.pick("gelu", max_abs=1e-3, max_ulp=0.5) is exact


def test_measured_on_request() -> None:
    f = ea.pick("gelu", max_abs=1e-3, measure=True)
    assert f in [_pick.ufunc(k) for k in FLOAT32 if (k.activation, k.isa) == ("gelu", ISA)]


def test_costs_are_those_of_all_kernels() -> None:
    """tools/measure_costs.py writes the table anew."""
    for isa in _registry.isas():
        held = {(name, label) for name, of in _pick.costs(isa).items() for label in of}
        assert held == {(k.activation, _pick.label(k)) for k in FLOAT32 if k.isa == isa}
        assert all(0 < ns < 1e4 for of in _pick.costs(isa).values() for ns in of.values())


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({}, "max_abs or max_ulp"),
        ({"max_ulp": -1.0}, "max_ulp=-1.0"),
        ({"max_abs": math.nan}, "max_abs=nan"),
        ({"max_ulp": 0.1}, "no kernel of gelu keeps max_ulp=0.1: the best, tier exact, keeps 0.5"),
    ],
)
def test_bad_limits_are_named(limits: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        ea.pick("gelu", **limits)


def test_unknown_name() -> None:
    with pytest.raises(ValueError, match="gelux"):
        ea.pick("gelux", max_abs=1)
