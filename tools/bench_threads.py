"""Times large calls by one thread and by as many as there are.

    python tools/bench_threads.py [NAME...] [--tier T] [--first 15] [--last 24] [--gap 0.001]

us a call, medians, and the quartiles of the ratio in rounds in which both take turns, of 2^first to
2^last float32. --gap: seconds in between two calls, after which the threads sleep; by default calls
follow each other, as in a loop. A build with CFLAGS=-DSHARED=1 shares smaller arrays, too: it shows
from which size on that pays (SHARED in csrc/ufunc.c).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

import edgeact as ea


def seconds(call: Callable[[], object], calls: int, gap: float) -> float:
    taken = 0.0
    for _ in range(calls):
        end = time.perf_counter() + gap
        while gap and time.perf_counter() < end:
            pass
        start = time.perf_counter()
        call()
        taken += time.perf_counter() - start
    return taken / calls


def main() -> None:
    parser = argparse.ArgumentParser(description="one thread beside all")
    parser.add_argument("names", nargs="*", metavar="NAME", default=["relu", "sigmoid", "gelu"])
    parser.add_argument("--tier", default=None, choices=["fast", "exact", "coarse"])
    parser.add_argument("--first", type=int, default=15, help="log2 of the smallest size")
    parser.add_argument("--last", type=int, default=24, help="log2 of the largest size")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--gap", type=float, default=0.0, help="seconds between two calls")
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    held = rng.normal(0, 3, 1 << args.last).astype(np.float32)
    out = np.zeros_like(held)
    ea.set_num_threads(None)
    everybody = ea.get_num_threads()
    print(f"isa {ea.info()['isa']}, {everybody} threads\n")
    print("| activation | tier | values | one thread, us | all, us | one / all |")
    print("|---" * 6 + "|")
    for tier in [args.tier] if args.tier else ["fast", "exact"]:
        for name in args.names:
            for size in range(args.first, args.last + 1):
                x, y = held[: 1 << size], out[: 1 << size]
                call = ea.bind(name, x, y, tier=tier)
                calls = max(1, min(100, (1 << 20) >> size))
                taken = []
                for _ in range(args.rounds):
                    pair = []
                    for n in (1, everybody):
                        ea.set_num_threads(n)
                        pair.append(seconds(call, calls, args.gap))
                    taken.append(pair)
                one, shared = (statistics.median(t) * 1e6 for t in zip(*taken, strict=True))
                low, ratio, high = statistics.quantiles([a / b for a, b in taken], n=4)
                print(
                    f"| {name} | {tier} | 2^{size} | {one:.1f} | {shared:.1f} "
                    f"| {ratio:.2f} ({low:.2f}-{high:.2f}) |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
