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


KERNELS = [(t, n) for t in ("exact", "fast") for n in ea.activations(t)]
KERNELS += [("fast", n) for n in ea.rowwise()]


@pytest.mark.parametrize(("tier", "name"), KERNELS)
@pytest.mark.parametrize("isa", _registry.isas())
def test_bits(tier: str, name: str, isa: str) -> None:
    group = certify.bits_group(name, tier, isa)
    assert f"{certify.hash_bits(name, tier, isa):016x}" == PINS[f"{tier} {group} {name}"]


def test_every_pin_is_a_kernel() -> None:
    groups = {
        f"{tier} {certify.bits_group(name, tier, isa)} {name}"
        for tier, name in KERNELS
        for isa in ("scalar", "sse41", "avx2", "avx512", "neon")
    }
    assert set(PINS) == groups
