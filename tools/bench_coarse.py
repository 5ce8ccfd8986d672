"""Times the methods of tier coarse beside tier fast, on every isa of this machine.

    python tools/bench_coarse.py [NAME]... [--size 4096] [--rounds 15]

The kernels run on one array of float32 that stays in L1, in turns; the numbers are the least of all
rounds, in ns an element, and their ratio to tier fast's. * is the method that the isa uses.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

import edgeact as ea
from edgeact import _registry, certify
from edgeact._registry import ffi, lib

TIMES = 500  # a round's calls


def seconds(kernel: object, arrays: list[np.ndarray]) -> float:
    """Of TIMES calls of a C kernel on x, parameters and y."""
    n = arrays[0].size
    args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in arrays])
    steps = ffi.new("ptrdiff_t[]", [a.itemsize if a.size == n else 0 for a in arrays])
    start = time.perf_counter()
    lib.edgeact_repeat(kernel, args, steps, n, TIMES)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description="tier coarse beside tier fast")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all where none is given")
    parser.add_argument("--size", type=int, default=4096)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    x = rng.normal(0, 3, args.size).astype(np.float32)
    print(f"{args.size} float32, {_registry.info()['machine']}, ns an element\n")
    print(
        "| activation | isa | fast | lut | / fast | poly | / fast |\n|---|---|---|---|---|---|---|"
    )
    for name in args.names or ea.activations("coarse"):
        spec = ea.spec(name)
        values = [
            rng.normal(0, 1, args.size) if i < spec.tensors else [1.0 if p is None else p]
            for i, p in enumerate(spec.params.values())
        ]
        arrays = [x, *(np.array(v, np.float32) for v in values), np.empty_like(x)]
        for isa in _registry.isas():
            kinds = certify.kinds(name, "coarse", isa)
            kernels = [certify.find_kernel(name, "fast", isa, "float32")]
            kernels += [certify.find_kernel(name, "coarse", kind, "float32") for kind in kinds]
            rounds = [[seconds(k, arrays) for k in kernels] for _ in range(args.rounds)]
            fast, *coarse = (
                min(held) / TIMES / args.size * 1e9 for held in zip(*rounds, strict=True)
            )
            by_method = dict(zip((kind.split()[1] for kind in kinds), coarse, strict=True))
            cells = [f"{fast:.3f}"]
            for method in ("lut", "poly"):
                if method in by_method:
                    star = "*" if kinds[0].endswith(method) else ""
                    cells += [f"{by_method[method]:.3f}{star}", f"{by_method[method] / fast:.2f}"]
                else:
                    cells += ["-", "-"]
            print(f"| {name} | {isa} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
