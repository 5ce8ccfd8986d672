"""Error against time: what every kernel on this machine costs, and what it is worth.

`measure` times and judges the kernels of each activation, every tier, method and isa that runs
here, and what else is installed; `page` makes one page of it that needs nothing beside itself.
"""

from __future__ import annotations

import csv
import io
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import edgeact
from edgeact import _naive, _peers, _registry, bench, certify
from edgeact._peers import Make
from edgeact.certify import Certificate

SIZES = tuple(2**k for k in range(4, 23, 2))  # 16 to 4 million values
_AT = 2**16  # values: x and out stay in the second-level cache
_ROUNDS = 11
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
        certificates: what sweeps of float32 inputs measured, where and when.
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


def measure(
    names: Sequence[str] = (),
    naive: Sequence[str] = (),
    peers: Callable[[str], Mapping[str, Make]] = _peers.peers,
    certificates: Path = certify.SHIPPED,
    advance: Callable[[str], None] = lambda name: None,
) -> Report:
    """Measure on this machine, one thread.

    Args:
        names: activations of one variable; all where none is given.
        naive: whose textbook forms are tried, too.
        peers: what else computes an activation; by default whatever is installed.
        certificates: a folder with what `edgeact certify -o` wrote; by default those of this
            version, made before its release.
        advance: called with what is measured next, once for each of the names and naive.

    Raises:
        ImportError: gmpy2 is missing: ``pip install "edgeact[certify]"``.
        ValueError: no activation of one variable, or no textbook form, of that name.
    """
    wanted = [_registry.spec(name).name for name in names] or bench.one_variable()
    for name in wanted:
        if name not in bench.one_variable():
            raise ValueError(f"{name} is no activation of one variable with defaults")
    for name in naive:
        if name not in _naive.FORMS:
            raise ValueError(
                f"{name} has no textbook form here; there are {', '.join(_naive.FORMS)}"
            )
    activations, trials = [], []
    with bench.bound_to(1):
        for name in wanted:
            advance(name)
            activations.append(_measure(name, peers(name)))
        floor = _floor()
    for name in naive:
        advance(f"the textbook's {name}")
        trials.append(_naive.trial(name))
    sweeps = _certificates(certificates, wanted)
    return Report(bench.machine(), tuple(activations), SIZES, floor, tuple(trials), sweeps)


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
    make: Make


def _ways(name: str, params: Sequence[float]) -> Iterator[_Way]:
    active = edgeact.info()["isa"]
    for held in edgeact.kernels(name):
        if held.dtype != "float32":
            continue
        ufunc = edgeact.kernel(name, tier=held.tier, method=held.method, isa=held.isa)
        shown = held.default and held.isa == active
        label = f"{held.tier} {held.method}, {held.isa}"
        make = partial(bench.ours, ufunc, params)
        yield _Way(label, held.tier, held.method, held.isa, shown, make)


def _measure(name: str, peers: Mapping[str, Make]) -> Activation:
    from edgeact import _errors

    spec = _registry.spec(name)
    params = certify.defaults(name)
    ways = [*_ways(name, params)]
    ways += [_Way(label, "", "", "", True, make) for label, make in peers.items()]
    x = _errors.inputs(_PER_BINADE)
    truth = _errors.truths(name, x, *params)
    shown = [way for way in ways if way.shown]
    speeds = {size: _ns([way.make for way in shown], size) for size in SIZES}
    nss = _ns([way.make for way in ways], _AT)
    candidates = []
    for way, ns in zip(ways, nss, strict=True):
        y = bench.values(way.make, x)
        curves: tuple[tuple[float, ...], ...] = ((), ())
        if way.shown:
            i = shown.index(way)
            errors = tuple(_errors.ulp_errors(y, truth).tolist())
            curves = errors, tuple(speeds[size][i] for size in SIZES)
        what = way.label, way.tier, way.method, way.isa, way.shown
        candidates.append(Candidate(*what, ns, *_errors.worst(x, y, truth), False, *curves))
    marked = tuple(replace(c, pareto=_is_pareto(c, candidates)) for c in candidates)
    return Activation(spec.name, spec.formula, spec.onnx, spec.torch, tuple(x.tolist()), marked)


def _is_pareto(one: Candidate, all_: Sequence[Candidate]) -> bool:
    return not any(
        other.ns <= one.ns and other.ulp <= one.ulp and (other.ns, other.ulp) != (one.ns, one.ulp)
        for other in all_
    )


def _ns(makes: Sequence[Make], size: int) -> list[float]:
    """ns a value of each, the median of rounds in turn."""
    x = np.random.default_rng(0).normal(0, 3, size).astype(np.float32)
    calls = {str(i): make(x, np.empty_like(x)) for i, make in enumerate(makes)}
    seconds = bench.in_turns(calls, _ROUNDS).values()
    return [statistics.median(held) / size * 1e9 for held in seconds]


def _floor() -> dict[str, tuple[float, ...]]:
    makes: dict[str, Make] = {
        "copy": lambda x, out: partial(np.copyto, out, x),
        "relu": partial(bench.ours, getattr(edgeact, "relu"), ()),  # noqa: B009
    }
    found = [_ns([*makes.values()], size) for size in SIZES]
    return {label: tuple(ns[i] for ns in found) for i, label in enumerate(makes)}
