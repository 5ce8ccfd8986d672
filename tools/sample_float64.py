"""Sample the float64 kernels against MPFR; write tests/certificates/NAME.float64.json.

    python tools/sample_float64.py                 # every activation, 10^7 points each
    python tools/sample_float64.py gelu --jobs 1   # one activation, one process

Half of the points are uniform over the bit patterns between the saturated tails, a quarter are
uniform over those with 2^-10 <= |x| <= 2^10, and a quarter lie near a seam: 0, the smallest normal
number, the ends of the tails, a constant where some kernel changes its method. Every other chunk of
points takes the default parameters, the rest random ones; where there is no default, all do.

An unfinished certificate is resumed, a finished one measured anew. Exit status 1: a bound broke.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import json
import multiprocessing
import os
import platform
import sys
from pathlib import Path
from typing import Any

import gmpy2
import numpy as np
import numpy.typing as npt

import edgeact
from edgeact import reference
from edgeact._registry import TIERS, ffi, find, lib

CERTIFICATES = Path(__file__).resolve().parent.parent / "tests" / "certificates"
CHUNK = 100_000
SEED = 20481
WORST = 20
SEAMS = (0.0, 2.0**-1022, 0.875, 1.0, 3.0, 25.0, 700.0)

Floats = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int64]


def ranks(x: npt.ArrayLike) -> Ranks:
    """Integers in the order of the floats, consecutive for neighbours."""
    bits = np.asarray(x, np.float64).view(np.int64)
    return bits ^ (bits >> 63 & np.int64(2**63 - 1))


def from_ranks(i: npt.ArrayLike) -> Floats:
    bits = np.asarray(i, np.int64)
    return (bits ^ (bits >> 63 & np.int64(2**63 - 1))).view(np.float64)


def evaluate(name: str, x: npt.ArrayLike, params: list[float]) -> Floats:
    x = np.ascontiguousarray(x, np.float64)
    y = np.empty_like(x)
    buffers = (ffi.from_buffer("double[]", array) for array in (x, y))
    status = lib.edgeact_run_f64(find(name), TIERS.index("fast"), x.size, *buffers, params)
    if status != lib.EDGEACT_OK:
        raise ValueError(f"{name} has no kernel for float64")
    return y


def tail(name: str, params: list[float], sign: float) -> float:
    """Where on this side, beyond 1, the activation becomes its limit, which may be NaN, or x."""

    def saturated(rank: int) -> bool:
        x = float(from_ranks(rank))
        y, limit = evaluate(name, [x, sign * np.inf], params)
        return bool(y in (limit, x) or np.isnan(y))

    inner, outer = int(ranks(sign)), int(ranks(sign * sys.float_info.max))
    if saturated(inner) or not saturated(outer):
        return sign if saturated(inner) else sign * sys.float_info.max
    while abs(outer - inner) > 1:
        middle = (inner + outer) // 2
        inner, outer = (inner, middle) if saturated(middle) else (middle, outer)
    return float(from_ranks(outer))


def points(name: str, params: list[float], rng: np.random.Generator, count: int) -> Floats:
    low, high = tail(name, params, -1.0), tail(name, params, 1.0)
    seams = [s * sign for s in SEAMS for sign in (-1, 1) if low < s * sign < high] + [low, high]

    def between(a: float, b: float, share: int) -> Ranks:
        return rng.integers(ranks(a), ranks(b), count // share, endpoint=True)

    distances = rng.choice([-1, 1], count // 4) * 2.0 ** rng.uniform(0, 48, count // 4)
    parts = [
        between(low, high, 2),
        between(max(low, -(2.0**10)), -(2.0**-10), 8),
        between(2.0**-10, min(high, 2.0**10), 8),
        rng.choice(ranks(seams), count // 4) + distances.astype(np.int64),
    ]
    return from_ranks(np.concatenate(parts))


def measure(name: str, index: int, count: int = CHUNK) -> dict[str, Any]:
    """The largest absolute error of one chunk, and its inputs with the largest errors in ULP."""
    rng = np.random.default_rng([SEED, index])
    defaults = edgeact.spec(name).params.values()
    params = [value for value in defaults if value is not None]
    if index % 2 or len(params) < len(defaults):
        params = reference.random_params(name, len(defaults), rng)
    x = points(name, params, rng, count)
    allowed = edgeact.spec(name).bounds["fast", "float64"].allowed(*params)
    rows = []
    max_abs, max_abs_at = 0.0, 0.0
    for a, y in zip(x.tolist(), evaluate(name, x, params).tolist(), strict=True):
        truth = reference.exact(name, a, *params, dtype="float64")
        rows.append((reference.ulp_error(y, truth, "float64", allowed), a))
        error = float(abs(y - truth))
        if max_abs < error < np.inf:  # a wrong infinity shows in ULP
            max_abs, max_abs_at = error, a
    rows.sort(reverse=True)
    return {
        "max_abs": max_abs,
        "max_abs_at": max_abs_at.hex(),
        "worst": [
            {"ulp": ulp, "x": a.hex(), "params": [p.hex() for p in params]}
            for ulp, a in rows[:WORST]
        ],
    }


def start(name: str) -> dict[str, Any]:
    return {
        "activation": name,
        "tier": "fast",
        "dtype": "float64",
        "bound": edgeact.spec(name).bounds["fast", "float64"].ulp,
        "max_ulp": 0.0,
        "max_ulp_at": "",
        "max_abs": 0.0,
        "max_abs_at": "",
        "tried": 0,
        "seed": SEED,
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.platform()} ({', '.join(edgeact.info()['isas'])})",
        "truth": gmpy2.mpfr_version(),
        "worst": [],
    }


def merge(certificate: dict[str, Any], chunk: dict[str, Any]) -> None:
    worst = sorted(certificate["worst"] + chunk["worst"], key=lambda row: -row["ulp"])[:WORST]
    certificate.update(worst=worst, max_ulp=worst[0]["ulp"], max_ulp_at=worst[0]["x"])
    certificate["tried"] += CHUNK
    if chunk["max_abs"] > certificate["max_abs"]:
        certificate.update(max_abs=chunk["max_abs"], max_abs_at=chunk["max_abs_at"])


def sample(name: str, count: int, jobs: int) -> bool:
    """Bring one certificate to that many points; True if the bound holds."""
    path = CERTIFICATES / f"{name}.float64.json"
    certificate = start(name)
    if path.exists():
        earlier = json.loads(path.read_text(encoding="utf-8"))
        if earlier["tried"] < count:
            certificate = earlier
    chunks = range(certificate["tried"] // CHUNK, -(-count // CHUNK))
    with multiprocessing.Pool(jobs) as pool:
        for chunk in pool.imap(functools.partial(measure, name), chunks):
            merge(certificate, chunk)
            part = path.with_suffix(".part")
            part.write_text(json.dumps(certificate, indent=1) + "\n", encoding="utf-8")
            part.replace(path)
            state = f"{name}: {certificate['tried']:,} points, {certificate['max_ulp']:.3f} ULP"
            print(state, end="\r", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return bool(certificate["max_ulp"] <= certificate["bound"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all activations if none is given")
    parser.add_argument("--points", type=int, default=10**7)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    args = parser.parse_args()
    CERTIFICATES.mkdir(exist_ok=True)
    names = args.names or edgeact.activations()
    broken = [name for name in names if not sample(name, args.points, args.jobs)]
    for name in broken:
        print(f"{name}: the bound is broken", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
