"""The report's charts, as SVG that takes its ink from the page around it.

matplotlib draws them, because a picture of its making is some 10 KB of SVG that needs no script: a
page with a hundred stays small and opens without a network.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from edgeact._naive import Trial

if TYPE_CHECKING:
    from edgeact.report import Activation, Candidate

# Told apart in print and by the colour-blind (Okabe and Ito 2008), on white and on black.
TIERS = {"exact": "#0072b2", "fast": "#009e73", "coarse": "#d55e00"}
_PEERS = ("#cc79a7", "#e69f00", "#56b4e9", "#a0a000", "#8c6bb1", "#999999")
# matplotlib's, and as text.
_MARKERS = {
    "avx512": ("o", "●"),
    "avx2": ("s", "■"),
    "sse41": ("^", "▲"),
    "scalar": ("v", "▼"),
    "neon": ("D", "◆"),
    "": ("X", "✖"),
}
_INK = "#010203"  # becomes the page's colour of text
_SIZE = (5.0, 3.4)  # inches: legible at the width of a phone
_LEAST, _MOST = 1e-2, 1e9  # ends of the axis of errors in ULP; what is not finite lies at the top


def colours(candidates: Sequence[Candidate]) -> dict[str, str]:
    """A colour for each candidate: its tier's, or one of its own for a peer."""
    peers = [c.label for c in candidates if not c.tier]
    own = {label: _PEERS[i % len(_PEERS)] for i, label in enumerate(peers)}
    return {c.label: TIERS.get(c.tier) or own[c.label] for c in candidates}


def marks(candidates: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    """Each isa among them, "" for peers, and its mark as text."""
    isas = {c.isa for c in candidates}
    return ((isa, mark) for isa, (_, mark) in _MARKERS.items() if isa in isas)


def error_by_time(held: Activation, what: str) -> str:
    """Every candidate's error, "ulp" or "absolute", against its time, and the front of those that
    none beats in both."""
    figure, axes = _figure()
    _scatter(axes, held, what, _INK)
    title = "largest error, ULP" if what == "ulp" else "largest |error|, |x| ≤ 10"
    axes.set(xlabel="ns a value", ylabel=title)
    return _svg(figure)


def sheet(activations: Sequence[Activation], path: str | Path) -> None:
    """Error in ULP against time of several activations in one picture."""
    from matplotlib.figure import Figure

    columns = min(4, len(activations))
    rows = -(-len(activations) // columns)
    figure = Figure(figsize=(3.2 * columns, 2.6 * rows + 0.6), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes in grid[len(activations) :]:
        axes.remove()
    for axes, held in zip(grid, activations, strict=False):
        _scatter(axes, held, "ulp", "0.3")
        axes.set_title(held.name)
    figure.supxlabel("ns a value")
    figure.supylabel("largest error, ULP")
    for tier, colour in TIERS.items():
        figure.axes[0].plot([], [], "o", color=colour, label=tier)
    figure.axes[0].legend(frameon=False)
    save(figure, path)


def save(figure: Any, path: str | Path) -> None:
    """Whole or not at all; the suffix says which kind of picture."""
    path = Path(path)
    partial = path.with_name(f"{path.stem}.partial{path.suffix}")
    try:
        figure.savefig(partial, dpi=150)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _scatter(axes: Any, held: Activation, what: str, ink: str) -> None:
    colour = colours(held.candidates)
    least = _LEAST if what == "ulp" else 1e-9
    points = [(c, c.ns, float(np.clip(getattr(c, what), least, _MOST))) for c in held.candidates]
    for c, ns, error in points:
        marker, size = _MARKERS[c.isa][0], 7 if c.shown else 5
        fill = "full" if c.shown else "none"
        axes.plot(ns, error, marker, color=colour[c.label], markersize=size, fillstyle=fill)
    front: list[tuple[float, float]] = []
    for _, ns, error in sorted(points, key=lambda p: p[1:]):
        if not front or error < front[-1][1]:
            front.append((ns, error))
    axes.step(*zip(*front, strict=True), where="post", color=ink, linewidth=0.8, linestyle=":")
    axes.set(xscale="log", yscale="log")
    axes.margins(0.08)


def error_by_input(held: Activation) -> str:
    """The error of what is in use over the exponents of both signs, the worst input marked."""
    series = {c.label: c for c in held.candidates if c.shown}
    colour = colours(held.candidates)
    curves = {label: np.array(c.errors) for label, c in series.items()}
    return _by_input(np.array(held.x), curves, colour)


def trial(held: Trial) -> str:
    """The errors of a textbook form and of edgeact over the exponents of both signs."""
    curves = {"textbook": held.form_ulp, "edgeact, fast": held.ours_ulp}
    return _by_input(held.x, curves, {"textbook": "#d55e00", "edgeact, fast": TIERS["fast"]})


def _by_input(x: Any, curves: dict[str, Any], colour: dict[str, str]) -> str:
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    for label, errors in curves.items():
        shown = np.clip(errors, _LEAST, _MOST)
        worst = int(np.argmax(errors))
        for axes, side in ((left, x < 0), (right, x > 0)):
            ends, most = _binades(np.abs(x[side]), shown[side])
            axes.step(ends, most, where="mid", color=colour[label], linewidth=1.1, label=label)
            if side[worst]:
                axes.plot(abs(x[worst]), shown[worst], "o", color=colour[label], markersize=4)
    left.invert_xaxis()
    powers = [-30, 0, 30]
    for axes, sign in ((left, "-"), (right, "")):
        axes.set(xscale="log", yscale="log", ylim=(_LEAST / 2, _MOST * 3))
        labels = [f"${sign}10^{{{power}}}$" if power else f"${sign}1$" for power in powers]
        axes.set_xticks([10.0**power for power in powers], labels)
        axes.minorticks_off()
    left.set_yticks([1e-2, 1, 1e3, 1e6, _MOST], ["0.01", "1", "1000", "10$^6$", "not finite"])
    left.set_ylabel("error, ULP")
    figure.supxlabel("x", fontsize="medium")
    return _svg(figure)


def _binades(x: Any, errors: Any) -> tuple[Any, Any]:
    """The largest error of each pair of binades, which is what a chart of this width can show."""
    pair = np.floor(np.log2(x) / 2).astype(int)
    pairs = np.unique(pair)
    return 4.0**pairs * 2, np.array([errors[pair == p].max() for p in pairs])


def speed_by_size(
    held: Activation, sizes: Sequence[int], floor: dict[str, tuple[float, ...]]
) -> str:
    """ns a value of what is in use over the array's length, above the copy that is the floor."""
    figure, axes = _figure()
    colour = colours(held.candidates)
    for c in held.candidates:
        if c.shown:
            axes.plot(sizes, c.speeds, color=colour[c.label], linewidth=1.3, label=c.label)
    for (label, ns), style in zip(floor.items(), ("--", ":"), strict=True):
        axes.plot(sizes, ns, color=_INK, linewidth=0.9, linestyle=style, label=label)
    axes.set(xscale="log", yscale="log", xlabel="values in the array", ylabel="ns a value")
    return _svg(figure)


def _figure() -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, layout="constrained")
    return figure, figure.subplots()


def _svg(figure: Any) -> str:
    """The figure without frame and background, its ink the page's, its numbers short."""
    import matplotlib

    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(which="both", colors=_INK, labelsize=9)
        axes.spines[:].set_color(_INK)
        axes.xaxis.label.set_color(_INK)
        axes.yaxis.label.set_color(_INK)
        axes.grid(True, color=_INK, alpha=0.12, linewidth=0.6)
    for text in figure.texts:
        text.set_color(_INK)
    target = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "edgeact"}):
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None})
    text = target.getvalue()
    text = text[text.index("<svg") :].replace(_INK, "currentColor")
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(
        r'<svg [^>]*viewBox="([^"]*)"[^>]*>', r'<svg viewBox="\1" role="img">', text, count=1
    )
    text = re.sub(r'<g id="[^"]*">', "<g>", text)
    text = re.sub(r"(\d+\.\d{2})\d+", r"\1", text)
    return re.sub(r"\n\s*", "\n", text)
