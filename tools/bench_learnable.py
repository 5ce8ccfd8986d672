"""ns an element of the learnable activations, by torch's operators and compiled, beside relu.

One thread, float32; forward, and forward with backward; medians, the ways in turns.
"""

import argparse
from collections.abc import Callable
from statistics import median

import torch
from torch import Tensor, nn

from edgeact import bench
from edgeact.torch import (
    Adaptive,
    CubicSpline,
    GatedPolynomial,
    PiecewiseLinear,
    PReLU,
    Rational,
    Swish,
)

EACH = nn.ReLU, PReLU, Swish, GatedPolynomial, Rational, PiecewiseLinear, CubicSpline, Adaptive


def forward(module: Callable[[Tensor], Tensor], x: Tensor) -> Callable[[], object]:
    """What is timed without gradients."""

    def run() -> None:
        with torch.no_grad():
            module(x)

    return run


def both(module: Callable[[Tensor], Tensor], x: Tensor) -> Callable[[], object]:
    """Forward and backward."""
    leaf = x.clone().requires_grad_()

    def run() -> None:
        leaf.grad = None
        module(leaf).backward(x)

    return run


def main() -> None:
    """Print a row a module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1 << 20)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    torch.set_num_threads(1)
    x = 2 * torch.randn(args.size)
    print(
        f"{bench.machine()['CPU']}, PyTorch {torch.__version__}: {args.size} float32, ns an element"
    )
    print(f"{'':16} {'forward':>9} {'compiled':>9} {'and back':>9} {'compiled':>9}")
    with bench.bound_to(1):
        for make in EACH:
            module = make()
            compiled = torch.compile(module, fullgraph=True)
            runs = [way(m, x) for way in (forward, both) for m in (module, compiled)]
            seconds = bench.in_turns({str(i): run for i, run in enumerate(runs)}, args.rounds)
            row = " ".join(f"{median(s) / args.size * 1e9:9.2f}" for s in seconds.values())
            print(f"{make.__name__:16} {row}", flush=True)


if __name__ == "__main__":
    main()
