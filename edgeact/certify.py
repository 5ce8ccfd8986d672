"""Sweeps over all 2^32 float32 inputs, and the certificates they leave.

A sweep compares a kernel with the registry's formula evaluated in double, which is accurate to
2^-40: far below what separates a kept bound from a broken one. The worst inputs it finds are
measured again with MPFR, and those numbers are the certificate's.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from edgeact import _registry
from edgeact._registry import ffi, lib

ALL_INPUTS = 1 << 32
CHUNK = 1 << 22  # inputs between two looks at the progress
WORST = 32  # inputs that a certificate keeps for replay

Progress = Callable[[int], None]


@dataclass
class Sweep:
    """What one isa's kernel did on the inputs tried.

    Attributes:
        max_ulp, max_ulp_at: the largest error in ULP, by MPFR, and the input's bits in hex.
        max_abs, max_abs_at: the largest absolute error and its input.
        broken, broken_at: outputs that lose a NaN, leave the range, miss a limit or a zero's sign.
        worst: the inputs with the largest errors in ULP, worst first.
        date, machine: when and on what CPU.
    """

    tried: int
    max_ulp: float
    max_ulp_at: str
    max_abs: float
    max_abs_at: str
    broken: int
    broken_at: str
    worst: list[str]
    date: str
    machine: str


@dataclass
class Certificate:
    """The sweeps of one activation and tier, by isa."""

    activation: str
    tier: str
    dtype: str
    bound: float
    sweeps: dict[str, Sweep]

    @property
    def kept(self) -> bool:
        """Whether every sweep kept the bound and every rule."""
        return all(s.max_ulp <= self.bound and s.broken == 0 for s in self.sweeps.values())

    def save(self, path: Path) -> None:
        """Write as JSON, whole or not at all; sweeps of other isas that it held stay."""
        held = Certificate.load(path).sweeps if path.exists() else {}
        merged = replace(self, sweeps=held | self.sweeps)
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(merged), indent=1) + "\n", encoding="utf-8")
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Certificate:
        """Read what :meth:`save` wrote."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        sweeps = {isa: Sweep(**sweep) for isa, sweep in raw.pop("sweeps").items()}
        return cls(sweeps=sweeps, **raw)


def evaluate(
    name: str, tier: str, isa: str, x: npt.NDArray[np.float32], *params: float
) -> npt.NDArray[np.float32]:
    """Run one isa's kernel, whichever isa the ufuncs use.

    Args:
        x: contiguous float32, any shape.
        params: one value each; the defaults where none are given.

    >>> evaluate("relu", "fast", "scalar", np.float32([-1, 2]))
    array([0., 2.], dtype=float32)
    """
    act = _registry.find(name)
    tier_index, float32 = _registry.TIERS.index(tier), 0
    kernel = lib.edgeact_lookup(act, tier_index, float32, _registry.find_isa(isa))
    if kernel == ffi.NULL:
        raise ValueError(f"{name} has no kernel of tier {tier!r}")
    y = np.empty_like(x)
    values = np.array(params or _defaults(name), np.float32)
    inputs = [ffi.from_buffer(x), *(ffi.from_buffer(v) for v in values.reshape(-1, 1))]
    args = ffi.new("char *[]", [ffi.cast("char *", p) for p in [*inputs, ffi.from_buffer(y)]])
    steps = ffi.new("ptrdiff_t[]", [4, *(0 for _ in values), 4])
    kernel(args, steps, x.size)
    return y


def sweepable() -> list[str]:
    """The activations of one variable, whose parameters all have a default."""
    names = _registry.activations()
    return [n for n in names if None not in _registry.spec(n).params.values()]


def _defaults(name: str) -> list[float]:
    """Each parameter's default; 1 for a scale and 0 for a shift that have none."""
    params = _registry.spec(name).params
    return [float(p.startswith("scale")) if v is None else v for p, v in params.items()]


def _bits(x: int) -> np.float32:
    return np.uint32(x).view(np.float32)


def _sweeps(
    name: str, tier: str, isas: list[str], stride: int, progress: Progress
) -> dict[str, Sweep]:
    act, rows = _registry.find(name), [_registry.find_isa(isa) for isa in isas]
    params = ffi.new("double[]", _defaults(name) or [0.0])
    total = -(-ALL_INPUTS // stride)

    def chunk(first: int) -> Any:
        results = ffi.new("edgeact_sweep_result[]", len(rows))
        count = min(CHUNK, total - first)
        lib.edgeact_sweep(
            act,
            _registry.TIERS.index(tier),
            ffi.new("edgeact_isa *[]", rows),
            len(rows),
            params,
            first * stride,
            stride % ALL_INPUTS,
            count,
            results,
        )
        progress(count)
        return results

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        chunks = list(pool.map(chunk, range(0, total, CHUNK)))
    return {isa: _merge(name, tier, isa, [c[k] for c in chunks]) for k, isa in enumerate(isas)}


def _merge(name: str, tier: str, isa: str, results: list[Any]) -> Sweep:
    """What the chunks of a sweep found, the worst inputs measured again with MPFR."""
    worst = sorted(results, key=lambda r: -r.max_ulp)[:WORST]
    measured = {f"{r.max_ulp_at:08x}": _measure(name, tier, isa, r.max_ulp_at) for r in worst}
    order = sorted(measured, key=lambda at: -measured[at])
    largest = max(results, key=lambda r: r.max_abs)
    broken = [r for r in results if r.broken]
    return Sweep(
        tried=sum(r.tried for r in results),
        max_ulp=measured[order[0]],
        max_ulp_at=order[0],
        max_abs=largest.max_abs,
        max_abs_at=f"{largest.max_abs_at:08x}",
        broken=sum(r.broken for r in broken),
        broken_at=f"{broken[0].broken_at:08x}" if broken else "",
        worst=order,
        date=date.today().isoformat(),
        machine=f"{platform.machine()} {_cpu()}".strip(),
    )


def _measure(name: str, tier: str, isa: str, bits: int) -> float:
    """The error in ULP at one input, by MPFR."""
    from edgeact import reference

    x = _bits(bits)
    y = evaluate(name, tier, isa, np.array([x]))[0]
    truth = reference.exact(name, float(x), *_defaults(name))
    return float(reference.ulp_error(float(y), truth, "float32"))


def certify(
    name: str,
    tier: str = "fast",
    isas: list[str] | None = None,
    stride: int = 1,
    progress: Progress = lambda _: None,
) -> Certificate:
    """Sweep every ``stride``-th of the 2^32 float32 inputs, in bit order, with all CPUs.

    Args:
        isas: those to sweep; by default all that run here.
        progress: called with the number of inputs done since the last call, from any thread.

    Raises:
        ValueError: no such activation, tier or isa, or a stride below 1.

    >>> certify("relu", stride=1 << 16).kept
    True
    """
    if stride < 1:
        raise ValueError(f"stride {stride} is below 1")
    if tier not in _registry.TIERS:
        raise ValueError(f"no tier {tier!r}; there are {', '.join(_registry.TIERS)}")
    bounds = _registry.spec(name).bounds
    if (tier, "float32") not in bounds:
        raise ValueError(f"{name} has no kernel of tier {tier!r}")
    return Certificate(
        activation=name,
        tier=tier,
        dtype="float32",
        bound=bounds[tier, "float32"].ulp,
        sweeps=_sweeps(name, tier, isas or _registry.isas(), stride, progress),
    )


def _cpu() -> str:
    """The CPU's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((li.split(":")[1].strip() for li in lines if li.startswith("model name")), "")


def inputs(stride: int) -> Iterator[npt.NDArray[np.float32]]:
    """Every ``stride``-th float32 in bit order, in arrays of at most ``CHUNK``."""
    for first in range(0, ALL_INPUTS, stride * CHUNK):
        last = min(first + stride * CHUNK, ALL_INPUTS)
        yield np.arange(first, last, stride, dtype=np.uint32).view(np.float32)
