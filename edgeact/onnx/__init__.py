"""edgeact in ONNX Runtime: the custom operators, and models rewritten to use them.

What needs more than NumPy needs the extra: ``pip install "edgeact[onnx]"``.
"""

import os
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import edgeact
from edgeact.onnx.report import Inspection, LeftAlone, Report

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray
    from onnx import ModelProto
    from onnxruntime import InferenceSession, SessionOptions

__all__ = [
    "TARGETS",
    "Inspection",
    "LeftAlone",
    "Report",
    "accelerate",
    "export",
    "inspect",
    "library_path",
    "register",
    "session",
]

TARGETS = ("portable", "host")

_LIBRARIES = ("libedgeact_ort.so", "libedgeact_ort.dylib", "edgeact_ort.dll")
_OLDEST_RUNTIME = (1, 16)  # the C interface that the library is written against
_REGISTERED = "edgeact.registered"  # a session option that only register() sets


def library_path() -> str:
    """The custom-operator library, for programs that register it themselves.

    Raises:
        FileNotFoundError: this edgeact was built without it.

    Example:
        >>> Path(library_path()).stem
        'libedgeact_ort'
    """
    for directory in edgeact.__path__:
        for name in _LIBRARIES:
            if (path := Path(directory, name)).is_file():
                return str(path)
    raise FileNotFoundError(f"no {_LIBRARIES[0]} in {', '.join(edgeact.__path__)}")


def register(session_options: "SessionOptions") -> None:
    """Makes the operators of domain ai.edgeact known to the sessions made with these options.

    To register the same options again does nothing.

    Raises:
        ImportError: ONNX Runtime is missing, or older than 1.16.

    Example:
        >>> import onnxruntime
        >>> options = onnxruntime.SessionOptions()
        >>> register(options)
    """
    with _extra():
        import onnxruntime

    version = onnxruntime.__version__
    if tuple(map(int, version.split(".")[:2])) < _OLDEST_RUNTIME:
        oldest = ".".join(map(str, _OLDEST_RUNTIME))
        raise ImportError(f"edgeact needs ONNX Runtime {oldest} or newer, this is {version}")
    try:
        session_options.get_session_config_entry(_REGISTERED)
    except RuntimeError:  # no such entry
        session_options.register_custom_ops_library(library_path())
        session_options.add_session_config_entry(_REGISTERED, "1")


def accelerate(
    model: "str | os.PathLike[str] | ModelProto",
    tier: str = "fast",
    target: str = "portable",
    *,
    inputs: "Mapping[str, NDArray[Any]] | None" = None,
    dims: Mapping[str, int] | None = None,
    measure: bool = True,
    compare: bool = False,
) -> "tuple[ModelProto, Report]":
    """Replaces the activations that ONNX Runtime computes slowly by edgeact's operators.

    Only they change. For target "portable" each operator carries a body of ordinary operators, so
    the result also runs where edgeact is not registered. One between a DequantizeLinear and a
    QuantizeLinear becomes a table of its results, each the exact value rounded once; one that is
    quantized in its parts a table of what ONNX Runtime gives for them. Tier exact
    leaves float64 as it is, and replaces those that ONNX Runtime computes fast as well: it is asked
    for their bits.

    Target "host" is for this machine and this version of ONNX Runtime, which optimises the model
    before the activations are replaced: it runs with `register` and optimisation disabled, or with
    `session`. Each activation is computed in the way that is fastest in the model, and where the
    whole is no faster, the original is returned.

    Args:
        model: a file, or a model, which is not changed. Tensors that are kept in other files
            stay there, but for target host, which takes models below 2 GiB.
        tier: the tier of the operators, "fast", "exact" or "coarse"; what tier coarse lacks, such
            as float64, is of tier fast.
        target: "portable" or "host".
        inputs: what to time and to compare on, by name, of the model's own shapes and dtypes;
            random where not given.
        dims: sizes of the symbolic dimensions of random inputs, 1 where not given; one that has
            no name is INPUT:AXIS, such as x:0.
        measure: for target host: whether anything is timed. If not, the result is the same
            every time.
        compare: whether both models are run and the report has their differences.

    Returns:
        The model, unchanged if there was nothing to replace, and the report.

    Raises:
        FileNotFoundError: the file, or one that it keeps tensors in, does not exist.
        ImportError: the extra is not installed.
        ValueError: not an ONNX model, one with an unknown operator, of an opset older than 7, an
            unknown tier or target, inputs that do not fit, or a model that does not run on them.

    Example:
        >>> from onnx import parser
        >>> model = parser.parse_model('''
        ...     <ir_version: 8, opset_import: ["": 18]>
        ...     graph (float[N] x) => (float[N] y) { y = Mish(x) }
        ... ''')
        >>> accelerated, report = accelerate(model)
        >>> report.replaced
        {'Mish': 1}
        >>> _, report = accelerate(model, target="host", dims={"N": 4096}, compare=True)
        >>> list(report.choices)  # 'edgeact' or 'ONNX Runtime', whichever is the faster here
        ['Mish']
        >>> report.differences[0].max_abs < 1e-6
        True
    """
    _check(tier, target)
    proto, folder = _read(model)
    return _accelerate(proto, folder, tier, target, inputs, dims, measure, compare, None)


def _check(tier: str, target: str) -> None:
    tiers = {tier for name in edgeact.activations() for tier, _ in edgeact.spec(name).bounds}
    if tier not in tiers:
        raise ValueError(f"tier {tier!r} is not one of {', '.join(sorted(tiers))}")
    if target not in TARGETS:
        raise ValueError(f"target {target!r} is not one of {', '.join(TARGETS)}")


def _read(
    model: "str | os.PathLike[str] | ModelProto",
) -> "tuple[ModelProto, Path | None]":
    with _extra():
        from onnx import ModelProto

        from edgeact.onnx import files

    if isinstance(model, ModelProto):
        files.check(model)
        return model, None
    return files.read(model), Path(model).parent


def _accelerate(
    proto: "ModelProto",
    folder: Path | None,
    tier: str,
    target: str,
    inputs: "Mapping[str, NDArray[Any]] | None",
    dims: Mapping[str, int] | None,
    measure: bool,
    compare: bool,
    options: "SessionOptions | None",
) -> "tuple[ModelProto, Report]":
    with _extra():
        from edgeact.onnx.rewrite import rewrite

    if target == "portable" and not compare:
        return rewrite(proto, tier, folder)
    with _extra():
        import onnxruntime  # noqa: F401

        from edgeact.onnx import host, sameness
        from edgeact.onnx.inputs import feed

    original = host.with_data(proto, folder)
    timed = feed(original, inputs, dims) if measure or compare else None
    tuner = host.Tuner(original, tier, timed if measure else None, options)
    result, report = tuner.run() if target == "host" else rewrite(proto, tier, folder)
    if compare and timed is not None:
        whole = result if target == "host" else host.with_data(result, folder)
        report.differences = sameness.compare(
            original, whole, tuner.session, timed, tier == "exact"
        )
    return result, report


def session(
    model: "str | os.PathLike[str] | ModelProto",
    *,
    tier: str = "fast",
    inputs: "Mapping[str, NDArray[Any]] | None" = None,
    dims: Mapping[str, int] | None = None,
    measure: bool = True,
    sess_options: "SessionOptions | None" = None,
    **arguments: Any,
) -> "InferenceSession":
    """An ONNX Runtime session of the model, accelerated for this machine in memory.

    A model that target host refuses is run by ONNX Runtime as it is, and a warning says why. A
    host model that was written to a file is loaded as it is.

    Args:
        model, tier, inputs, dims, measure: as for `accelerate` with target "host".
        sess_options: ONNX Runtime's options, which `register` is called on.
        arguments: what else InferenceSession takes, such as `providers`.

    Raises:
        FileNotFoundError, ImportError: as `accelerate` and `register` do.
        ValueError: an unknown tier, or a host model of another machine or ONNX Runtime.
        And what ONNX Runtime does.

    Example:
        >>> from onnx import parser
        >>> model = parser.parse_model('''
        ...     <ir_version: 8, opset_import: ["": 18]>
        ...     graph (float[N] x) => (float[N] y) { y = Mish(x) }
        ... ''')
        >>> import numpy as np
        >>> session(model).run(None, {"x": np.ones(1, np.float32)})[0].round(4)
        array([0.8651], dtype=float32)
    """
    _check(tier, "host")
    with _extra():
        import onnxruntime

        from edgeact.onnx import host

    options = onnxruntime.SessionOptions() if sess_options is None else sess_options
    register(options)
    proto = None
    try:
        proto, folder = _read(model)
        if host.tied_to(proto) is None:
            providers = list(arguments.get("providers") or ["CPUExecutionProvider"])
            if providers != ["CPUExecutionProvider"]:
                raise ValueError(f"target host is for CPUExecutionProvider, not {providers}")
            proto, _ = _accelerate(
                proto, folder, tier, "host", inputs, dims, measure, False, options
            )
    except ValueError as error:
        warnings.warn(f"not accelerated: {error}", stacklevel=2)
    if proto is None or host.tied_to(proto) is None:
        plain = model if isinstance(model, (str, os.PathLike)) else model.SerializeToString()
        return onnxruntime.InferenceSession(plain, options, **arguments)
    host.check_here(proto)
    level = options.graph_optimization_level
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(proto.SerializeToString(), options, **arguments)
    finally:
        options.graph_optimization_level = level


def export(
    module: "torch.nn.Module",
    args: tuple[Any, ...],
    path: "str | os.PathLike[str]",
    *,
    tier: str = "fast",
    **arguments: Any,
) -> Report:
    """Exports a PyTorch module to ONNX, its activations as operators of domain ai.edgeact.

    They carry bodies of ordinary operators, so that the model runs in any runtime. A table that
    :func:`edgeact.torch.freeze` made is the operator Tabulated, which has a body, too.

    Args:
        module, args: as for torch.onnx.export, which exports them with dynamo.
        path: where the model, below 2 GiB, is written.
        tier: the tier of the operators.
        arguments: what else torch.onnx.export takes, such as `dynamic_shapes`, whose dimensions
            are those of torch.export.

    A module of :mod:`edgeact.torch` counts as torch's of that name: `tier` says what it becomes.

    Returns:
        What was replaced.

    Raises:
        ImportError: the extra is not installed: pip install "edgeact[torch]".
        TypeError: `dynamic_axes`, which torch.export does not know.
        ValueError: an unknown tier.
        And what torch.onnx.export does.

    Example (PyTorch is not among what the tests install):
        >>> import torch  # doctest: +SKIP
        >>> module = torch.nn.Sequential(torch.nn.Linear(8, 8), torch.nn.Mish())  # doctest: +SKIP
        >>> export(module, (torch.ones(1, 8),), "model.onnx").replaced  # doctest: +SKIP
        {'Mish': 1}
    """
    _check(tier, "portable")
    if "dynamic_axes" in arguments:
        raise TypeError("dynamic_axes is for the exporter before dynamo: give dynamic_shapes")
    try:
        import torch
    except ModuleNotFoundError as error:
        raise ImportError(f'{error}: pip install "edgeact[torch]"') from error
    with _extra():
        from edgeact._tabulate.model import provide_body
        from edgeact.onnx import files
        from edgeact.onnx.rewrite import rewrite

    with tempfile.TemporaryDirectory() as folder:
        exported = Path(folder, Path(path).name)
        # torch.onnx does not know edgeact.torch's operators.
        if "edgeact.torch" in sys.modules and isinstance(module, torch.nn.Module):
            from edgeact.torch._freeze import to_onnx
            from edgeact.torch.ops import in_torchs

            args = args if isinstance(args, tuple) else (args,)
            given = {k: arguments.pop(k) for k in ("kwargs", "dynamic_shapes") if k in arguments}
            with to_onnx(module):
                module = in_torchs(torch.export.export(module, args, **given))
        program = torch.onnx.export(module, args, dynamo=True, **arguments)
        program.save(str(exported), external_data=False)
        source = files.read(exported)
        provide_body(source)
        proto, report = rewrite(source, tier, Path(folder), everything=True)
        files.write(proto, path, exported)
    return report


def inspect(
    model: "str | os.PathLike[str] | ModelProto",
    *,
    inputs: "Mapping[str, NDArray[Any]] | None" = None,
    dims: Mapping[str, int] | None = None,
) -> Inspection:
    """The activations of a model, and their share of its time in ONNX Runtime, which optimises and
    profiles it on one thread. Nothing is changed.

    Args:
        model, inputs, dims: as for `accelerate`.

    Raises:
        What `accelerate` does.

    Example:
        >>> from onnx import parser
        >>> model = parser.parse_model('''
        ...     <ir_version: 8, opset_import: ["": 18]>
        ...     graph (float[N] x) => (float[N] y) { s = Sigmoid(x) y = Mul(x, s) }
        ... ''')
        >>> for kind in inspect(model, dims={"N": 4096}).activations:
        ...     print(kind.operator, kind.pattern, kind.count)
        Silu Mul, Sigmoid 1
    """
    proto, folder = _read(model)
    with _extra():
        import onnxruntime  # noqa: F401

        from edgeact.onnx import host, inspection
        from edgeact.onnx import inputs as inputs_

    whole = host.with_data(proto, folder)
    return inspection.inspect(whole, inputs_.feed(whole, inputs, dims))


@contextmanager
def _extra() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise ImportError(f'{error}: pip install "edgeact[onnx]"') from error
