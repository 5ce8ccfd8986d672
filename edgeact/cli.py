"""The command line. It needs the extra: pip install "edgeact[cli]"."""

import json
import math
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

try:
    import click
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.progress import Progress, TimeElapsedColumn
    from rich.table import Column, Table
except ModuleNotFoundError as error:
    print(f'edgeact: {error}: pip install "edgeact[cli]"', file=sys.stderr)
    raise SystemExit(2) from None

import edgeact
from edgeact import _naive, _quantized, cuda, onnx
from edgeact import bench as bench_
from edgeact import certify as certification
from edgeact import demo as demonstration
from edgeact import report as reports
from edgeact._c_header import round_up
from edgeact._picture import picture
from edgeact._registry import ALIASES

BROKEN_PROMISE = 1

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_output = Console()
_progress = Console(stderr=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="edgeact")
def main() -> None:
    """Neural-network activations for CPUs, certified on every float32 input."""


@main.command()
@_as_json
def info(as_json: bool) -> None:
    """Show what this machine and this build have."""
    facts = edgeact.info() | {"cuda": str(cuda.available())}
    if as_json:
        _print_json(facts)
        return
    table = Table(show_header=False)
    for name, value in facts.items():
        table.add_row(name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
    _output.print(table)


@main.command(name="list")
@_as_json
def list_(as_json: bool) -> None:
    """Show the activations."""
    specs = [edgeact.spec(name) for name in edgeact.activations() + edgeact.rowwise()]
    if as_json:
        _print_json([asdict(spec) | {"bounds": _bounds(spec)} for spec in specs])
        return
    name = Column("activation", no_wrap=True)
    table = Table(name, "parameters", "range", "ONNX operator", "formula")
    for spec in specs:
        parameters = ", ".join(
            name if default is None else f"{name}={default:g}"
            for name, default in spec.params.items()
        )
        lo, hi = spec.range
        names = ", ".join([spec.name, *(a for a, n in ALIASES.items() if n == spec.name)])
        table.add_row(names, parameters, f"{lo:g} to {hi:g}", spec.onnx, spec.formula)
    _output.print(table)


_source = click.argument("source", metavar="IN.onnx")
_inputs = click.option("--inputs", metavar="DATA.npz", help="Arrays to run it on, by input name.")
_dims = click.option("--dim", "dims", multiple=True, metavar="NAME=SIZE", help="Repeatable.")


@main.command()
@_source
@click.option("-o", "--output", metavar="OUT.onnx")
@click.option("--tier", default="fast", show_default=True, help="Tier of the operators.")
@click.option(
    "--for",
    "target",
    type=click.Choice(onnx.TARGETS),
    default="portable",
    show_default=True,
    help="Any runtime, or this machine and its ONNX Runtime.",
)
@_inputs
@_dims
@click.option("--no-measure", is_flag=True, help="For host: time nothing, so builds are alike.")
@click.option("--compare", is_flag=True, help="Run both models and show how far they differ.")
@click.option("--max-abs", type=float, help="Fail where an output differs by more.")
@click.option("--max-ulp", type=float, help="Fail where an output differs by more.")
@click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
@_as_json
def accelerate(
    source: str,
    output: str | None,
    tier: str,
    target: str,
    inputs: str | None,
    dims: tuple[str, ...],
    no_measure: bool,
    compare: bool,
    max_abs: float | None,
    max_ulp: float | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Replace the activations of an ONNX model that ONNX Runtime computes slowly.

    With --compare, and wherever inputs or a budget are given, both models are run: on the arrays of
    --inputs, and on random ones of the model's shapes in place of those that are missing. Exits
    with 1, and writes nothing, when a budget is exceeded.
    """
    if output is None and not dry_run:
        raise click.UsageError("Missing option '-o' (or '--dry-run').")
    compare = compare or inputs is not None or max_abs is not None or max_ulp is not None
    with _input_errors(), _progress.status(f"accelerating {source}"):
        arrays, sizes = _given(inputs, dims)
        model, report = onnx.accelerate(
            source,
            tier,
            target,
            inputs=arrays,
            dims=sizes,
            measure=not no_measure,
            compare=compare,
        )
        from edgeact.onnx import files, sameness

        broken = sameness.broken(report.differences, max_abs, max_ulp)
        if output is not None and not dry_run and not broken:
            files.write(model, output, source)
    if as_json:
        _print_json(report.to_dict())
    else:
        _output.print(_report_table(report))
        if report.differences:
            _output.print(_differences(report))
    for line in broken:
        _progress.print(line)
    if broken:
        raise SystemExit(BROKEN_PROMISE)


def _given(inputs: str | None, dims: tuple[str, ...]) -> tuple[Any, dict[str, int]]:
    from edgeact.onnx.inputs import load

    sizes = {}
    for text in dims:
        name, _, size = text.partition("=")
        if not size.isdecimal():
            raise ValueError(f"--dim {text!r}: not NAME=SIZE such as batch=8")
        sizes[name] = int(size)
    return None if inputs is None else load(inputs), sizes


@main.group(name="onnx")
def onnx_() -> None:
    """Look at ONNX models."""


@onnx_.command()
@_source
@_inputs
@_dims
@_as_json
def inspect(source: str, inputs: str | None, dims: tuple[str, ...], as_json: bool) -> None:
    """Show a model's activations and their share of its time, and change nothing.

    ONNX Runtime profiles the model on one thread, on the arrays of --inputs or on random ones.
    """
    with _input_errors(), _progress.status(f"profiling {source}"):
        arrays, sizes = _given(inputs, dims)
        found = onnx.inspect(source, inputs=arrays, dims=sizes)
    if as_json:
        _print_json(found.to_dict())
        return
    table = Table("activation", "written as", "count", "share of the time", "left alone, for")
    for kind in found.activations:
        reasons = "\n".join(f"{count}: {reason}" for reason, count in kind.left_alone.items())
        cells = kind.operator, kind.pattern, str(kind.count), f"{kind.share:.1%}", reasons
        table.add_row(*cells)
    share = sum(kind.share for kind in found.activations)
    table.caption = f"{share:.1%} of {found.milliseconds:.3g} ms in ONNX Runtime's operators"
    _output.print(table)


@main.group(name="torch")
def torch_() -> None:
    """What belongs to PyTorch."""


@torch_.command(name="build")
@click.option("--compiler", help="A C++ compiler.  [default: $CXX, or c++]")
def torch_build(compiler: str | None) -> None:
    """Compile the operators for the PyTorch that is installed."""
    with _input_errors():
        try:
            from edgeact.torch import build
        except ModuleNotFoundError as error:
            raise ImportError(f'{error}: pip install "edgeact[torch]"') from error
        with _progress.status("compiling"):
            path = build(compiler)
    click.echo(path)


@main.group(name="cuda")
def cuda_() -> None:
    """The activations on CUDA devices."""


@cuda_.command(name="build")
@click.option("--nvcc", type=click.Path(path_type=Path), help="By default the one found.")
def cuda_build(nvcc: Path | None) -> None:
    """Compile the CUDA library into the user's cache, where edgeact was installed without it.

    It needs nvcc, of NVIDIA's toolkit or of the wheels nvidia-cuda-nvcc, nvidia-cuda-cccl and
    nvidia-cuda-runtime, and a C++ compiler, and takes some minutes of a CPU's time.
    """
    with _input_errors(), _progress.status("compiling the CUDA library") as status:
        path = cuda.build(nvcc, lambda what: status.update(f"compiling: {what} is done"))
    click.echo(path)


@main.command()
@_as_json
def demo(as_json: bool) -> None:
    """Accelerate real text-recognition models and show the gain."""
    with _input_errors(), _progress.status("") as status:
        result = demonstration.run(status.update)
    if as_json:
        _print_json(result.to_dict())
    else:
        _output.print(_demo_models(result))
        _output.print(_demo_lines(result))
    if not result.same_text:
        raise SystemExit(BROKEN_PROMISE)


@main.command()
@click.argument("name")
@click.option("--int8", "dtype", flag_value="int8", help="From int8 to int8.")
@click.option("--uint8", "dtype", flag_value="uint8", help="From uint8 to uint8.")
@click.option("--int16", "dtype", flag_value="int16", help="From int16 to int16.")
@click.option("--float", "dtype", flag_value="float", help="From float to float: polynomials.")
@click.option("--in", "input_", metavar="SCALE,ZERO", help="How integers stand for inputs.")
@click.option("--out", metavar="SCALE,ZERO", help="How integers stand for outputs.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="Repeatable.")
@click.option("--segments", default=512, show_default=True, help="Of a table of int16.")
@click.option("--domain", default="-8,8", show_default=True, help="Of a table of floats: its ends.")
@click.option("--max-abs", default=1e-4, show_default=True, help="Error allowed to it.")
@click.option("--sample", metavar="N", type=int, help="Try N floats of the domain, not all.")
@click.option("--c", "header", metavar="OUT.h", help="Write a C99 header.")
def tabulate(
    name: str,
    dtype: str | None,
    input_: str | None,
    out: str | None,
    params: tuple[str, ...],
    segments: int,
    domain: str,
    max_abs: float,
    sample: int | None,
    header: str | None,
) -> None:
    """Make a table of an activation: what it costs in bytes, its error, and a C99 header.

    The header stands alone: the table and an inline function named as the file. Scale and zero
    point are those of ONNX: scale * (q - zero point). A table of floats is compared with the
    activation on every float32 of its domain, which takes a minute or so.
    """
    if dtype is None:
        raise click.UsageError("Missing one of '--int8', '--uint8', '--int16', '--float'.")
    if dtype != "float" and (input_ is None or out is None):
        raise click.UsageError(f"Missing option '{'--in' if input_ is None else '--out'}'.")
    if dtype == "float" and (input_ or out):
        raise click.UsageError("'--in' and '--out' are of integers, not of '--float'.")
    with _input_errors():
        values: dict[str, Any] = dict(map(_param, params))
        table: edgeact.Tabulated | _quantized.Table8 | _quantized.Table16
        if dtype == "float":
            table = _tabulated(name, values, domain, max_abs, sample)
            size = table.table.coefficients.nbytes
            error = f"at most {table.bound:.3g} on [{domain.replace(',', ', ')}]"
        else:
            scalings = _scaling("--in", input_ or ""), _scaling("--out", out or "")
            table = edgeact.quantized(name, *scalings, dtype, segments=segments, **values)
            bound, size = getattr(table, "bound", None), table.nbytes
            error = "0 LSB" if bound is None else f"at most {round_up(bound)} LSB"
        if header is not None:
            _write(header, table.to_c(Path(header).stem))
    click.echo(f"{name}: {size} bytes of table, error {error}")


def _tabulated(
    name: str, params: dict[str, Any], domain: str, max_abs: float, sample: int | None
) -> edgeact.Tabulated:
    lo, hi = _ends("--domain", domain)

    def f(x: npt.NDArray[np.float64]) -> Any:
        return edgeact.apply(name, x, **params)

    given = ", ".join(f"{key}={value:g}" for key, value in params.items())
    f.__name__ = f"{name}({given})" if given else name
    with _progress.status(f"tabulating {f.__name__}"):
        return edgeact.tabulate(f, (lo, hi), max_abs, check=sample or "all")


def _scaling(option: str, text: str) -> tuple[float, int]:
    try:
        scale, zero_point = text.split(",")
        return float(scale), int(zero_point)
    except ValueError:
        raise ValueError(f"{option} {text!r}: not SCALE,ZERO such as 0.05,-3") from None


def _param(text: str) -> tuple[str, float]:
    key, _, value = text.partition("=")
    try:
        return key, float(value)
    except ValueError:
        raise ValueError(f"--param {text!r}: not KEY=VALUE such as alpha=0.5") from None


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--size", "sizes", multiple=True, type=int, help="Repeatable; by default 16 to 2^24.")
@click.option("--threads", default="1", show_default=True, help="For each: a number, or all.")
@click.option("--dtype", default="float32", show_default=True, help="float32 or float16.")
@click.option("--rounds", default=bench_.ROUNDS, show_default=True, help="Turns of each.")
@click.option("--no-peers", is_flag=True, help="Time edgeact alone.")
@_as_json
def bench(
    names: tuple[str, ...],
    sizes: tuple[int, ...],
    threads: str,
    dtype: str,
    rounds: int,
    no_peers: bool,
    as_json: bool,
) -> None:
    """Time the tiers beside NumPy, SciPy and every runtime that is installed.

    Candidates take turns in one process, on the same input; times are medians, with their
    quartiles. Each has its error on the same points beside it. The extra "bench" installs the
    peers. Wants an idle machine.
    """
    with _input_errors():
        if threads != "all" and not threads.isdecimal():
            raise ValueError(f"--threads {threads!r}: a number, or all")
        count = len(os.sched_getaffinity(0)) if threads == "all" else int(threads)
        columns = (*Progress.get_default_columns(), TimeElapsedColumn())
        with Progress(*columns, console=_progress) as bar:
            at = sizes or bench_.SIZES
            task = bar.add_task("", total=len(names or bench_.names()) * len(at))

            def advance(what: str) -> None:
                bar.update(task, advance=1, description=what)

            held = bench_.run(names, at, count, dtype, rounds, not no_peers, advance)
    if as_json:
        _print_json(held.to_dict())
        return
    for group in held.groups:
        _output.print(_bench_table(group))


def _bench_table(group: bench_.Group) -> Table:
    headers = ("", "ns a value", "quartiles", "error, ULP", "at x", "|error|, |x| <= 10")
    table = Table(*headers, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.title, table.title_justify = f"{group.activation}, {group.size} values", "left"
    for cell in group.cells:
        errors = ("",) * 3
        if cell.ulp is not None and cell.at is not None:
            errors = (_ulps(cell.ulp), f"{cell.at:.4g}", f"{cell.absolute:.1e}")
        quartiles = f"{cell.low:.3f}-{cell.high:.3f}"
        table.add_row(cell.label, f"{cell.ns:.3f}", quartiles, *errors)
    if group.ratio is not None:
        spread = f"({group.ratio_low:.2f}-{group.ratio_high:.2f})"
        table.caption = f"{group.best_peer} / fast: {group.ratio:.2f} {spread}"
        table.caption_justify = "left"
    return table


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("-o", "--output", metavar="OUT.html", help="Write one page that stands alone.")
@click.option("--json", "as_json", metavar="OUT.json", help="Write all that was measured.")
@click.option("--csv", "as_csv", metavar="OUT.csv", help="Write a line for each kernel and peer.")
@click.option("--png", "as_png", metavar="OUT.png", help="Write one picture: error against time.")
@click.option("--naive", metavar="NAME,...", help="Try the textbook's forms of these, too.")
@click.option(
    "--certificates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=certification.SHIPPED,
    help="Show what `edgeact certify -o` wrote to this folder; by default what came with edgeact.",
)
def report(
    names: tuple[str, ...],
    output: str | None,
    as_json: str | None,
    as_csv: str | None,
    as_png: str | None,
    naive: str | None,
    certificates: Path,
) -> None:
    """Measure error and time of every kernel and peer on this machine.

    Without names, of all activations of one variable; with --naive alone, only the textbook's
    forms, as a table. Times want an idle machine.
    """
    tried = naive.split(",") if naive else []
    files = (output, as_json, as_csv, as_png)
    with _input_errors():
        if not any(files):
            if not tried:
                raise click.UsageError(
                    "Missing one of '-o', '--json', '--csv', '--png', '--naive'."
                )
            for name in tried:
                _print_trial(name)
            return
        columns = (*Progress.get_default_columns(), TimeElapsedColumn())
        with Progress(*columns, console=_progress) as bar:
            task = bar.add_task("", total=len(names or bench_.one_variable()) + len(tried) + 1)

            def advance(what: str) -> None:
                bar.update(task, advance=1, description=what)

            measured = reports.measure(names, tried, certificates=certificates, advance=advance)
        if as_json:
            _write(as_json, json.dumps(_finite(measured.to_dict()), indent=1, allow_nan=False))
        if as_csv:
            _write(as_csv, measured.to_csv())
        if as_png:
            reports.sheet(measured, as_png)
        if output:
            _write(output, reports.page(measured))


def _write(path: str, text: str) -> None:
    """Whole or not at all."""
    partial_file = Path(path + ".partial")
    try:
        partial_file.write_text(text, encoding="utf-8")
        partial_file.replace(path)
    finally:
        partial_file.unlink(missing_ok=True)


def _print_trial(name: str) -> None:
    with _progress.status(f"trying {name}"):
        held = _naive.trial(name)
    title = f"{name} = {held.form}: {_ulps(held.worst)} ULP; edgeact {_ulps(held.ours)}"
    table = Table("the result is", "for x", "by up to, ULP", "at x", "it gives", "in truth")
    table.title, table.box = title, SIMPLE_HEAD
    for fault in held.faults:
        numbers = (f"{value:.4g}" for value in (fault.at, fault.got, fault.truth))
        stretch = f"{fault.first:.4g} to {fault.last:.4g}"
        table.add_row(fault.kind, stretch, _ulps(fault.worst), *numbers)
    if not held.faults:
        table.add_row("right", "every x", *("",) * 4)
    _output.print(table)


def _ulps(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "not finite"


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--range", "ends", metavar="LO,HI", default="-5,5", show_default=True)
@click.option("--points", default=4001, show_default=True, help="Evenly spaced over the range.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="Repeatable.")
@click.option("-o", "--output", metavar="OUT.png", help="Save a picture; .svg and .pdf, too.")
@_as_json
def analyze(
    names: tuple[str, ...],
    ends: str,
    points: int,
    params: tuple[str, ...],
    output: str | None,
    as_json: bool,
) -> None:
    """Look at activations as a network does: slopes, limits, fixed points, moments.

    Several stand side by side. The Lipschitz constant is proven by interval arithmetic. A --param
    goes to those of the activations that have it.
    """
    with _input_errors():
        given: dict[str, Any] = dict(map(_param, params))
        range_ = _ends("--range", ends)
        of = {name: edgeact.spec(name).params for name in names}
        for key in given:
            if not any(key in has for has in of.values()):
                raise ValueError(f"--param {key}: none of {', '.join(names)} has it")
        found = [
            edgeact.analyze(
                name, range=range_, points=points, **{k: given[k] for k in given if k in of[name]}
            )
            for name in names
        ]
        if output is not None:
            picture(found, output)
    if as_json:
        _print_json([analysis.to_dict() for analysis in found])
        return
    table = Table("", *(analysis.name for analysis in found), box=SIMPLE_HEAD)
    columns = [analysis.rows() for analysis in found]
    for title in columns[0]:
        table.add_row(title, *(column[title] for column in columns))
    _output.print(table)


def _ends(option: str, text: str) -> tuple[float, float]:
    try:
        lo, hi = map(float, text.split(","))
    except ValueError:
        raise ValueError(f"{option} {text!r}: not LO,HI such as -8,8") from None
    return lo, hi


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--tier", default="fast", show_default=True)
@click.option("--isa", "isas", multiple=True, help="Repeatable; by default all that run here.")
@click.option("--stride", default=1, show_default=True, help="Try every N-th float32 only.")
@click.option("-o", "--output", type=click.Path(file_okay=False), help="Folder for certificates.")
@click.option("--resume", is_flag=True, help="Sweep only what the folder does not cover.")
@_as_json
def certify(
    names: tuple[str, ...],
    tier: str,
    isas: tuple[str, ...],
    stride: int,
    output: str | None,
    resume: bool,
    as_json: bool,
) -> None:
    """Sweep all 2^32 float32 inputs and compare the errors with the bounds.

    Exits with 1 when a bound is broken. With -o each certificate is written as JSON when its
    activation is done; with --resume, what the folder holds for as many inputs is not swept again.
    """
    if resume and output is None:
        raise click.UsageError("--resume needs '-o'.")
    folder = None if output is None else Path(output)
    with _input_errors():
        certificates = list(_certify(names, tier, list(isas), stride, folder, resume))
    if as_json:
        _print_json([asdict(held) | {"kept": held.kept} for held in certificates])
    else:
        _output.print(_certificates(certificates))
    if not all(held.kept for held in certificates):
        raise SystemExit(BROKEN_PROMISE)


def _certify(
    names: tuple[str, ...],
    tier: str,
    isas: list[str],
    stride: int,
    folder: Path | None,
    resume: bool,
) -> Iterator[certification.Certificate]:
    columns = (*Progress.get_default_columns(), TimeElapsedColumn())
    with Progress(*columns, console=_progress) as bar:
        for name in names or certification.sweepable(tier):
            path = folder / f"{name}.{tier}.json" if folder else None
            held = _load(path) if path and resume else None
            total = math.ceil(certification.ALL_INPUTS / max(stride, 1))
            task = bar.add_task(name, total=total)
            certificate = certification.certify(
                name, tier, isas or None, stride, partial(bar.advance, task), held
            )
            bar.update(task, completed=total)
            if path:
                path.parent.mkdir(parents=True, exist_ok=True)
                certificate.save(path)
            yield certificate


def _load(path: Path) -> certification.Certificate | None:
    return certification.Certificate.load(path) if path.exists() else None


def _certificates(certificates: list[certification.Certificate]) -> Table:
    headers = ("activation", "isa", "inputs", "error (bound)", "at", "absolute", "misrounded")
    table = Table(*headers, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for held in certificates:
        for isa, sweep in held.sweeps.items():
            broken = f"{sweep.broken} rules broken, first at {sweep.broken_at}"
            table.add_row(
                held.activation,
                isa,
                str(sweep.tried),
                f"{sweep.max_ulp:.5g} ({held.bound:.4g})",
                broken if sweep.broken else sweep.max_ulp_at,
                f"{sweep.max_abs:.1e}",
                str(sweep.misrounded),
            )
    return table


class _InputError(click.ClickException):
    exit_code = 2


@contextmanager
def _input_errors() -> Iterator[None]:
    """What the user gave or lacks: one line, exit code 2."""
    try:
        yield
    except (ImportError, OSError, TypeError, ValueError) as error:
        raise _InputError(str(error)) from error


def _bounds(spec: edgeact.Spec) -> list[dict[str, Any]]:
    return [
        {"tier": tier, "dtype": dtype, **asdict(bound)}
        for (tier, dtype), bound in spec.bounds.items()
    ]


def _print_json(value: Any) -> None:
    click.echo(json.dumps(_finite(value), indent=2, allow_nan=False, ensure_ascii=False))


def _finite(value: Any) -> Any:
    """JSON has no infinity: "inf" and "-inf" stand for them."""
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _report_table(report: onnx.Report) -> Table:
    table = Table("activation", "count", "what became of it")
    for operator, count in report.replaced.items():
        table.add_row(operator, str(count), "replaced by edgeact's operator")
    for operator, count in report.fused.items():
        table.add_row(operator, str(count), "rewritten for ONNX Runtime to fuse with the Conv")
    left_alone = Counter((entry.operator, entry.reason) for entry in report.left_alone)
    for (operator, reason), count in left_alone.items():
        table.add_row(operator, str(count), f"left alone: {reason}")
    notes = [] if report.note is None else [report.note]
    if report.before_ms is not None and report.after_ms is not None:
        notes.append(f"{report.before_ms:.3g} ms before, {report.after_ms:.3g} ms after")
    table.caption = "; ".join(notes) or None
    return table


def _differences(report: onnx.Report) -> Table:
    table = Table("output", "largest difference", "in ULP")
    if any(held.nearer is not None for held in report.differences):
        table.add_column("nearer to float64")
    for held in report.differences:
        ulp = "" if held.max_ulp is None else str(held.max_ulp)
        nearer = [] if held.nearer is None else [held.nearer]
        table.add_row(held.output, f"{held.max_abs:.3g}", ulp, *nearer)
    return table


def _demo_models(result: demonstration.Result) -> Table:
    table = Table("model", "replaced", "ms before", "ms after", "ratio", "difference")
    table.caption = "medians ± half the interquartile range; one thread, before and after in turns"
    for model in result.models:
        before, after = (
            f"{timing.median:.2f} ±{(timing.upper - timing.lower) / 2:.2f}"
            for timing in (model.before, model.after)
        )
        replaced, ratio = str(model.report.total), f"{model.ratio:.2f}"
        table.add_row(model.name, replaced, before, after, ratio, f"{model.difference:.1e}")
    return table


def _demo_lines(result: demonstration.Result) -> Table:
    table = Table("rendered", "read before", "read after")
    for line in result.lines:
        table.add_row(line.text, line.before, line.after)
    return table
