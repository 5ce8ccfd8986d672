"""Times streaming stores beside ordinary ones, for arrays up to beyond the caches.

    python tools/bench_streaming.py [--first 21] [--last 25] [--piece 20] [--rounds 15] [--then-sum]

Kernels choose by the size of one call (STREAM_BYTES in csrc/kernels.inc), so the same array in
pieces of 2^piece values has ordinary stores. ns a value, medians, of 2^first to 2^last float32; in
the last column the time of one call beside relu's. --then-sum adds np.sum of the output: what a
caller pays who goes on with it. Built with CFLAGS=-DSTREAM_BYTES=4194304, --piece 19 shows what
streaming smaller arrays would bring.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np

import edgeact as ea

NAMES = ("relu", "hardswish", "softsign", "exp", "silu", "gelu", "swiglu", "geglu")

Array = np.ndarray


def in_pieces(f: Callable[..., object], inputs: list[Array], y: Array, piece: int) -> None:
    for i in range(0, y.size, piece):
        f(*(x[i : i + piece] for x in inputs), y[i : i + piece])


def seconds(call: Callable[[], object], then: Callable[[], object]) -> float:
    """Of the second of two calls: the first one leaves the caches as this one would."""
    for _ in range(2):
        start = time.perf_counter()
        call()
        then()
        end = time.perf_counter()
    return end - start


def main() -> None:
    parser = argparse.ArgumentParser(description="streaming stores beside ordinary ones")
    parser.add_argument("--first", type=int, default=21, help="log2 of the smallest size")
    parser.add_argument("--last", type=int, default=25, help="log2 of the largest size")
    parser.add_argument("--piece", type=int, default=20, help="log2 of a piece's size")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--then-sum", action="store_true", help="np.sum of the output, too")
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    held = [rng.normal(0, 3, 1 << args.last).astype(np.float32) for _ in range(3)]
    print(f"isa {ea.info()['isa']}, one thread\n")
    print("| activation | values | one call, ns | in pieces, ns | one call / pieces | / relu |")
    print("|---" * 6 + "|")
    relu: dict[int, float] = {}
    for name in NAMES:
        for size in range(args.first, args.last + 1):
            *inputs, y = (a[: 1 << size] for a in held)
            inputs, f = inputs[: 1 + len(ea.spec(name).params)], getattr(ea, name)
            then = partial(np.sum, y) if args.then_sum else lambda: None
            ways = (partial(f, *inputs, y), partial(in_pieces, f, inputs, y, 1 << args.piece))
            taken = [[seconds(way, then) for way in ways] for _ in range(args.rounds)]
            one, pieces = (statistics.median(t) / y.size * 1e9 for t in zip(*taken, strict=True))
            ratio = statistics.median(a / b for a, b in taken)
            beside = one / relu.setdefault(size, one)
            print(
                f"| {name} | 2^{size} | {one:.3f} | {pieces:.3f} | {ratio:.2f} | {beside:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
