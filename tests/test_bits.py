"""The bits of the kernels, pinned: tests/bits.txt has a hash for each."""

from pathlib import Path

import pytest

import edgeact as ea
from edgeact import _registry, certify

PINS = dict(
    line.rsplit(" ", 1)
    for line in Path(__file__).with_name("bits.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


KERNELS = [*certify.pinned()]


@pytest.mark.parametrize(("kind", "tier", "method", "dtype", "name"), KERNELS)
@pytest.mark.parametrize("isa", _registry.isas())
def test_bits(kind: str, tier: str, method: str, dtype: str, name: str, isa: str) -> None:
    group = certify.bits_group(name, tier, isa, dtype)
    value = f"{certify.hash_bits(name, tier, f'{isa} {method}'.strip(), dtype=dtype):016x}"
    assert value == PINS[f"{kind} {group} {name}"]


@pytest.mark.parametrize("name", ea.activations())
@pytest.mark.parametrize("isa", _registry.isas())
def test_float64_bits(name: str, isa: str) -> None:
    group = certify.bits_group(name, "fast", isa, "float64")
    assert f"{certify.hash_bits_f64(name, isa):016x}" == PINS[f"fast.float64 {group} {name}"]


def test_every_pin_is_a_kernel() -> None:
    groups = {
        f"{kind} {certify.bits_group(name, tier, isa, dtype)} {name}"
        for kind, tier, _, dtype, name in KERNELS
        for isa in ("scalar", "sse41", "avx2", "avx512", "neon")
    }
    groups |= {f"fast.float64 {g} {name}" for g in ("fma", "no_fma") for name in ea.activations()}
    assert set(PINS) == groups
