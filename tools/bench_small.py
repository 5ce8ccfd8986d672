"""Times calls on small arrays beside np.tanh's on as many values of the same dtype.

    python tools/bench_small.py [NAME...] [--sizes 1 16 64 256] [--dtypes float32 ...] [--all]

ns a call with out=, parameters being Python's numbers, and of what edgeact.bind makes of the same
arrays; medians of rounds in which all candidates take turns. np.tanh has no bfloat16: there its
float32 is the measure. Prints what takes longer than np.tanh, or --all; then a summary.
"""

from __future__ import annotations

import argparse
import statistics
import timeit
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

import edgeact as ea
from edgeact._registry import BFLOAT16

CALLS = 100
BIND = 150  # ns that a call of what edgeact.bind returns should take at most
TIERS = {"fast": ea, "exact": ea.exact, "coarse": ea.coarse}


def medians(calls: list[Callable[[], Any]], rounds: int) -> list[float]:
    timers = [timeit.Timer(call) for call in calls]
    taken = [[t.timeit(CALLS) for t in timers] for _ in range(rounds)]
    return [statistics.median(t) / CALLS * 1e9 for t in zip(*taken, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description="calls on small arrays beside np.tanh's")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all by default")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 16, 64, 256])
    parser.add_argument("--dtypes", nargs="+", default=["float32", "float64", "float16"])
    parser.add_argument("--tiers", nargs="+", default=list(TIERS), choices=list(TIERS))
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--all", action="store_true", help="print those that are faster, too")
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    print(f"isa {ea.info()['isa']}, NumPy {np.__version__}\n")
    print("| activation | tier | dtype | values | np.tanh, ns | ufunc, ns | / np.tanh | bind, ns |")
    print("|---" * 8 + "|")
    summary = []
    for dtype_name in args.dtypes:
        dtype: Any = BFLOAT16 if dtype_name == "bfloat16" else np.dtype(dtype_name)
        for n in args.sizes:
            x = rng.normal(0, 3, n).astype(dtype)
            y = np.empty_like(x)
            other = x if dtype != BFLOAT16 else x.astype(np.float32)
            calls: list[Callable[[], Any]] = [partial(np.tanh, other, np.empty_like(other))]
            rows = []
            for tier, module in TIERS.items():
                for name in args.names or ea.activations(tier):
                    spec = ea.spec(name)
                    if tier not in args.tiers or (tier, dtype_name) not in spec.bounds:
                        continue
                    values = [0.5 if p is None else p for p in spec.params.values()]
                    operands = [x] * (1 + spec.tensors) + values[spec.tensors :]
                    rows.append((name, tier))
                    calls.append(partial(getattr(module, name), *operands, y))
                    calls.append(ea.bind(name, *operands, y, tier=tier))
            tanh, *ours = medians(calls, args.rounds)
            ufuncs, bound = ours[::2], ours[1::2]
            for (name, tier), took, rerun in zip(rows, ufuncs, bound, strict=True):
                if args.all or took > tanh:
                    print(
                        f"| {name} | {tier} | {dtype_name} | {n} | {tanh:.0f} | {took:.0f} "
                        f"| {took / tanh:.2f} | {rerun:.0f} |"
                    )
            for tier in args.tiers:
                of_tier = [i for i, (_, held) in enumerate(rows) if held == tier]
                if not of_tier:
                    continue
                took, rerun = ([times[i] for i in of_tier] for times in (ufuncs, bound))
                longer = sum(t > tanh for t in took)
                summary.append(
                    f"| {dtype_name} | {tier} | {n} | {tanh:.0f} | {statistics.median(took):.0f} "
                    f"| {longer} of {len(took)} | {statistics.median(rerun):.0f} "
                    f"| {sum(t > BIND for t in rerun)} of {len(rerun)} |"
                )
    print("\n| dtype | tier | values | np.tanh, ns | ufunc, median | longer than np.tanh ", end="")
    print(f"| bind, median | longer than {BIND} ns |")
    print("|---" * 8 + "|", *summary, sep="\n")


if __name__ == "__main__":
    main()
