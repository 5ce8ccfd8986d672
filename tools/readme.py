"""Write the README's table of certificates, or with --check compare it.

python tools/readme.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

import edgeact as ea
from edgeact.certify import Certificate

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- certificates: written by tools/readme.py -->\n", "<!-- end -->\n"


def table() -> str:
    """One row an activation: bound and the largest error measured, by isa."""
    held = {
        name: Certificate.load(path)
        for name in ea.activations()
        if (path := ROOT / "tests" / "certificates" / f"{name}.fast.json").exists()
    }
    isas = [
        isa
        for isa in ("scalar", "sse41", "avx2", "avx512", "neon")
        if any(isa in c.sweeps for c in held.values())
    ]
    lines = [
        "| activation | bound, ULP | " + " | ".join(f"{isa} measured" for isa in isas) + " |",
        "|---|---|" + "---|" * len(isas),
    ]
    for name, certificate in held.items():
        cells = [
            f"{s.max_ulp:.3f} at `{s.max_ulp_at}`" if (s := certificate.sweeps.get(isa)) else "-"
            for isa in isas
        ]
        lines.append(f"| `{name}` | {certificate.bound:g} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    text = README.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    new = head + BEGIN + table() + END + tail
    if "--check" in sys.argv[1:]:
        if new != text:
            print("README.md: the table of certificates is stale", file=sys.stderr)
            return 1
        return 0
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
