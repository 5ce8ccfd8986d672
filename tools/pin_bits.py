"""Write tests/bits.txt: a hash of the bits of every kernel that this machine runs.

    python tools/pin_bits.py           # write; lines of isas that do not run here stay
    python tools/pin_bits.py --check   # compare; exit 1 where a hash differs

A line: tier, or dtype of 16 bits, which tiers exact and fast share, or tier and method:
"coarse.lut"; the isas that share the bits ("all", "fma", "no_fma", "table8", or one by its name),
activation and hash. The tier of float64 kernels reads "fast.float64".
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import edgeact as ea
from edgeact import _registry, certify
from edgeact._registry import lib

PINS = Path(__file__).resolve().parent.parent / "tests" / "bits.txt"
STRIDE, COUNT = lib.EDGEACT_HASH_STRIDE, lib.EDGEACT_HASH_COUNT_F64
HEADER = f"""\
# Written by tools/pin_bits.py: tier, isas, activation, hash of every {STRIDE}st float32
# or of {COUNT:,} float64; or, in the place of the tier, a dtype of 16 bits, of which all are hashed
"""


def pins(isa: str) -> Iterator[tuple[str, str]]:
    """Key and hash of every kernel of an isa."""
    for kind, tier, method, dtype, name in certify.pinned():
        group = certify.bits_group(name, tier, isa, dtype)
        value = certify.hash_bits(name, tier, f"{isa} {method}".strip(), dtype=dtype)
        yield f"{kind} {group} {name}", f"{value:016x}"
    for name in ea.activations():
        group = certify.bits_group(name, "fast", isa, "float64")
        yield f"fast.float64 {group} {name}", f"{certify.hash_bits_f64(name, isa):016x}"


def main() -> int:
    old = PINS.read_text(encoding="utf-8").splitlines() if PINS.exists() else []
    held = dict(line.rsplit(" ", 1) for line in old if not line.startswith("#"))
    found: dict[str, str] = {}
    for isa in _registry.isas():
        for key, value in pins(isa):
            if found.setdefault(key, value) != value:
                print(f"{isa} disagrees on {key}", file=sys.stderr)
                return 1
    if "--check" in sys.argv[1:]:
        stale = [key for key, value in found.items() if held.get(key) != value]
        for key in stale:
            print(f"tests/bits.txt: {key} is {found[key]}", file=sys.stderr)
        return 1 if stale else 0
    lines = [f"{key} {value}\n" for key, value in sorted((held | found).items())]
    PINS.write_text(HEADER + "".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
