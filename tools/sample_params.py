"""Sweep the kernels of tier fast at other parameters than their defaults; write the certificates.

    python tools/sample_params.py                # every activation that has parameters
    python tools/sample_params.py elu --sets 2

20 sets of parameters an activation, five million inputs each, evenly spaced over all float32 bit
patterns, and a few thousand near the points where a formula turns or saturates, on every isa of
this machine. tests/certificates/NAME.params.json keeps the largest error and its input, by set and
isa. A finished file is skipped. Exit status 1: a bound broke.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import edgeact
from edgeact import certify, reference

CERTIFICATES = Path(__file__).resolve().parent.parent / "tests" / "certificates"
SEED = 20481
STRIDE = 859


def names() -> list[str]:
    """All but those that no sweep can judge.

    The sums of scale_shift_hardswish cancel, so that ULP of the result say nothing of it; those of
    the biased ones round first (tests/test_parameters.py judges them).
    """
    rows = map(edgeact.spec, edgeact.activations())
    without = {"scale_shift_hardswish", *reference.BIASED}
    return [s.name for s in rows if s.params and s.name not in without]


def directed(params: list[float]) -> npt.NDArray[np.float32]:
    """Inputs near 0, near the ends of the float32 numbers, and where x, or a parameter times x,
    is a parameter, a round number, or one at which some e^x saturates; none infinite or NaN."""
    info = np.finfo(np.float32)
    turns = [*params, *range(1, 10), 10.0, 14.6, 20.0, 30.0, 40.0, 64.0, 87.0, 88.7, 104.0, 110.0]
    at = [turn / p for turn in turns for p in (1.0, *params)]
    at += [0.0, info.tiny, info.max, 1.0 / info.tiny]
    bits = np.abs(np.float32(at)).view(np.uint32).astype(np.int64)
    near = np.unique(np.clip(bits[:, None] + np.arange(-8, 9), 0, 0x7F7FFFFF)).astype(np.uint32)
    return np.concatenate([near, near | np.uint32(0x80000000)]).view(np.float32)


def worst_directed(name: str, isa: str, params: list[float]) -> tuple[float, str]:
    """The largest error at those inputs, and the input."""
    x, allowed = directed(params), edgeact.spec(name).bounds["fast", "float32"].allowed(*params)
    y = certify.evaluate(name, "fast", isa, x, *params)
    truths = (reference.exact(name, u, *params) for u in x.tolist())
    errors = [
        reference.ulp_error(v, truth, "float32", allowed)
        for v, truth in zip(y.tolist(), truths, strict=True)
    ]
    at = int(np.argmax(errors))
    return errors[at], f"{x[at : at + 1].view(np.uint32)[0]:08x}"


def sample(name: str, sets: int, stride: int) -> dict[str, Any]:
    rows = []
    rng = np.random.default_rng([SEED, *name.encode()])
    count = len(edgeact.spec(name).params)
    for params in [reference.random_params(name, count, rng) for _ in range(sets)]:
        held = certify.certify(name, "fast", stride=stride, params=params)
        worst = {}
        for isa, swept in held.sweeps.items():
            found = max((swept.max_ulp, swept.max_ulp_at), worst_directed(name, isa, params))
            worst[isa] = dict(zip(("max_ulp", "at"), found, strict=True))
        broken = sum(s.broken for s in held.sweeps.values())
        near = directed(params).size
        rows.append({"params": params, "directed": near, "broken": broken, "worst": worst})
    sweep = next(iter(held.sweeps.values()))
    return {
        "activation": name,
        "tier": "fast",
        "dtype": "float32",
        "bound": held.bound,
        "tried": sets * sweep.tried + sum(row["directed"] for row in rows),
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
