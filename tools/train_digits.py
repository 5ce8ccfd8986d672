"""Trains a small network on scikit-learn's digits with each activation, for docs/learnable.md.

One thread. A seed makes the same split in halves, batches and weights for all. The two hidden
layers have an activation each, with parameters for all of its elements ("one") or for each channel.
Nothing was tuned for an activation, and all seeds are shown. In float64, so that other processors
find the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from itertools import pairwise
from statistics import median

import torch
from sklearn.datasets import load_digits
from torch import Tensor, nn

from edgeact.torch import (
    Adaptive,
    CubicSpline,
    GatedPolynomial,
    PiecewiseLinear,
    PReLU,
    Rational,
    Swish,
)

WIDTHS = 64, 32, 32, 10
EPOCHS, BATCH, RATE = 40, 64, 1e-2
_EACH = PReLU, Swish, GatedPolynomial, Rational, PiecewiseLinear, CubicSpline, Adaptive
ACTIVATIONS: dict[str, Callable[[int], nn.Module]] = {
    "ReLU": lambda channels: nn.ReLU(),
    **{make.__name__: make for make in _EACH},
}


def network(name: str, each: bool = False) -> nn.Sequential:
    """Two hidden layers, each with an activation of its own."""
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(WIDTHS):
        layers += [nn.Linear(inputs, outputs), ACTIVATIONS[name](outputs if each else 1)]
    return nn.Sequential(*layers[:-1])


def digits(seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Images and labels to train on, and to test on; pixels from 0 to 1."""
    data = load_digits()
    x, y = torch.tensor(data.data) / 16, torch.tensor(data.target)
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    train, test = order[: len(x) // 2], order[len(x) // 2 :]
    return x[train], y[train], x[test], y[test]


def train(name: str, seed: int, each: bool = False) -> nn.Sequential:
    """The trained network, in eval mode."""
    x, y, _, _ = digits(seed)
    torch.manual_seed(seed)
    model = network(name, each).double()
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
    return model.eval()


def accuracies(name: str, seeds: Iterable[int], each: bool = False) -> list[float]:
    """The shares of right answers on the test half."""
    found = []
    for seed in seeds:
        model, (_, _, x, y) = train(name, seed, each), digits(seed)
        with torch.no_grad():
            found.append(int((model(x).argmax(1) == y).sum()) / len(x))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(ACTIVATIONS), metavar="NAME")
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    torch.set_num_threads(1)
    print("| activation | parameters | median | each seed |\n|---|---|---|---|")
    for name in args.names:
        for each in (False, True):
            if name == "ReLU" and each:
                continue
            found = accuracies(name, range(args.seeds), each)
            kind = "none" if name == "ReLU" else "each channel" if each else "one"
            shares = ", ".join(f"{100 * share:.1f}" for share in found)
            print(f"| {name} | {kind} | {100 * median(found):.2f} % | {shares} |", flush=True)


if __name__ == "__main__":
    main()
