"""edgeact in ONNX Runtime: the custom operators, and models rewritten to use them.

What needs more than NumPy needs the extra: ``pip install "edgeact[onnx]"``.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import edgeact
from edgeact.onnx.report import LeftAlone, Report

if TYPE_CHECKING:
    from onnx import ModelProto
    from onnxruntime import InferenceSession, SessionOptions

__all__ = ["LeftAlone", "Report", "accelerate", "library_path", "register", "session"]

_LIBRARIES = ("libedgeact_ort.so", "libedgeact_ort.dylib", "edgeact_ort.dll")
_OLDEST_RUNTIME = (1, 16)  # the C interface that the library is written against
_REGISTERED = "edgeact.registered"  # a session option that only register() sets
_DATA_FOLDER = "session.model_external_initializers_file_folder_path"


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
    model: "str | os.PathLike[str] | ModelProto", tier: str = "fast"
) -> "tuple[ModelProto, Report]":
    """Replaces the activations that ONNX Runtime computes slowly by edgeact's operators.

    Only they change. Each operator carries a body of ordinary operators, so the result also runs
    where edgeact is not registered. One between a DequantizeLinear and a QuantizeLinear becomes a
    table of its results, each the exact value rounded once. Tier exact leaves float64 as it is, and
    replaces those that ONNX Runtime computes fast as well: it is asked for their bits.

    Args:
        model: a file, or a model, which is not changed. Tensors that are kept in other files
            stay there.
        tier: the tier of the operators, "fast", "exact" or "coarse"; what tier coarse lacks, such
            as float64, is of tier fast.

    Returns:
        The model, unchanged if there was nothing to replace, and the report.

    Raises:
        FileNotFoundError: the file, or one that it keeps tensors in, does not exist.
        ImportError: the extra is not installed.
        ValueError: not an ONNX model, one with an unknown operator, of an opset older than 7, or
            an unknown tier.

    Example:
        >>> from onnx import parser
        >>> model = parser.parse_model('''
        ...     <ir_version: 8, opset_import: ["": 18]>
        ...     graph (float[N] x) => (float[N] y) { y = Mish(x) }
        ... ''')
        >>> accelerated, report = accelerate(model)
        >>> report.replaced
        {'Mish': 1}
    """
    tiers = {tier for name in edgeact.activations() for tier, _ in edgeact.spec(name).bounds}
    if tier not in tiers:
        raise ValueError(f"tier {tier!r} is not one of {', '.join(sorted(tiers))}")
    with _extra():
        from onnx import ModelProto

        from edgeact.onnx import files
        from edgeact.onnx.rewrite import rewrite

    if isinstance(model, ModelProto):
        files.check(model)
        return rewrite(model, tier, None)
    return rewrite(files.read(model), tier, Path(model).parent)


def session(
    model: "str | os.PathLike[str] | ModelProto",
    *,
    tier: str = "fast",
    sess_options: "SessionOptions | None" = None,
    **arguments: Any,
) -> "InferenceSession":
    """An ONNX Runtime session of the accelerated model.

    Args:
        model, tier: as for `accelerate`.
        sess_options: ONNX Runtime's options, which `register` is called on.
        arguments: what else InferenceSession takes, such as `providers`.

    Raises:
        What `accelerate` and `register` do, and what ONNX Runtime does.
    """
    with _extra():
        import onnxruntime

        from edgeact.onnx import files

    proto, _ = accelerate(model, tier)
    options = onnxruntime.SessionOptions() if sess_options is None else sess_options
    register(options)
    if isinstance(model, (str, os.PathLike)) and files.external_data(proto):
        options.add_session_config_entry(_DATA_FOLDER, str(Path(model).resolve().parent))
    return onnxruntime.InferenceSession(proto.SerializeToString(), options, **arguments)


@contextmanager
def _extra() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise ImportError(f'{error}: pip install "edgeact[onnx]"') from error
