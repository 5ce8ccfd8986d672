"""Build edgeact's CUDA library, verify its kernels bit by bit, and time them: in one go.

    python tools/cuda_check.py [--stage build|sample|torch|all|time ...] [--names gelu,...]
                               [--seconds N]

For a machine with a GPU, nvcc and PyTorch; it needs no network. Stages, each of which runs alone:

    build   compile the library, unless edgeact was installed with it
    sample  every activation, derivative and row-wise function in every tier and dtype: all numbers
            of 16 bits, a sample of the others, through NumPy arrays
    torch   PyTorch's operators of edgeact on CUDA tensors, forward and backward
    all     all 2^32 float32 inputs of those of one variable, as long as --seconds lasts (300)
    time    beside PyTorch's kernels and the device's own rate of copying

The truth is the CPU's bits, of an isa with FMA that has no method of its own; those are pinned in
tests/bits.txt and checked there. Exits with 1 where a bit differs, 2 where it cannot run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import edgeact as ea
from edgeact import _registry, certify, cuda
from edgeact.cuda import _library

FMA = next(isa for isa in ("avx2", "neon", "scalar") if isa in _registry.isas())
PIECE = 1 << 26  # inputs at a time
STAGES = ("build", "sample", "torch", "all", "time")


def truth_isa(name: str, tier: str, dtype: str) -> str:
    """The isa that has the bits of the kernel on a device: plain C where FMA has a method of its
    own, though it takes long over an FMA."""
    own = tier == "fast" and dtype != "float64" and FMA in _registry.spec(name).own
    return "scalar" if own else FMA


def bits(y: Any) -> Any:
    """As integers, all NaNs being one of them."""
    whole = y.view(f"u{y.itemsize}").copy()
    with np.errstate(invalid="ignore"):
        whole[np.isnan(y)] = np.iinfo(whole.dtype).max
    return whole


def dtype_of(name: str) -> Any:
    return _registry.BFLOAT16 if name == "bfloat16" else np.dtype(name)


def sample(dtype: str) -> Any:
    """All numbers of 16 bits, or every 9973rd float32, or 2^19 numbers over all of float64."""
    if dtype == "float32":
        return np.arange(0, 1 << 32, 9973, dtype=np.uint64).astype(np.uint32).view(np.float32)
    if dtype == "float64":
        step = np.uint64(0x9E3779B97F4A7C15)
        with np.errstate(over="ignore"):
            return (np.arange(1 << 19, dtype=np.uint64) * step).view(np.float64)
    return np.arange(1 << 16, dtype=np.uint16).view(dtype_of(dtype))


def cases(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Name, tier and dtype of each kernel."""
    for name in names or _registry.activations():
        for tier, dtype in _registry.spec(name).bounds:
            no_fma64 = dtype == "float64" and FMA == "scalar"
            missing = dtype == "bfloat16" and _registry.BFLOAT16 is None
            if tier in ("fast", "exact") and not no_fma64 and not missing:
                yield name, tier, dtype


def operands(name: str, x: Any) -> list[Any]:
    """Parameters at their defaults; a tensor that is x in another order."""
    spec = _registry.spec(name)
    values: list[Any] = [1.0 if v is None else v for v in spec.params.values()]
    return [x[::-1].copy() if i < spec.tensors else value for i, value in enumerate(values)]


def on_cpu(name: str, tier: str, x: Any, given: list[Any]) -> Any:
    """The kernel's truth."""
    wide = np.float32 if x.dtype.itemsize == 2 else x.dtype.type
    tensors = _registry.spec(name).tensors
    typed = [value if i < tensors else wide(value) for i, value in enumerate(given)]
    with np.errstate(all="ignore"):
        isa = truth_isa(name, tier, "float64" if wide is np.float64 else "float32")
        return ea.kernel(name, tier=tier, isa=isa)(x, *typed)


def verify_sample(names: list[str]) -> tuple[int, list[str]]:
    """How many kernels were tried, and what differs."""
    tried, wrong = 0, []
    for name, tier, dtype in cases(names):
        x = sample(dtype)
        given = operands(name, x)
        differ = bits(getattr(cuda, name)(x, *given, tier=tier)) != bits(
            on_cpu(name, tier, x, given)
        )
        tried += 1
        if differ.any():
            at = x[differ][0]
            wrong.append(f"{name} {tier} {dtype}: {differ.sum()} results differ, first at {at!r}")
    for name in _registry.rowwise() if not names else []:
        for dtype in ("float32", "float16", "bfloat16"):
            if dtype == "bfloat16" and _registry.BFLOAT16 is None:
                continue
            for n in (1, 31, 1000, 4097, 70_001):
                x = np.random.default_rng(n).normal(0, 3, (3, n)).astype(dtype_of(dtype))
                y = _registry.run_rows(name, FMA, x)
                dx = _registry.run_rows(name, FMA, x, y)
                for found, truth, what in (
                    (getattr(cuda, name)(x), y, name),
                    (getattr(cuda.backward, name)(x, y), dx, f"{name} backward"),
                ):
                    tried += 1
                    if (bits(found) != bits(truth)).any():
                        wrong.append(f"{what} {dtype}: a row of {n} differs")
    return tried, wrong


def verify_operators(names: list[str], device: str = "cuda") -> tuple[int, list[str]]:
    """How many of torch.ops.edgeact were tried, and what is not as PyTorch's own in float64."""
    import torch

    from edgeact.torch import ops
    from edgeact.torch._formulas import FORMULAS

    generator, tried, wrong = torch.Generator().manual_seed(20481), 0, []
    for name, op in ops.OPS.items():
        if names and name not in names:
            continue
        tried += 1
        count, numbers = len(op.tensors), [1.5 if v is None else v for v in op.floats.values()]
        x = torch.empty(count, 1000).uniform_(-0.9, 3, generator=generator)
        here, there = (t.clone().requires_grad_() for t in (x.to(device), x.double()))
        y = getattr(torch.ops.edgeact, name)(*here, *numbers)
        truth = FORMULAS[name](*there, *numbers)
        y.sum().backward()
        truth.sum().backward()
        for what, found, expected in (("", y, truth), (" backward", here.grad, there.grad)):
            try:
                torch.testing.assert_close(found.cpu(), expected.float())
            except AssertionError as error:
                wrong.append(f"torch.ops.edgeact.{name}{what}: {error}")
    return tried, wrong


def verify_all(names: list[str], seconds: float) -> tuple[list[str], list[str], list[str]]:
    """What was tried on all inputs, what was not for want of time, and what differs."""
    import torch

    kernels = [
        (name, tier)
        for tier in ("fast", "exact")
        for name in certify.sweepable(tier)
        if (not names or name in names) and not _registry.spec(name).tensors
    ]
    done, left, wrong, end = [], [], [], time.monotonic() + seconds
    host = torch.empty(PIECE, dtype=torch.float32, pin_memory=True)
    for name, tier in kernels:
        if time.monotonic() > end:
            left.append(f"{name} {tier}")
            continue
        differing = 0
        for first in range(0, 1 << 32, PIECE):
            x = torch.arange(first, first + PIECE, device="cuda").to(torch.int32)
            y = getattr(cuda, name)(x.view(torch.float32), tier=tier)
            inputs = np.arange(first, first + PIECE, dtype=np.int64).astype(np.uint32)
            host.numpy()[:] = on_cpu(name, tier, inputs.view(np.float32), operands(name, inputs))
            truth = host.to("cuda", non_blocking=True)
            same = (y.view(torch.int32) == truth.view(torch.int32)) | (y.isnan() & truth.isnan())
            differing += PIECE - int(same.sum())
        done.append(f"{name} {tier}")
        if differing:
            wrong.append(f"{name} {tier} float32: {differing} of 2^32 results differ")
        print(f"  {name} {tier}: {differing or 'none'} of 2^32 differ", file=sys.stderr)
    return done, left, wrong


def peers() -> dict[str, Callable[[Any], Any]]:
    """PyTorch's own kernels."""
    import torch
    from torch.nn import functional as f

    return {
        "relu": torch.relu,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "erf": torch.erf,
        "exp": torch.exp,
        "gelu": f.gelu,
        "gelu_tanh": lambda x: f.gelu(x, approximate="tanh"),
        "silu": f.silu,
        "mish": f.mish,
        "softplus": f.softplus,
        "elu": f.elu,
        "hardswish": f.hardswish,
        "softmax": lambda x: torch.softmax(x, -1),
    }


def timed(run: Callable[[], Any]) -> float:
    """The time of a run in milliseconds: the median of 15 times so many in a row that the device
    need not wait for the host."""
    import torch

    in_a_row = 10
    for _ in range(3):
        run()
    times = []
    for _ in range(15):
        before, after = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        before.record()
        for _ in range(in_a_row):
            run()
        after.record()
        after.synchronize()
        times.append(before.elapsed_time(after) / in_a_row)
    return float(np.median(times))


def times(names: list[str]) -> list[str]:
    """A table in Markdown, a line each."""
    import torch

    lines = [f"{torch.cuda.get_device_name()}; torch {torch.__version__}; 2^26 values, of softmax"]
    lines += ["rows of 1024; GB/s read and written, and the part of the rate of a copy", ""]
    lines += ["| activation | dtype | copy | fast | exact | PyTorch |", "|---|---|---|---|---|---|"]
    for dtype in (torch.float32, torch.float16):
        x = torch.randn(1 << 16, 1024, device="cuda").to(dtype)
        y, gigabytes = torch.empty_like(x), 2 * x.nbytes / 1e6  # per millisecond
        copy = gigabytes / timed(lambda x=x, y=y: y.copy_(x))
        for name, peer in peers().items():
            if names and name not in names:
                continue
            own = getattr(cuda, name)
            runs = {
                "fast": lambda x=x, y=y, own=own: own(x, out=y),
                "PyTorch": lambda x=x, p=peer: p(x),
            }
            if name != "softmax":
                runs["exact"] = lambda x=x, y=y, own=own: own(x, out=y, tier="exact")
            rate = {what: gigabytes / timed(run) for what, run in runs.items()}
            cells = [
                f"{rate[what]:.0f} ({rate[what] / copy:.0%})" if what in rate else "-"
                for what in ("fast", "exact", "PyTorch")
            ]
            kind = str(dtype).removeprefix("torch.")
            lines.append(f"| {name} | {kind} | {copy:.0f} | " + " | ".join(cells) + " |")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stage", action="append", choices=STAGES, help="repeatable")
    parser.add_argument("--names", default="", help="activations, with commas between them")
    parser.add_argument("--seconds", type=float, default=300, help="for the stage all")
    given = parser.parse_args()
    stages, names = given.stage or list(STAGES), [n for n in given.names.split(",") if n]
    wrong: list[str] = []
    try:
        if "build" in stages and _library.find_library() is None:
            start = time.monotonic()
            path = cuda.build(advance=lambda what: print(f"  {what}", file=sys.stderr))
            print(f"built {path} in {time.monotonic() - start:.0f} s")
        if not cuda.available():
            raise cuda.CudaError(str(cuda.available()))
        if "sample" in stages:
            tried, wrong = verify_sample(names)
            print(f"sample: {tried} kernels tried, {len(wrong)} differ from the CPU")
        if "torch" in stages:
            tried, differ = verify_operators(names)
            wrong += differ
            print(f"torch: {tried} operators tried, {len(differ)} results are wrong")
        if "all" in stages:
            done, left, differ = verify_all(names, given.seconds)
            wrong += differ
            print(f"all 2^32: {len(done)} kernels tried, {len(differ)} differ from the CPU")
            if left:
                print(f"not tried for want of time: {', '.join(left)}")
        if "time" in stages:
            print("\n".join(times(names)))
    except (cuda.CudaError, ImportError, OSError, RuntimeError) as error:
        print(f"cuda_check: {error}", file=sys.stderr)
        return 2
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
