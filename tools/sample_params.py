"""Sweep the kernels of tier fast at other parameters than their defaults; write the certificates.

    python tools/sample_params.py                # every activation that has parameters
    python tools/sample_params.py elu --sets 2

20 sets of parameters an activation, five million inputs each, evenly spaced over all float32 bit
patterns, on every isa of this machine. tests/certificates/NAME.params.json keeps the largest error
and its input, by set and isa. A finished file is skipped. Exit status 1: a bound broke.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import edgeact
from edgeact import certify, reference

CERTIFICATES = Path(__file__).resolve().parent.parent / "tests" / "certificates"
SEED = 20481
STRIDE = 859


def names() -> list[str]:
    """All but the one whose sums cancel: ULP of the result say nothing of it."""
    rows = map(edgeact.spec, edgeact.activations())
    return [s.name for s in rows if s.params and s.name != "scale_shift_hardswish"]


def sample(name: str, sets: int, stride: int) -> dict[str, Any]:
    rows = []
    rng = np.random.default_rng([SEED, *name.encode()])
    count = len(edgeact.spec(name).params)
    for params in [reference.random_params(name, count, rng) for _ in range(sets)]:
        held = certify.certify(name, "fast", stride=stride, params=params)
        worst = {i: {"max_ulp": s.max_ulp, "at": s.max_ulp_at} for i, s in held.sweeps.items()}
        broken = sum(s.broken for s in held.sweeps.values())
        rows.append({"params": params, "broken": broken, "worst": worst})
    sweep = next(iter(held.sweeps.values()))
    return {
        "activation": name,
        "tier": "fast",
        "dtype": "float32",
        "bound": held.bound,
        "tried": sets * sweep.tried,
        "max_ulp": max(w["max_ulp"] for row in rows for w in row["worst"].values()),
        "date": date.today().isoformat(),
        "machine": sweep.machine,
        "sets": rows,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all where none is given")
    parser.add_argument("--sets", type=int, default=20)
    parser.add_argument("--stride", type=int, default=STRIDE)
    args = parser.parse_args()
    kept = True
    for name in args.names or names():
        path = CERTIFICATES / f"{name}.params.json"
        total = args.sets * -(-certify.ALL_INPUTS // args.stride)
        if path.exists() and json.loads(path.read_text("utf-8"))["tried"] >= total:
            continue
        certificate = sample(name, args.sets, args.stride)
        text = json.dumps(certificate, indent=1) + "\n"
        partial = path.with_suffix(".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
        rules = sum(row["broken"] for row in certificate["sets"])
        print(f"{name}: {certificate['tried']:,} inputs, {certificate['max_ulp']:.3f} ULP")
        if rules or certificate["max_ulp"] > certificate["bound"]:
            print(f"{name}: a promise is broken ({rules} rules)", file=sys.stderr)
            kept = False
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
