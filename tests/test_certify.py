"""The sweep: what it must see, checked against MPFR on every input of a sample."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from click.testing import CliRunner

from edgeact import _registry, certify, reference
from edgeact.cli import main

STRIDE = 0x10001  # odd, so that half of the subnormals are no even multiple of the smallest
COUNT = -(-certify.ALL_INPUTS // STRIDE)


def bits_of(x: npt.NDArray[np.float32]) -> npt.NDArray[np.uint32]:
    return x.view(np.uint32)


def misrounded(name: str, isa: str, stride: int) -> list[str]:
    """The inputs of the sample whose output is not the nearest float32, one by one."""
    x = np.concatenate(list(certify.inputs(stride)))
    x = x[np.isfinite(x)]
    y = certify.evaluate(name, "fast", isa, x)
    wrong = bits_of(y) != bits_of(reference.rounded(name, x, *certify.defaults(name)))
    return [f"{at:08x}" for at in bits_of(x[wrong]).tolist()]


def sweep(name: str, isas: list[str], stride: int = STRIDE) -> dict[str, certify.Sweep]:
    params = certify.defaults(name)
    return certify._sweeps(name, "fast", isas, params, stride, lambda _: None, decide=True)


@pytest.mark.parametrize("name", ["gelu", "hardswish", "silu", "tanh", "elu"])
@pytest.mark.parametrize("stride", [STRIDE, 0x10000])  # off and on the borders of pieces
def test_misrounded_outputs_are_counted_to_the_last(name: str, stride: int) -> None:
    for isa, found in sweep(name, _registry.isas(), stride).items():
        expected = misrounded(name, isa, stride)
        assert found.tried == COUNT
        assert found.misrounded == len(expected)
        assert set(found.misrounded_at) <= set(expected)
        assert len(found.misrounded_at) >= min(64, len(expected))
        assert expected or name != "gelu"


def test_a_correctly_rounded_kernel_has_none() -> None:
    found = sweep("relu", ["scalar"])["scalar"]
    assert (found.misrounded, found.misrounded_at, found.max_ulp, found.max_abs) == (0, [], 0, 0)


def test_ties_are_left_to_mpfr() -> None:
    """gelu halves a subnormal, but for one part in 2^127: the double nearest to it is a tie."""
    found = sweep("gelu", ["scalar"], stride=1009)["scalar"]
    odd_below_2_to_the_minus_125 = (1 << 24) // 1009
    assert abs(found.doubtful - odd_below_2_to_the_minus_125) <= 2
    assert 0 < found.corrected < found.doubtful


@pytest.mark.parametrize(
    ("sweep", "tier", "kept"),
    [
        ({}, "exact", True),
        ({"misrounded": 1}, "exact", False),
        ({"misrounded": None}, "exact", False),
        ({"misrounded": 1}, "fast", True),
        ({"broken": 1}, "fast", False),
        ({"broken": 1}, "exact", False),
        ({"max_ulp": 0.6}, "fast", False),
    ],
)
def test_kept(sweep: dict[str, float], tier: str, kept: bool) -> None:
    good = {"max_ulp": 0.5, "max_abs": 0.0, "broken": 0, "misrounded": 0, "tried": 1, "worst": []}
    texts = dict.fromkeys(
        ["max_ulp_at", "max_abs_at", "broken_at", "date", "machine", "compiler"], ""
    )
    held = certify.Sweep(**{**good, **texts, **sweep})  # type: ignore[arg-type]
    assert certify.Certificate("gelu", tier, "float32", 0.5, {"scalar": held}).kept is kept


def broken(pieces: npt.NDArray[np.void], stride: int = 1 << 13) -> certify.Sweep:
    """relu's kernel, which gives relu(-0) = -0, judged by another truth."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("edgeact.pieces.pieces", lambda *_: pieces)
        return sweep("relu", ["scalar"], stride)["scalar"]


@pytest.mark.parametrize("at", [0x7F800000, 0x80000000, 0xFF800000])
def test_limits_and_the_sign_of_zero_are_rules(at: int) -> None:
    from edgeact.pieces import pieces

    changed = pieces("relu").copy()
    piece = changed["first"] == at
    changed["value"][piece] = 0.0 if at == 0x80000000 else 1.0
    found = broken(changed)
    assert (found.broken, found.broken_at) == (1, f"{at:08x}")
    assert broken(pieces("relu")).broken == 0


def test_outside_the_domain_only_nan_will_do() -> None:
    """relu judged as log1p: it has numbers below -1."""
    from edgeact.pieces import pieces

    stride = 0x10000 - 1  # a block holds both sides of -1
    x = np.concatenate(list(certify.inputs(stride)))
    found = broken(pieces("log1p"), stride)
    assert found.broken == np.count_nonzero(x < -1) > 0
    assert found.broken_at == f"{bits_of(x[x < -1])[0]:08x}"


def test_a_wrong_output_is_seen_on_every_isa() -> None:
    """tanh judged as erf."""
    from edgeact.pieces import pieces

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("edgeact.pieces.pieces", lambda *_: pieces("erf"))
        found = certify._sweeps(
            "tanh", "fast", _registry.isas(), [], STRIDE, lambda _: None, decide=False
        )
    x = np.concatenate(list(certify.inputs(STRIDE)))
    x = x[np.isfinite(x)]
    for isa, held in found.items():
        y = certify.evaluate("tanh", "fast", isa, x)
        erf = np.array([float(reference.exact("erf", v)) for v in x.tolist()])
        assert held.max_abs_at == f"{bits_of(x[[np.argmax(np.abs(y - erf))]])[0]:08x}"
        assert held.misrounded is not None
        assert held.misrounded > COUNT // 10


def test_held_sweeps_are_not_repeated(tmp_path: Path) -> None:
    done: list[int] = []
    first = certify.certify("relu", isas=["scalar"], stride=STRIDE)
    path = tmp_path / "relu.json"
    first.save(path)
    held = certify.Certificate.load(path)
    assert held == first
    again = certify.certify("relu", isas=["scalar"], stride=STRIDE, progress=done.append, held=held)
    assert again == first
    assert not done
    certify.certify("relu", isas=["scalar"], stride=STRIDE // 2, progress=done.append, held=held)
    assert sum(done) == -(-certify.ALL_INPUTS // (STRIDE // 2))


def test_resume_on_the_command_line(tmp_path: Path) -> None:
    def run(*more: str) -> Any:
        arguments = ["certify", "relu", "--isa", "scalar", "--stride", str(STRIDE), *more]
        return CliRunner().invoke(main, arguments)

    folder = ["-o", str(tmp_path / "new")]
    assert run(*folder).exit_code == 0
    path = tmp_path / "new" / "relu.fast.json"
    path.write_text(path.read_text().replace('"tried": 65536', '"tried": 65537'))
    assert "65537" in run(*folder, "--resume").stdout
    assert "65537" not in run(*folder).stdout
    refused = run("--resume")
    assert refused.exit_code == 2
    assert "--resume needs '-o'" in refused.stderr


def test_the_floor_of_a_bound_is_taken_off_once():
    """swiglu's gate rounds among the subnormals, which a large factor brings to light."""
    large = certify.certify("swiglu", params=[2.0**20], isas=["scalar"], stride=32749)
    assert large.kept
    assert large.sweeps["scalar"].max_abs > 0
    x = np.float32([-100])
    y = float(certify.evaluate("swiglu", "fast", "scalar", x, 2.0**20)[0])
    truth = reference.exact("swiglu", -100.0, 2.0**20)
    assert reference.ulp_error(y, truth, "float32") > 100
    assert reference.ulp_error(y, truth, "float32", 2.0**20 * 2.0**-149) == 0


@pytest.mark.parametrize("tier", _registry.TIERS)
def test_certificates_are_of_what_can_be_swept(tier: str) -> None:
    folder = Path(__file__).parent / "certificates"
    held = {path.name.removesuffix(f".{tier}.json") for path in folder.glob(f"*.{tier}.json")}
    assert held == set(certify.sweepable(tier))
