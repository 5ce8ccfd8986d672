"""Write the tables of certificates, in README.md and docs/certificates.md; with --check compare.

python tools/readme.py [--check]
"""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

import edgeact as ea
from edgeact.certify import ALL_INPUTS, Certificate, Sweep

ROOT = Path(__file__).resolve().parent.parent
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


def largest(path: Path) -> str:
    """The error that a certificate of samples has, where there is one."""
    return f"{json.loads(path.read_text('utf-8'))['max_ulp']:.3f}" if path.exists() else "-"


def summary() -> str:
    """One row a function: bounds, and the largest errors measured on any isa."""
    head = ["activation", "`fast`, bound", "measured", "`exact`, misrounded"]
    table = [[*head, "float64, bound", "measured"]]
    held, right = certificates("fast"), certificates("exact")
    for name in ea.activations():
        if "_grad" in name:
            continue
        sampled = ROOT / f"tests/certificates/{name}.params.json"
        found = max(s.max_ulp for s in held[name].sweeps.values()) if name in held else None
        measured = largest(sampled) if found is None else f"{found:.3f}"
        wrong = (
            sum(s.misrounded or 0 for s in right[name].sweeps.values()) if name in right else "-"
        )
        bounds = [f"{ea.spec(name).bounds['fast', d].ulp:g}" for d in ("float32", "float64")]
        in_double = largest(ROOT / f"tests/certificates/{name}.float64.json")
        table.append([f"`{name}`", bounds[0], measured, str(wrong), bounds[1], in_double])
    return rows(*table)


def float64() -> str:
    """One row a kernel: the largest error at sampled points."""
    table = [["activation", "bound, ULP", "measured", "points"]]
    for name in ea.activations():
        path = ROOT / f"tests/certificates/{name}.float64.json"
        if path.exists():
            held = json.loads(path.read_text(encoding="utf-8"))
            numbers = [f"{held['bound']:g}", f"{held['max_ulp']:.3f}", f"{held['tried']:,}"]
            table.append([f"`{name}`", *numbers])
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


def own() -> str:
    """The functions whose bits are an isa's own."""
    names = [f"`{name}`" for name in ea.activations() if "avx512" in ea.spec(name).own]
    return textwrap.fill(f"{', '.join(names[:-1])} and {names[-1]}.", 100) + "\n"


def replaced(text: str, name: str, table: str) -> str:
    """The text with another table between the marks of that name."""
    head, rest = text.split(BEGIN.format(name))
    return head + BEGIN.format(name) + table + END + rest.split(END, 1)[1]


FILES = {
    "README.md": {"summary": summary, "own": own},
    "docs/certificates.md": {"fast": fast, "exact": exact, "params": params, "float64": float64},
}


def main() -> int:
    stale = 0
    for name, tables in FILES.items():
        path = ROOT / name
        new = text = path.read_text(encoding="utf-8")
        for mark, table in tables.items():
            new = replaced(new, mark, table())
        if "--check" not in sys.argv[1:]:
            path.write_text(new, encoding="utf-8")
        elif new != text:
            print(f"{name}: what tools/readme.py writes is stale", file=sys.stderr)
            stale += 1
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
