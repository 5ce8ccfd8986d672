"""EDGEACT_ISA, in fresh processes: the isa is picked once."""

import os
import subprocess
import sys

import pytest

from edgeact import _registry


def run(isa: str) -> subprocess.CompletedProcess[str]:
    code = "import edgeact; print(edgeact.info()['isa'])"
    env = os.environ | {"EDGEACT_ISA": isa}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)


@pytest.mark.parametrize("isa", _registry.isas())
def test_forced(isa):
    assert run(isa).stdout.strip() == isa


@pytest.mark.parametrize(
    "isa", ["mmx", "AVX2", *set(_registry.isas(supported=False)) - set(_registry.isas())]
)
def test_refused_by_name_with_those_that_run(isa):
    done = run(isa)
    assert done.returncode != 0
    assert f"EDGEACT_ISA={isa}" in done.stderr
    assert " ".join(_registry.isas()) in done.stderr


def test_empty_is_unset():
    assert run("").stdout.strip() == _registry.isas()[-1]
