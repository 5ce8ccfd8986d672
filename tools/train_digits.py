"""Train a small network on scikit-learn's digits with each activation; medians over seeds.

One thread. For each seed the network, the split in halves and the batches are the same for all.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from statistics import median

import torch
from sklearn.datasets import load_digits
from torch import Tensor, nn

from edgeact.torch import (
    CubicSpline,
    GatedPolynomial,
    PiecewiseLinear,
    PReLU,
    Rational,
    Swish,
)

WIDTHS = 64, 32, 32, 10
EPOCHS, BATCH, RATE, DECAY = 40, 64, 3e-3, 1e-2
ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "ReLU": nn.ReLU,
    "GatedPolynomial": GatedPolynomial,
    "PReLU": PReLU,
    "Swish": Swish,
    "Rational": Rational,
    "PiecewiseLinear": PiecewiseLinear,
    "CubicSpline": CubicSpline,
}


def network(activation: Callable[[], nn.Module]) -> nn.Sequential:
    """Two hidden layers, each with an activation of its own."""
    layers: list[nn.Module] = []
    for i, o in zip(WIDTHS, WIDTHS[1:], strict=False):
        layers += [nn.Linear(i, o), activation()]
    return nn.Sequential(*layers[:-1])


def digits(seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Images and labels to train on, and to test on; pixels from 0 to 1."""
    data = load_digits()
    x, y = torch.tensor(data.data, dtype=torch.float32) / 16, torch.tensor(data.target)
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    train, test = order[: len(x) // 2], order[len(x) // 2 :]
    return x[train], y[train], x[test], y[test]


def train(activation: Callable[[], nn.Module], seed: int) -> tuple[nn.Sequential, float]:
    """The trained network, in eval mode, and its share of right answers on the test half."""
    x, y, x_test, y_test = digits(seed)
    torch.manual_seed(seed)
    model = network(activation)
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
    model.eval()
    with torch.no_grad():
        return model, float((model(x_test).argmax(1) == y_test).float().mean())


def main() -> None:
    """Print a row an activation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(ACTIVATIONS), metavar="NAME")
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    torch.set_num_threads(1)
    for name in args.names:
        t=time.time()
        found = sorted(train(ACTIVATIONS[name], seed)[1] for seed in range(args.seeds))
        print(name, f"{median(found):.4f}", [round(f,4) for f in found], f"{time.time()-t:.1f}", flush=True)


if __name__ == "__main__":
    main()
