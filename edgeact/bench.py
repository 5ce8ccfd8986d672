"""How long the activations take on this machine, beside whatever else is installed.

>>> held = run(["relu"], sizes=(256,), rounds=3, peers=False)
>>> [cell.label for cell in held.groups[0].cells]
['fast', 'exact', 'copy']
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

import edgeact
from edgeact import _peers, _registry, certify
from edgeact._peers import Call, Make

Array = npt.NDArray[Any]

SIZES = (16, 2**10, 2**16, 2**20, 2**24)
ROUNDS = 15
_ROW = 1024  # the length of the rows of softmax and log_softmax
_SECONDS = 2e-3  # a round of one candidate lasts at least so long ...
_LONG = 0.25  # ... and where one call takes longer than this, there are three rounds
# The first factor is the activation's value at the gate, the second an array of its own.
GATED = {"reglu": "relu", "swiglu": "silu", "geglu": "gelu", "geglu_tanh": "gelu_tanh"}


@dataclass(frozen=True)
class Cell:
    """One candidate at one size.

    Attributes:
        label: a tier of edgeact, a peer, "copy" (np.copyto), or "two passes" of a gated function.
        ns: a value, the median of the rounds; low and high: their quartiles.
        ulp, at: largest error in ULP over inputs of every exponent, and that input; None where it
            was not judged.
        absolute: largest absolute error for |x| <= 10.
    """

    label: str
    ns: float
    low: float
    high: float
    ulp: float | None = None
    at: float | None = None
    absolute: float | None = None


@dataclass(frozen=True)
class Group:
    """An activation at one size: the candidates took turns, on the same input.

    Attributes:
        best_peer: the fastest of the peers; "" where there is none.
        ratio, ratio_low, ratio_high: its time over that of tier fast, the median of the rounds'
            ratios and their quartiles: above 1 edgeact is faster.
    """

    activation: str
    size: int
    cells: tuple[Cell, ...]
    best_peer: str
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


@dataclass(frozen=True)
class Benchmark:
    """What `run` measured, on what.

    Attributes:
        machine: CPU, isa, versions.
        dtype: of the arrays.
        threads: how many each candidate had.
    """

    machine: dict[str, str]
    dtype: str
    threads: int
    groups: tuple[Group, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def names() -> list[str]:
    """What is timed: activations at their defaults, gated functions, functions of rows."""
    return [*one_variable(), *GATED, *_registry.rowwise()]


def one_variable() -> list[str]:
    """The activations of one variable whose parameters all have a default."""
    return [name for name in certify.sweepable() if "_grad" not in name]


def derivatives() -> list[str]:
    """What can be timed as well: derivatives at default parameters."""
    return [name for name in certify.sweepable() if "_grad" in name]


def run(
    wanted: Sequence[str] = (),
    sizes: Sequence[int] = SIZES,
    threads: int = 1,
    dtype: str = "float32",
    rounds: int = ROUNDS,
    peers: bool = True,
    advance: Callable[[str], None] = lambda what: None,
) -> Benchmark:
    """Time the tiers of activations beside their peers, and judge the errors of all on the same
    points.

    Args:
        wanted: of `names` or `derivatives`; all of `names` where none is given.
        sizes: values in the arrays; functions of rows have rows of 1,024, or one that is shorter.
        threads: for each candidate; with one, the process is bound to one processor meanwhile.
        dtype: "float32", or "float16", in which of the peers ONNX Runtime alone is asked.
        rounds: how often each candidate has its turn, at least three.
        peers: whether what else is installed is timed.
        advance: called with what is next, once for each activation and size.

    Raises:
        ImportError: errors are judged by gmpy2: ``pip install "edgeact[certify]"``.
        ValueError: an unknown name, dtype or number.
    """
    known = names() + derivatives()
    for name in wanted:
        if name not in known:
            raise ValueError(f"{name!r} cannot be timed; there are {', '.join(known)}")
    for size in sizes:
        if size < 1:
            raise ValueError(f"size {size}: at least one value is needed")
    if dtype not in ("float32", "float16"):
        raise ValueError(f"dtype {dtype!r} is not float32 or float16")
    if rounds < 3 or threads < 1:
        raise ValueError(f"rounds {rounds}, threads {threads}: at least 3 and 1 are needed")
    groups = []
    with bound_to(threads):
        for name in wanted or names():
            makes = _makes(name, threads, dtype, peers)
            errors = _errors_of(name, makes, dtype)
            for size in sizes:
                advance(f"{name}, {size}")
                groups.append(_group(name, size, dtype, makes, errors, rounds))
    return Benchmark(machine(), dtype, threads, tuple(groups))


def machine() -> dict[str, str]:
    """What the numbers are measured on."""
    facts = edgeact.info()
    return {
        "CPU": facts["cpu"] or facts["machine"],
        "processors": str(facts["cpus"]),
        "instruction set": facts["isa"],
        "system": platform.platform(),
        "compiler": facts["compiler"],
        "edgeact": facts["version"],
        "Python": platform.python_version(),
        "date": date.today().isoformat(),
    } | _peers.versions()


@contextmanager
def bound_to(threads: int) -> Iterator[None]:
    """On one processor where one thread is asked for: not every peer can be told."""
    affinity = getattr(os, "sched_getaffinity", None)
    before = affinity(0) if affinity else set()
    had = edgeact.get_num_threads()
    try:
        if affinity and threads == 1:
            os.sched_setaffinity(0, {min(before)})
        edgeact.set_num_threads(threads)
        yield
    finally:
        if affinity:
            os.sched_setaffinity(0, before)
        edgeact.set_num_threads(had)


def _makes(name: str, threads: int, dtype: str, peers: bool) -> dict[str, Make]:
    """The candidates: the tiers, the peers, a copy."""
    makes: dict[str, Make] = {}
    if name in _registry.rowwise():
        makes["fast"] = partial(ours, getattr(edgeact, name), ())
    else:
        params = () if name in GATED else certify.defaults(name)
        for tier, module in (
            ("fast", edgeact),
            ("exact", edgeact.exact),
            ("coarse", edgeact.coarse),
        ):
            if name in _registry.activations(tier):
                made = _gated if name in GATED else ours
                makes[tier] = partial(made, getattr(module, name), params)
    if name in GATED:
        makes["two passes"] = partial(_two_passes, getattr(edgeact, GATED[name]))
    if peers:
        makes |= _peers.peers(name, threads, dtype)
    makes["copy"] = lambda x, out: partial(np.copyto, out, x)
    return makes


def ours(ufunc: np.ufunc, params: Sequence[float], x: Array, out: Array) -> Call:
    return partial(ufunc, x, *map(np.float32, params), out=out)


def _up(x: Array) -> Array:
    return np.random.default_rng(1).normal(0, 3, x.shape).astype(x.dtype)


def _gated(ufunc: np.ufunc, _: Sequence[float], x: Array, out: Array) -> Call:
    return partial(ufunc, x, _up(x), out=out)


def _two_passes(ufunc: np.ufunc, x: Array, out: Array) -> Call:
    up = _up(x)
    return lambda: np.multiply(ufunc(x, out=out), up, out=out)


def _errors_of(
    name: str, makes: Mapping[str, Make], dtype: str
) -> dict[str, tuple[float, float, float]]:
    """Largest error in ULP, the input where it is, and largest absolute error for |x| <= 10."""
    if name in GATED or name in _registry.rowwise():
        return {}  # certified elsewhere: they have no error of one input
    from edgeact import _errors

    x = _errors.inputs(dtype=dtype)
    truth = _errors.truths(name, x, *certify.defaults(name))
    judged = {label: make for label, make in makes.items() if label != "copy"}
    return {label: _errors.worst(x, values(make, x), truth) for label, make in judged.items()}


def values(make: Make, x: Array) -> Array:
    """What a candidate computes."""
    out = np.empty_like(x)
    with np.errstate(all="ignore"):
        y = make(x, out)()
    return (out if y is None else np.asarray(y)).reshape(x.shape).astype(x.dtype, copy=False)


def _group(
    name: str,
    size: int,
    dtype: str,
    makes: Mapping[str, Make],
    errors: Mapping[str, tuple[float, float, float]],
    rounds: int,
) -> Group:
    shape: tuple[int, ...] = (size,)
    if name in _registry.rowwise():
        shape = (max(1, size // _ROW), min(size, _ROW))
    x = np.random.default_rng(0).normal(0, 3, shape).astype(dtype)
    # One for all: how fast an array can be written to depends on the pages that it happens to have.
    out = np.empty_like(x)
    calls = {label: make(x, out) for label, make in makes.items()}
    seconds = in_turns(calls, rounds)
    cells = []
    for label, held in seconds.items():
        low, middle, high = (s / x.size * 1e9 for s in statistics.quantiles(held, n=4))
        cells.append(Cell(label, middle, low, high, *errors.get(label, (None, None, None))))
    ours = {"fast", "exact", "coarse", "copy"}
    rivals = [cell for cell in cells if cell.label not in ours]
    if not rivals:
        return Group(name, x.size, tuple(cells), "", None, None, None)
    best = min(rivals, key=lambda cell: cell.ns).label
    ratios = [p / q for p, q in zip(seconds[best], seconds["fast"], strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return Group(name, x.size, tuple(cells), best, middle, low, high)


def in_turns(calls: Mapping[str, Call], rounds: int) -> dict[str, list[float]]:
    """Seconds of a call, in each of the rounds in which they take turns."""
    seconds: dict[str, list[float]] = {label: [] for label in calls}
    with np.errstate(all="ignore"):  # NumPy's forms overflow
        times = {label: _times(call) for label, call in calls.items()}
        slowest = max(estimate for _, estimate in times.values())
        for _ in range(rounds if slowest < _LONG else 3):
            for label, call in calls.items():
                count = times[label][0]
                start = time.perf_counter()
                for _ in range(count):
                    call()
                seconds[label].append((time.perf_counter() - start) / count)
    return seconds


def _times(call: Call) -> tuple[int, float]:
    """How many calls a round has, and about how long one takes; it warms up, too."""
    call()
    start = time.perf_counter()
    call()
    estimate = max(time.perf_counter() - start, 1e-7)
    return max(1, int(np.ceil(_SECONDS / estimate))), estimate
