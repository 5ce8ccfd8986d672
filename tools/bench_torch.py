"""How long edgeact's operators take in PyTorch beside PyTorch's own: one thread, in turns.

    python tools/bench_torch.py [NAME...]

For each function: ns a value of forward and of backward at 2^20 float32, and ns a call of both at
16 values; each as edgeact, PyTorch, and their ratio, which is above 1 where edgeact is faster. A
call allocates its result, on both sides, from memory that glibc is told to keep: whether a call
gets new pages from the system would else be a matter of chance, and those take longer than most
functions. "backward" is torch.autograd.grad of a graph that is kept; the last column is forward
while autograd records.
"""

from __future__ import annotations

import ctypes
import statistics
import sys
from functools import partial
from typing import Any

import torch
from torch.nn import functional as theirs

import edgeact.torch
from edgeact import bench
from edgeact.torch import functional as ours

NAMES = ("mish", "gelu", "tanh", "silu", "sigmoid", "softplus", "elu", "hardswish", "relu")
LARGE, SMALL = 2**20, 16


def calls(name: str, size: int) -> dict[str, dict[str, Any]]:
    """What takes turns: forward without and with a gradient, and backward."""
    x = torch.randn(size, generator=torch.Generator().manual_seed(0)) * 3
    made: dict[str, dict[str, Any]] = {"forward": {}, "backward": {}, "recorded": {}}
    for label, home in (("edgeact", ours), ("torch", theirs)):
        f = getattr(torch if label == "torch" and name in ("tanh", "sigmoid") else home, name)
        needed = x.clone().requires_grad_()
        y, grad = f(needed), torch.ones(size)
        made["forward"][label] = partial(f, x)
        made["recorded"][label] = partial(f, needed)
        made["backward"][label] = partial(torch.autograd.grad, y, needed, grad, retain_graph=True)
    return made


def row(name: str) -> str:
    cells = [name]
    for size in (LARGE, SMALL):
        for what, held in calls(name, size).items():
            if size == LARGE and what == "recorded":
                continue
            seconds = bench.in_turns(held, bench.ROUNDS)
            per = size if size == LARGE else 1
            a, b = (statistics.median(seconds[k]) / per * 1e9 for k in ("edgeact", "torch"))
            ratio = statistics.median(
                q / p for p, q in zip(seconds["edgeact"], seconds["torch"], strict=True)
            )
            digits = 3 if size == LARGE else 0
            cells.append(f"{a:.{digits}f} / {b:.{digits}f} = {ratio:.2f}")
    return "| " + " | ".join(cells) + " |"


def keep_memory() -> None:
    """glibc gives nothing back to the system: malloc.h's M_TRIM_THRESHOLD and M_MMAP_THRESHOLD."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(-1, 1 << 30)
        mallopt(-3, 1 << 25)


def main() -> None:
    torch.set_num_threads(1)
    keep_memory()
    compiled = "compiled" if edgeact.torch.loaded() else "not compiled: edgeact torch build"
    print(f"{bench.machine()['CPU']}, PyTorch {torch.__version__}, edgeact's operators {compiled}")
    print()
    print(
        "| function | forward, 2^20 | backward, 2^20 | forward, 16 | backward, 16 |"
        " forward with a gradient, 16 |"
    )
    print("|---|---|---|---|---|---|")
    with bench.bound_to(1):
        for name in sys.argv[1:] or NAMES:
            print(row(name), flush=True)


if __name__ == "__main__":
    main()
