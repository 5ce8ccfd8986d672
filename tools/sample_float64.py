"""Sample the float64 kernels against MPFR; write tests/certificates/NAME.float64.json.

    python tools/sample_float64.py                 # every activation, 10^8 points each
    python tools/sample_float64.py gelu --jobs 1   # one activation, one process

Half of the points are uniform over the bit patterns between the saturated tails, a quarter are
uniform over those with 2^-10 <= |x| <= 2^10, and a quarter lie near a seam, half of these within
1000 numbers of it: 0, the smallest normal number, the ends of the tails, a constant where some
kernel changes its method, an argument of e^x that is a multiple of ln(2)/2, where its reduction is
0 or changes, the zero of a derivative. Every other chunk of points takes the default parameters,
the rest random ones; where there is no default, all do, in 20 sets a chunk.

Long double tells the truth, or MPFR near the zero of a derivative, where its bits do not suffice.
MPFR checks it and measures the largest errors of each chunk.
Isas that share their bits are tried as one, and a certificate has the worst of all. An unfinished
certificate is resumed, a finished one measured anew. Exit status 1: a bound broke.
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
import long_double
import numpy as np
import numpy.typing as npt

import edgeact
from edgeact import certify, reference
from edgeact._registry import isas

CERTIFICATES = Path(__file__).resolve().parent.parent / "tests" / "certificates"
CHUNK = 1_000_000
SEED = 20481
WORST = 20
SETS = 20  # of parameters in a chunk, where they have no default
# Where csrc/act and csrc/math/f64.h compare or clamp.
SEAMS = (
    0.0,
    2.0**-1022,
    2.0**-54,
    0.5,
    0.6,
    0.9,
    1.0,
    3.0,
    6.0,
    16.0,
    20.0,
    22.0,
    24.0,
    38.7,
    40.0,
)
# The zeros of the derivatives of silu, mish, gelu and gelu_tanh
ROOTS = (-1.2784645427610738, -1.1924312145154952, -0.7517915246935645, -0.7524614220710163)
SEAMS += ROOTS
SEAMS += tuple(root + 0.375 * side for root in ROOTS for side in (-1, 1))  # see csrc/math/root.h
SEAMS += (64.0, 442.0, 500.0, 700.0, 709.782712893384, 746.0, 760.0, 1500.0, 2.0**55, 2.0**300)

Floats = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int64]


def ranks(x: npt.ArrayLike) -> Ranks:
    """Integers in the order of the floats, consecutive for neighbours."""
    bits = np.asarray(x, np.float64).view(np.int64)
    return bits ^ (bits >> 63 & np.int64(2**63 - 1))


def from_ranks(i: npt.ArrayLike) -> Floats:
    bits = np.asarray(i, np.int64)
    return (bits ^ (bits >> 63 & np.int64(2**63 - 1))).view(np.float64)


def evaluate(name: str, x: npt.ArrayLike, params: list[float], isa: str = "") -> Floats:
    """One isa's kernel, by default the best one's."""
    return certify.evaluate(
        name, "fast", isa or isas()[-1], np.ascontiguousarray(x, float), *params
    )


def unlike_isas() -> list[str]:
    """One isa for each way in which the bits of the float64 kernels differ."""
    groups = {certify.bits_group("relu", "fast", isa, "float64"): isa for isa in isas()}
    return list(groups.values())


def reduced_at(name: str, params: list[float], rng: np.random.Generator) -> Floats:
    """Inputs for which the argument of e^x is a multiple of ln(2)/2, or one of ROOTS."""
    name = name.partition("_grad")[0]
    u = rng.integers(-2160, 2160, 300) * (np.log(2) / 2)
    if name in ("gelu", "geglu"):  # x^2 / 2
        return np.sign(u) * np.sqrt(2 * np.abs(u))
    if name in ("gelu_tanh", "geglu_tanh"):  # 2 sqrt(2 / pi) (x + c x^3), by the hyperbolic formula
        c = 0.044715
        third = np.arcsinh(1.5 * np.sqrt(3 * c) * u / np.sqrt(8 / np.pi)) / 3
        return 2 / np.sqrt(3 * c) * np.sinh(third)
    factor = {"tanh": 2.0, "gelu_quick": 1.702}.get(name, 1.0)
    if name in ("swish", "softplus_beta"):
        factor = params[0]
    if name == "celu":
        factor = 1 / params[0]
    return np.concatenate([u, ROOTS]) / factor


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
    seams = np.array([*SEAMS, *(-s for s in SEAMS), low, high])
    seams = np.concatenate([seams, reduced_at(name, params, rng)])
    seams = seams[(low <= seams) & (seams <= high)]

    def between(a: float, b: float, share: int) -> Ranks:
        return rng.integers(ranks(a), ranks(b), count // share, endpoint=True)

    distances = rng.choice([-1, 1], count // 4) * 2.0 ** rng.uniform(0, 48, count // 4)
    distances[::2] = rng.integers(-1000, 1000, distances[::2].size, endpoint=True)
    parts = [
        between(low, high, 2),
        between(max(low, -(2.0**10)), -(2.0**-10), 8),
        between(2.0**-10, min(high, 2.0**10), 8),
        rng.choice(ranks(seams), count // 4) + distances.astype(np.int64),
    ]
    return from_ranks(np.concatenate(parts))


def random_params(name: str, count: int, rng: np.random.Generator) -> list[float]:
    """Those of reference.random_params, but gates that reach the ends of e^x, too."""
    if name == "glu" and rng.random() < 0.5:
        return [float(rng.uniform(-1510, 50))]
    return reference.random_params(name, count, rng)


def by_mpfr(name: str, x: Floats, params: list[float]) -> tuple[long_double.Long, Floats]:
    """The truth in long double, and the float64 numbers nearest to it."""
    exact = [reference.exact(name, a, *params, dtype="float64") for a in x.tolist()]
    high = np.array([float(truth) for truth in exact])
    rest = zip(exact, high.tolist(), strict=True)
    low = np.array([float(t - h) if np.isfinite(h) else 0.0 for t, h in rest])
    return high.astype(np.longdouble) + low, high


def truths(name: str, x: Floats, params: list[float]) -> long_double.Long:
    """The truth in long double, checked by MPFR on one point in 1000, or MPFR's where it has none.

    That is: where its bits do not suffice.
    """
    truth = long_double.truths(name, x, params)
    unknown = np.isnan(truth)
    checked = (np.arange(x.size) % 1000 == 0) & ~unknown
    if unknown.any():
        truth[unknown], _ = by_mpfr(name, x[unknown], params)
    exact, high = by_mpfr(name, x[checked], params)
    with np.errstate(all="ignore"):
        error = np.abs(truth[checked] - exact) / np.spacing(np.abs(high))
    normal = (np.abs(high) > 2.0**-960) & np.isfinite(high)  # elsewhere low has no bits left
    if error[normal].max(initial=0) > 2.0**-7:
        at = float(x[checked][normal][np.argmax(error[normal])])
        raise ValueError(f"{name}: long double is too far from MPFR at {at.hex()}, {params}")
    return truth


def measure(name: str, index: int, count: int = CHUNK) -> dict[str, Any]:
    """The largest absolute error of one chunk, and its inputs with the largest errors in ULP."""
    rng = np.random.default_rng([SEED, index])
    defaults = edgeact.spec(name).params.values()
    if None in defaults:
        sets = [random_params(name, len(defaults), rng) for _ in range(SETS)]
    elif index % 2:
        sets = [random_params(name, len(defaults), rng)]
    else:
        sets = [[value for value in defaults if value is not None]]
    rows: list[dict[str, Any]] = []
    max_abs, max_abs_at = 0.0, 0.0
    for params in sets:
        allowed = edgeact.spec(name).bounds["fast", "float64"].allowed(*params)
        x = points(name, params, rng, count // len(sets))
        truth = truths(name, x, params)
        for isa in unlike_isas():
            y = evaluate(name, x, params, isa)
            ulp, farthest = long_double.judge(y, truth, allowed)
            for k in np.argpartition(-ulp, WORST // len(sets))[: WORST // len(sets)].tolist():
                exact = reference.exact(name, float(x[k]), *params, dtype="float64")
                measured = reference.ulp_error(float(y[k]), exact, "float64", allowed)
                row = {"ulp": measured, "isa": isa, "x": float(x[k]).hex()}
                rows.append(row | {"params": [p.hex() for p in params]})
            error = abs(float(y[farthest] - truth[farthest]))
            if error > max_abs:  # a wrong infinity shows in ULP
                max_abs, max_abs_at = error, float(x[farthest])
    rows.sort(key=lambda row: -row["ulp"])
    return {"max_abs": max_abs, "max_abs_at": max_abs_at.hex(), "worst": rows[:WORST]}


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
        "truth": f"long double, the worst by {gmpy2.mpfr_version()}",
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
    parser.add_argument("--points", type=int, default=10**8)
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
