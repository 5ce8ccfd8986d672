"""Times the float64 ufuncs beside NumPy and SciPy, in one process.

    python tools/bench_float64.py [--size 262144] [--rounds 31]
    EDGEACT_ISA=avx2 python tools/bench_float64.py

One thread. The candidates of an activation take turns; times are medians in ns an element. Needs
SciPy.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from scipy import special

import edgeact as ea

NAMES = (
    "exp",
    "expm1",
    "sigmoid",
    "tanh",
    "erf",
    "gelu",
    "gelu_tanh",
    "silu",
    "mish",
    "softplus",
    "elu",
)


def main() -> None:
    parser = argparse.ArgumentParser(description="the float64 ufuncs beside NumPy and SciPy")
    parser.add_argument("--size", type=int, default=1 << 18, help="float64 values")
    parser.add_argument("--rounds", type=int, default=31)
    args = parser.parse_args()
    x = np.random.default_rng(0).normal(0, 3, args.size)
    y, z = np.empty_like(x), np.empty_like(x)
    peers: dict[str, Callable[[], object]] = {
        "exp": partial(np.exp, x, z),
        "expm1": partial(np.expm1, x, z),
        "tanh": partial(np.tanh, x, z),
        "sigmoid": partial(special.expit, x, z),
        "erf": partial(special.erf, x, z),
        "gelu": lambda: x * special.ndtr(x),
        "gelu_tanh": lambda: (
            0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x * x * x)))
        ),
        "silu": lambda: x * special.expit(x),
        "mish": lambda: x * np.tanh(np.logaddexp(x, 0)),
        "softplus": lambda: np.logaddexp(x, 0),
        "elu": lambda: np.where(x > 0, x, np.expm1(x)),
    }
    print(f"isa {ea.info()['isa']}, NumPy {np.__version__}, {args.size} float64, one thread\n")
    print("| activation | edgeact, ns | NumPy/SciPy, ns | ratio |\n|---|---|---|---|")
    for name, peer in peers.items():
        ours = partial(getattr(ea, name), x, *ea.spec(name).params.values(), y)
        seconds: tuple[list[float], list[float]] = ([], [])
        for r in range(args.rounds + 2):  # two to warm up
            for call, held in zip((ours, peer), seconds, strict=True):
                start = time.perf_counter()
                call()
                if r >= 2:
                    held.append((time.perf_counter() - start) / args.size * 1e9)
        a, b = (statistics.median(held) for held in seconds)
        print(f"| {name} | {a:.2f} | {b:.2f} | {b / a:.1f} |", flush=True)


if __name__ == "__main__":
    main()
