"""The fastest kernel that is accurate enough, by what kernels cost on each isa."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from time import perf_counter_ns

import numpy as np

from edgeact import _registry
from edgeact._kernels import Kernel, kernel, kernels
from edgeact._registry import Bound

COSTS = "costs.json"
_SIZE = 4096  # floats: input and output fit into any first-level cache
_CALLS, _TURNS = 20, 7


def pick(
    name: str,
    *,
    max_abs: float | None = None,
    max_ulp: float | None = None,
    measure: bool = False,
) -> np.ufunc:
    """The fastest float32 kernel of the isa in use whose bound is within a limit, as a ufunc.

    What is fastest was measured, each isa on one machine (costs.json, written by
    tools/measure_costs.py), with arrays in the first-level cache.

    Args:
        max_abs: the largest error, times max(1, |x|, |f(x)|): floats that are far apart can hold
            no absolute one. Where the first parameter scales the result, times that, too, as
            :meth:`edgeact.Bound.unit` has it.
        max_ulp: the largest error in ULP. If both are given, both count.
        measure: time the kernels that will do on this machine, some milliseconds, instead. So it is
            on an isa without measured costs.

    Raises:
        ValueError: no such activation, no limit, a limit that is negative or NaN, or no kernel that
            keeps it.

    >>> import edgeact as ea
    >>> ea.pick("gelu", max_abs=1e-3)(np.float32([-np.inf, 10]))
    array([-0., 10.], dtype=float32)
    >>> ea.pick("gelu", max_ulp=0.5) is ea.kernel("gelu", tier="exact", method="double")
    True
    """
    limits = {"max_abs": max_abs, "max_ulp": max_ulp}
    if all(limit is None for limit in limits.values()):
        raise ValueError("pick needs max_abs or max_ulp")
    for limit, value in limits.items():
        if value is not None and not value >= 0:
            raise ValueError(f"{limit}={value} is no limit of an error")
    isa = _registry.info()["isa"]
    held = [k for k in kernels(name) if (k.isa, k.dtype) == (isa, "float32")]
    able = [
        k
        for k in held
        if (max_abs is None or absolute(k.bound) <= max_abs)
        and (max_ulp is None or (k.bound.ulp if not k.bound.abs else np.inf) <= max_ulp)
    ]
    if not able:
        wanted = ", ".join(f"{limit}={v:g}" for limit, v in limits.items() if v is not None)
        best = min(held, key=lambda k: absolute(k.bound))
        raise ValueError(
            f"no kernel of {name} keeps {wanted}: the best, tier {best.tier}, keeps "
            f"{best.bound.ulp:g} ULP, an absolute error of {absolute(best.bound):.2g}"
        )
    known = {} if measure else costs(isa).get(able[0].activation, {})
    fastest = min(able, key=lambda k: known.get(label(k)) or cost(k))
    return ufunc(fastest)


def absolute(bound: Bound) -> float:
    """The largest error of a float32 kernel in units of max(1, |x|, |f(x)|).

    >>> absolute(Bound(2, "exhaustive")) == 2 * 2.0**-23
    True
    """
    return bound.abs or bound.ulp * float(np.finfo(np.float32).eps)


def ufunc(k: Kernel) -> np.ufunc:
    """The ufunc of a kernel."""
    return kernel(k.activation, tier=k.tier, method=k.method, isa=k.isa)


def label(k: Kernel) -> str:
    """The name of a kernel in costs.json, within its isa and activation."""
    return f"{k.tier} {k.method}"


@lru_cache
def costs(isa: str) -> dict[str, dict[str, float]]:
    """ns an element by activation and :func:`label`, as measured for an isa; none: empty."""
    table = json.loads(files("edgeact").joinpath(COSTS).read_text(encoding="utf-8"))
    held: dict[str, dict[str, float]] = table["ns"].get(isa, {})
    return held


def cost(k: Kernel) -> float:
    """ns an element on this machine now: the best of some turns over 4096 floats in [-8, 8]."""
    call, params = ufunc(k), _registry.spec(k.activation).params.values()
    x = np.linspace(-8, 8, _SIZE, dtype=np.float32)
    values = [x if value is None else np.float32(value) for value in params]
    out, best = np.empty_like(x), np.inf
    for _ in range(_TURNS):
        start = perf_counter_ns()
        for _ in range(_CALLS):
            call(x, *values, out=out)
        best = min(best, (perf_counter_ns() - start) / (_CALLS * _SIZE))
    return float(best)
