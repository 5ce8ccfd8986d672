"""The inputs of tier exact that double does not settle. They run before all other tests."""

import re
from pathlib import Path

import numpy as np
import pytest

import edgeact as ea
from edgeact import _registry, certify, reference

CSRC = Path(__file__).parents[1] / "csrc"
FILES = {path.stem: path for path in (CSRC / "act").glob("*.h")}
GRADS = {path.stem: path for path in (CSRC / "grad").glob("*.h")}
FILES |= {stem if "_grad" in stem else f"{stem}_grad": path for stem, path in GRADS.items()}
CALL = re.compile(r"vd_except\([^;]*, x, (\S+), (\S+)\);")
# As act/NAME.h and grad/NAME.h have them: the input and what it rounds to.
HARD = [
    (name, *map(float.fromhex, match))
    for name in ea.activations("exact")
    if name in FILES
    for match in CALL.findall(FILES[name].read_text(encoding="utf-8"))
]


def test_none_is_overlooked() -> None:
    written = sum(path.read_text("utf-8").count("vd_except(") for path in FILES.values())
    assert len(HARD) == written > 0


@pytest.mark.parametrize("isa", _registry.isas())
@pytest.mark.parametrize(("name", "x", "y"), HARD)
def test_replayed(name: str, x: float, y: float, isa: str) -> None:
    truth = reference.exact(name, x, *certify.defaults(name))
    assert reference.round_to(truth, "float32") == y
    # Near its zero a derivative is a difference of terms near 1, whose error counts in ULP of y.
    doubt = 2.0**-28 / (abs(y) if name == "gelu_tanh_grad" else 1)
    assert 0.5 - doubt < reference.ulp_error(y, truth, "float32") < 0.5
    assert certify.evaluate(name, "exact", isa, np.float32([x]))[0] == y


@pytest.mark.parametrize("isa", _registry.isas())
def test_sigmoid_near_one_half(isa: str) -> None:
    """1/2 + x/4 is the middle between two floats, but for -x^3/48, wherever x has few bits."""
    odd = np.arange(1, 1 << 11, 2)
    middles = [np.ldexp(odd, e) for e in (-24, -23)]
    x = np.concatenate(middles).astype(np.float32)
    x = np.concatenate([x, -x, np.nextafter(x, 1), np.nextafter(x, -1)])
    y = certify.evaluate("sigmoid", "exact", isa, x)
    np.testing.assert_array_equal(y, reference.rounded("sigmoid", x))
