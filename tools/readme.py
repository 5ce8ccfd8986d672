"""Write the README's tables of certificates, or with --check compare them.

python tools/readme.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import edgeact as ea
from edgeact.certify import ALL_INPUTS, Certificate, Sweep

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- {}: written by tools/readme.py -->\n", "<!-- end -->\n"
ISAS = ("scalar", "sse41", "avx2", "avx512", "neon")


def certificates(tier: str) -> dict[str, Certificate]:
    """Those that are committed, by activation."""
    paths = {n: ROOT / f"tests/certificates/{n}.{tier}.json" for n in ea.activations(tier)}
    return {name: Certificate.load(path) for name, path in paths.items() if path.exists()}


def rows(*cells: list[str]) -> str:
    """A table; the first row is its head."""
    head, *rest = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([head, "|---" * len(cells[0]) + "|", *rest]) + "\n"


def inputs(sweep: Sweep) -> str:
    """What part was tried, where that is not all."""
    part = round(ALL_INPUTS / sweep.tried)
    return "" if part == 1 else f" (1 in {part})"


def fast() -> str:
    """One row an activation: bound and the largest error measured, by isa."""
    held = certificates("fast")
    isas = [isa for isa in ISAS if any(isa in c.sweeps for c in held.values())]
    table = [["activation", "bound, ULP", *(f"{isa} measured" for isa in isas)]]
    for name, certificate in held.items():
        cells = [
            f"{s.max_ulp:.3f} at `{s.max_ulp_at}`{inputs(s)}"
            if (s := certificate.sweeps.get(isa))
            else "-"
            for isa in isas
        ]
        table.append([f"`{name}`", f"{certificate.bound:g}", *cells])
    return rows(*table)


def exact() -> str:
    """One row an activation: what was in doubt, and what is wrong on any isa."""
    table = [["activation", "misrounded", "isas", "in doubt", "corrected by MPFR"]]
    for name, certificate in certificates("exact").items():
        sweeps = certificate.sweeps
        first = next(iter(sweeps.values()))
        isas = ", ".join(f"{isa}{inputs(sweeps[isa])}" for isa in ISAS if isa in sweeps)
        misrounded = sum(sweep.misrounded or 0 for sweep in sweeps.values())
        counts = [f"{first.doubtful:,}", f"{first.corrected:,}"]
        table.append([f"`{name}`", str(misrounded), isas, *counts])
    return rows(*table)


def params() -> str:
    """One row an activation: the largest error at 20 sets of parameters."""
    table = [["activation", "parameters", "bound, ULP", "measured", "inputs"]]
    for name in ea.activations():
        path = ROOT / f"tests/certificates/{name}.params.json"
        if path.exists():
            held = json.loads(path.read_text(encoding="utf-8"))
            numbers = [f"{held['bound']:g}", f"{held['max_ulp']:.3f}", f"{held['tried']:,}"]
            table.append([f"`{name}`", ", ".join(ea.spec(name).params), *numbers])
    return rows(*table)


def replaced(text: str, name: str, table: str) -> str:
    """The text with another table between the marks of that name."""
    head, rest = text.split(BEGIN.format(name))
    return head + BEGIN.format(name) + table + END + rest.split(END, 1)[1]


def main() -> int:
    text = README.read_text(encoding="utf-8")
    new = text
    for name, table in (("fast", fast()), ("exact", exact()), ("params", params())):
        new = replaced(new, name, table)
    if "--check" in sys.argv[1:]:
        if new != text:
            print("README.md: a table of certificates is stale", file=sys.stderr)
            return 1
        return 0
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
