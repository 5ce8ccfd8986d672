"""Error against time: what every kernel on this machine costs, and what it is worth.

`measure` times and judges the kernels of each activation, every tier, method and isa that runs
here, and what else is installed; `page` makes one page of it that needs nothing beside itself.
"""

from __future__ import annotations

import csv
import io
import math
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import edgeact
from edgeact import _naive, _registry
from edgeact.certify import Certificate

F32 = npt.NDArray[np.float32]
Call = Callable[[F32, F32], object]  # of x and out

SIZES = tuple(2**k for k in range(4, 23, 2))  # 16 to 4 million values
_AT = 2**16  # values: x and out stay in the second-level cache
_ROUNDS = 11
_SECONDS = 2e-3  # a round lasts at least so long
_PER_BINADE = 6


@dataclass(frozen=True)
class Candidate:
    """One way to compute an activation, on this machine.

    Attributes:
        label: tier, method and isa of a kernel, or the name of a peer.
        tier, method, isa: of a kernel of edgeact; "" for a peer.
        shown: whether its errors and speeds have curves: peers, and what the tiers run here.
        ns: a value, the median of rounds in turn with the others, on 65,536 of them.
        ulp, at: largest error in float32 ULP over inputs of every exponent, and that input.
        absolute: largest absolute error for |x| <= 10.
        pareto: whether no other is at least as fast and nearer, or as near and faster.
        errors: if shown, the error in ULP at each input.
        speeds: if shown, ns a value at each array length.
    """

    label: str
    tier: str
    method: str
    isa: str
    shown: bool
    ns: float
    ulp: float
    at: float
    absolute: float
    pareto: bool
    errors: tuple[float, ...] = field(repr=False)
    speeds: tuple[float, ...] = field(repr=False)


@dataclass(frozen=True)
class Activation:
    """What was measured of one activation.

    Attributes:
        formula, onnx, torch: as `edgeact.spec` has them.
        x: inputs of every exponent, in order.
        candidates: every way to compute it.
    """

    name: str
    formula: str
    onnx: str
    torch: str
    x: tuple[float, ...] = field(repr=False)
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Report:
    """All that a report shows.

    Attributes:
        machine: CPU, isa, versions, date.
        activations: what was measured.
        sizes: array lengths.
        floor: ns a value of a copy (np.copyto) and of relu, at each of them.
        trials: textbook forms beside edgeact's.
        certificates: of the sweeps of all inputs, where they are at hand.
    """

    machine: dict[str, str]
    activations: tuple[Activation, ...]
    sizes: tuple[int, ...]
    floor: dict[str, tuple[float, ...]]
    trials: tuple[_naive.Trial, ...]
    certificates: tuple[Certificate, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        held = asdict(self)
        for trial in held["trials"]:
            for key in ("x", "form_ulp", "ours_ulp"):
                trial[key] = trial[key].tolist()
        return held

    def to_csv(self) -> str:
        """A line for each candidate of each activation."""
        text = io.StringIO()
        columns = [f.name for f in fields(Candidate) if f.name not in ("errors", "speeds")]
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["activation", *columns])
        for held in self.activations:
            for candidate in held.candidates:
                writer.writerow([held.name, *(getattr(candidate, c) for c in columns)])
        return text.getvalue()


def reportable() -> list[str]:
    """The activations of one variable with defaults, without derivatives."""
    return [
        name
        for name in _registry.activations()
        if "_grad" not in name and None not in _registry.spec(name).params.values()
    ]


def measure(
    names: Sequence[str] = (),
    naive: Sequence[str] = (),
    peers: Callable[[str], dict[str, Call]] | None = None,
    certificates: Path | None = None,
    advance: Callable[[str], None] = lambda name: None,
) -> Report:
    """Measure on this machine, one thread.

    Args:
        names: activations of one variable; all where none is given.
        naive: whose textbook forms are tried, too.
        peers: what else computes an activation, by label.
        certificates: a folder with what `edgeact certify -o` wrote.
        advance: called with what is measured next, once for each of the names and naive.

    Raises:
        ImportError: gmpy2 is missing: ``pip install "edgeact[certify]"``.
        ValueError: no activation of one variable, or no textbook form, of that name.
    """
    wanted = [_registry.spec(name).name for name in names] or reportable()
    for name in wanted:
        if name not in reportable():
            raise ValueError(f"{name} is no activation of one variable with defaults")
    for name in naive:
        if name not in _naive.FORMS:
            raise ValueError(
                f"{name} has no textbook form here; there are {', '.join(_naive.FORMS)}"
            )
    activations, trials = [], []
    for name in wanted:
        advance(name)
        activations.append(_measure(name, peers(name) if peers else {}))
    for name in naive:
        advance(f"the textbook's {name}")
        trials.append(_naive.trial(name))
    sweeps = _certificates(certificates, wanted) if certificates else ()
    return Report(machine(), tuple(activations), SIZES, _floor(), tuple(trials), sweeps)


def _certificates(folder: Path, names: Sequence[str]) -> tuple[Certificate, ...]:
    paths = (folder / f"{name}.{tier}.json" for name in names for tier in _registry.TIERS)
    return tuple(Certificate.load(path) for path in paths if path.is_file())


def page(report: Report) -> str:
    """One HTML page: charts, tables that sort, light or dark as the reader has it; no network.

    Raises:
        ImportError: matplotlib is missing: ``pip install "edgeact[report]"``.
    """
    from edgeact._page import render

    return render(report)


def machine() -> dict[str, str]:
    """What the numbers were measured on."""
    facts = edgeact.info()
    return {
        "CPU": _cpu(),
        "processors": str(facts["cpus"]),
        "instruction set": facts["isa"],
        "system": platform.platform(),
        "edgeact": facts["version"],
        "NumPy": np.__version__,
        "Python": platform.python_version(),
        "date": date.today().isoformat(),
    }


def _cpu() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            lines = (line.split(":", 1) for line in file if ":" in line)
            return next(value.strip() for key, value in lines if key.strip() == "model name")
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def sheet(report: Report, path: str | Path) -> None:
    """One picture of all activations: error in ULP against time; the suffix says which kind.

    Raises:
        ImportError: matplotlib is missing.
        ValueError: a suffix that matplotlib does not know.
    """
    from edgeact._charts import sheet as draw

    draw(report.activations, path)


@dataclass(frozen=True)
class _Way:
    """A way to compute an activation: what Candidate says of it, and how it is called."""

    label: str
    tier: str
    method: str
    isa: str
    shown: bool
    call: Call


def _ways(name: str, params: Sequence[np.float32]) -> Iterator[_Way]:
    active = edgeact.info()["isa"]
    for held in edgeact.kernels(name):
        if held.dtype != "float32":
            continue
        ufunc = edgeact.kernel(name, tier=held.tier, method=held.method, isa=held.isa)
        shown = held.default and held.isa == active
        label = f"{held.tier} {held.method}, {held.isa}"
        call = partial(_call, ufunc, params)
        yield _Way(label, held.tier, held.method, held.isa, shown, call)


def _call(ufunc: np.ufunc, params: Sequence[np.float32], x: F32, out: F32) -> object:
    return ufunc(x, *params, out=out)


def _measure(name: str, peers: Mapping[str, Call]) -> Activation:
    from edgeact._errors import inputs, truths, ulp_errors

    spec = _registry.spec(name)
    params = [np.float32(value) for value in spec.params.values()]
    ways = [*_ways(name, params)]
    ways += [_Way(label, "", "", "", True, call) for label, call in peers.items()]
    x = inputs(_PER_BINADE)
    truth = truths(name, x, *map(float, params))
    near = np.abs(x) <= 10
    shown = [way for way in ways if way.shown]
    speeds = {size: _ns([way.call for way in shown], size) for size in SIZES}
    nss = _ns([way.call for way in ways], _AT)
    candidates = []
    for way, ns in zip(ways, nss, strict=True):
        y = np.empty_like(x)
        with np.errstate(all="ignore"):
            way.call(x, y)
            absolute = float(np.abs(y[near] - truth[near]).max())
        errors = ulp_errors(y, truth)
        at = int(np.argmax(errors))
        worst = float(errors[at]), float(x[at]), absolute
        curves: tuple[tuple[float, ...], ...] = ((), ())
        if way.shown:
            i = shown.index(way)
            curves = tuple(errors.tolist()), tuple(speeds[size][i] for size in SIZES)
        what = way.label, way.tier, way.method, way.isa, way.shown
        candidates.append(Candidate(*what, ns, *worst, False, *curves))
    marked = tuple(replace(c, pareto=_is_pareto(c, candidates)) for c in candidates)
    return Activation(spec.name, spec.formula, spec.onnx, spec.torch, tuple(x.tolist()), marked)


def _is_pareto(one: Candidate, all_: Sequence[Candidate]) -> bool:
    return not any(
        other.ns <= one.ns and other.ulp <= one.ulp and (other.ns, other.ulp) != (one.ns, one.ulp)
        for other in all_
    )


def _ns(calls: Sequence[Call], size: int) -> list[float]:
    """ns a value of each call, the median of rounds in turn."""
    x = np.random.default_rng(0).normal(0, 3, size).astype(np.float32)
    out = np.empty_like(x)
    seconds: list[list[float]] = [[] for _ in calls]
    with np.errstate(all="ignore"):
        times = [_times(call, x, out) for call in calls]
        for _ in range(_ROUNDS):
            for call, count, held in zip(calls, times, seconds, strict=True):
                start = time.perf_counter()
                for _ in range(count):
                    call(x, out)
                held.append((time.perf_counter() - start) / count)
    return [statistics.median(held) / size * 1e9 for held in seconds]


def _times(call: Call, x: F32, out: F32) -> int:
    """How many calls a round has: as many as last `_SECONDS`."""
    call(x, out)
    start = time.perf_counter()
    call(x, out)
    return max(1, math.ceil(_SECONDS / max(time.perf_counter() - start, 1e-7)))


def _floor() -> dict[str, tuple[float, ...]]:
    calls: dict[str, Call] = {
        "copy": lambda x, out: np.copyto(out, x),
        "relu": partial(_call, getattr(edgeact, "relu"), ()),  # noqa: B009
    }
    found = [_ns([*calls.values()], size) for size in SIZES]
    return {label: tuple(ns[i] for ns in found) for i, label in enumerate(calls)}
