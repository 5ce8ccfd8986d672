"""The report as one page of HTML that needs nothing beside itself."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from edgeact import _charts

if TYPE_CHECKING:
    from edgeact._naive import Trial
    from edgeact.report import Activation, Report

_PAGE = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))


def render(report: Report) -> str:
    links = [f'<a href="#{held.name}">{held.name}</a>' for held in report.activations]
    links += ['<a href="#naive">textbook forms</a>'] * bool(report.trials)
    links += ['<a href="#certificates">certificates</a>'] * bool(report.certificates)
    return _PAGE.substitute(
        machine="".join(
            f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in report.machine.items()
        ),
        links="".join(links),
        rows="\n".join(row for held in report.activations for row in _rows(held)),
        activations="\n".join(_section(held, report) for held in report.activations),
        trials=_trials(report.trials),
        certificates=_certificates(report),
    )


def _rows(held: Activation) -> Iterable[str]:
    for c in held.candidates:
        more = "" if c.shown else ' class="more"'
        cells = [
            f"<td>{held.name}</td><td>{escape(c.label)}</td>",
            _number(c.ns, f"{c.ns:.3f}"),
            _number(c.ulp, _ulp(c.ulp)),
            _number(c.at, f"{c.at:.6g}" if c.ulp else ""),
            _number(c.absolute, f"{c.absolute:.1e}"),
            f"<td>{'yes' if c.pareto else ''}</td>",
        ]
        yield f"<tr{more}>{''.join(cells)}</tr>"


def _number(value: float, text: str) -> str:
    sortable = "1e999" if math.isinf(value) or math.isnan(value) else repr(value)
    return f'<td class="n" data-v="{sortable}">{text}</td>'


def _ulp(value: float) -> str:
    if not math.isfinite(value):
        return "not finite"
    return f"{value:.3f}" if value < 1e3 else f"{value:.2g}"


def _section(held: Activation, report: Report) -> str:
    colours = _charts.colours(held.candidates)
    key = "".join(
        f'<li><i style="background:{colours[c.label]}"></i>{escape(c.label)}: {c.ns:.3f} ns, '
        f"{_ulp(c.ulp)} ULP</li>"
        for c in held.candidates
        if c.shown
    )
    names = ", ".join(filter(None, (f"ONNX {held.onnx}", held.torch and f"PyTorch {held.torch}")))
    marks = ", ".join(f"{mark} {isa or 'peer'}" for isa, mark in _charts.marks(held.candidates))
    charts = {
        f"Error in ULP against time: {marks}. Full marks are in use here, the others are kernels "
        "of other methods and instruction sets; the dotted line joins those that none beats in "
        "both.": _charts.error_by_time(held, "ulp"),
        "The absolute error, |x| ≤ 10, against time.": _charts.error_by_time(held, "absolute"),
        "Error over the input: every exponent of float32, either sign. The dot is the worst input.":
            _charts.error_by_input(held),
        "Time over the array's length. Dashed: a copy; dotted: relu.":
            _charts.speed_by_size(held, report.sizes, report.floor),
    }  # fmt: skip
    figures = (
        f"<figure>{chart}<figcaption>{caption}</figcaption></figure>"
        for caption, chart in charts.items()
    )
    return (
        f'<section id="{held.name}"><h2>{held.name}</h2>\n'
        f"<p><code>{escape(held.formula)}</code> &middot; {escape(names)}</p>\n"
        f'<ul class="key">{key}</ul>\n<div class="charts">{"".join(figures)}</div></section>'
    )


def _trials(trials: Iterable[Trial]) -> str:
    trials = list(trials)
    if not trials:
        return ""
    parts = []
    for held in trials:
        rows = "".join(
            f"<tr><td>{fault.kind}</td><td>{fault.first:.4g} to {fault.last:.4g}</td>"
            f'<td class="n">{_ulp(fault.worst)}</td><td class="n">{fault.at:.6g}</td>'
            f'<td class="n">{fault.got:.6g}</td><td class="n">{fault.truth:.6g}</td></tr>'
            for fault in held.faults
        )
        numbers = ("by up to, ULP", "at x", "it gives", "in truth")
        heads = "".join(f'<th class="n">{head}</th>' for head in numbers)
        faults = (
            '<div class="wide"><table><thead><tr><th>the result is</th><th>for x</th>'
            f"{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )
        parts.append(
            f"<h3>{held.activation} = <code>{escape(held.form)}</code></h3>"
            f"<p>The textbook's form: {_ulp(held.worst)} ULP at worst; edgeact's tier fast: "
            f"{_ulp(held.ours)}.</p>"
            + (faults if held.faults else "<p>Nothing is wrong with it in float32.</p>")
            + f'<div class="charts"><figure>{_charts.trial(held)}<figcaption>Error over the input: '
            "the textbook's form in red, edgeact's in green.</figcaption></figure></div>"
        )
    title = "<h2>The textbook&rsquo;s forms, on trial</h2>"
    return f'<section id="naive">{title}{"".join(parts)}</section>'


def _certificates(report: Report) -> str:
    if not report.certificates:
        return ""
    numbers = ("inputs", "bound", "measured", "misrounded")
    heads = ("activation", "tier", "isa", *numbers, "date", "CPU", "compiler")
    rows = "".join(
        f"<tr><td>{held.activation}</td><td>{held.tier}</td><td>{escape(isa)}</td>"
        f"{_number(sweep.tried, f'{sweep.tried:,}')}{_number(held.bound, f'{held.bound:.4g}')}"
        f"{_number(sweep.max_ulp, f'{sweep.max_ulp:.4g}')}"
        f'<td class="n">{"-" if sweep.misrounded is None else sweep.misrounded}</td>'
        f"<td>{sweep.date}</td><td>{escape(sweep.machine)}</td>"
        f"<td>{escape(sweep.compiler)}</td></tr>"
        for held in report.certificates
        for isa, sweep in held.sweeps.items()
    )
    classes = {head: ' class="n"' for head in numbers}
    titles = "".join(f"<th{classes.get(h, '')}><button>{h}</button></th>" for h in heads)
    return (
        '<section id="certificates"><h2>Certificates</h2><p>The largest errors of sweeps over '
        "float32 inputs, 4,294,967,296 being all: in ULP; tier coarse over max(1, |x|).</p>"
        f'<div class="wide"><table class="sortable"><thead><tr>{titles}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )
