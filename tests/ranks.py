"""Trains on scikit-learn's digits: one process on whole batches, or each rank on its share of them.

torchrun --standalone --nproc-per-node 2 ranks.py FOLDER
"""

import copy
import sys
from pathlib import Path

import torch
import torch.distributed as dist
from sklearn.datasets import load_digits
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel, fully_shard
from torch.nn.parallel import DistributedDataParallel

from edgeact.torch import (
    Adaptive,
    CubicSpline,
    GatedPolynomial,
    PiecewiseLinear,
    PReLU,
    Rational,
    Swish,
)

STEPS, BATCH = 28, 64
EPOCHS = 2
KINDS = "ddp", "fully_shard", "fsdp"


def network():
    """Every activation that learns, for all elements and for each channel, and the adaptive one."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(64, 16),
        GatedPolynomial(16),
        Adaptive(16),
        nn.Linear(16, 16),
        Rational(16),
        CubicSpline(),
        nn.Linear(16, 16),
        Adaptive(),
        PiecewiseLinear(16),
        Swish(16),
        PReLU(),
        nn.Linear(16, 10),
    ).double()


def batches():
    """Images and labels, as many as there are steps."""
    data = load_digits()
    x, y = torch.tensor(data.data) / 16, torch.tensor(data.target)
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(1))
    for chosen in order[: STEPS * BATCH].split(BATCH):
        yield x[chosen], y[chosen]


def train(model, share=slice(None)):
    """The losses, and the gradients of the first step by name."""
    optimizer = torch.optim.Adam(model.parameters(), 2e-2)
    losses, first = [], {}
    for x, y in [*batches()] * EPOCHS:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x[share]), y[share])
        loss.backward()
        losses.append(loss.item())
        if not first:
            named = model.named_parameters()
            first = {name: whole(p.grad) for name, p in named if p.grad is not None}
        optimizer.step()
    return losses, first


def whole(tensor):
    """Of all ranks."""
    full = getattr(tensor, "full_tensor", tensor.clone)
    return full().detach()


def uneven(rank):
    """Statistics of batches of which one rank has more, and then one has none."""
    group = None if rank is None else dist.group.WORLD
    module = copy.deepcopy(Adaptive(3, process_group=group, dtype=torch.float64))
    x = torch.randn(13, 3, generator=torch.Generator().manual_seed(2), dtype=torch.float64) ** 3
    shares = [[x, x]] if rank is None else zip(x.split([10, 3]), x.split([13, 0]), strict=True)
    parts = list(shares)[rank or 0]
    for part in parts:
        module(2 + 3 * part)
    alone = Adaptive(3, sync=False, dtype=torch.float64)
    alone(parts[0])
    return {"joined": module.state_dict(), "alone": alone.state_dict()}


def wrapped(kind):
    """The network as one of torch's engines has it."""
    model = network()
    if kind == "ddp":
        return DistributedDataParallel(model)
    if kind == "fsdp":
        return FullyShardedDataParallel(model, device_id=torch.device("cpu"), use_orig_params=True)
    for layer in model:
        fully_shard(layer)
    return fully_shard(model)


def main(folder):
    torch.set_num_threads(1)
    dist.init_process_group("gloo")
    rank, world = dist.get_rank(), dist.get_world_size()
    made = {"uneven": uneven(rank)}
    for kind in KINDS:
        model = wrapped(kind)
        losses, first = train(model, slice(rank * BATCH // world, (rank + 1) * BATCH // world))
        if kind == "fsdp":
            first = {}  # pieces of several parameters
            with FullyShardedDataParallel.summon_full_params(model):
                state = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            state = {name: whole(value) for name, value in model.state_dict().items()}
        made[kind] = {"losses": losses, "first": plain(first), "state": plain(state)}
    torch.save(made, Path(folder) / f"{rank}.pt")
    dist.destroy_process_group()


def plain(named):
    return {name.removeprefix("module."): value for name, value in named.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
