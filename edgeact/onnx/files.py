"""Reading models, with clear errors, and writing them whole or not at all."""

import errno
import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import onnx
from google.protobuf.message import DecodeError, Message
from onnx import defs, external_data_helper

from edgeact.onnx.bodies import DOMAIN, OPERATORS, QUANTIZED, ROWWISE, TABULATED

MIN_OPSET = 7  # elementwise operators broadcast from here on

# Domains whose operators ONNX Runtime knows and onnx doesn't.
_RUNTIME_DOMAINS = ("com.microsoft", "com.ms.", "ai.onnx.contrib")


def read(path: str | os.PathLike[str]) -> onnx.ModelProto:
    """The model in a file. Its external data, which must exist, is not read.

    Raises:
        FileNotFoundError: the file, or one that it keeps tensors in, does not exist.
        ValueError: it is not an ONNX model, or one that `check` refuses.
    """
    if not os.fspath(path):
        raise ValueError("the path of the model is empty")
    path = Path(path)
    if path.is_dir():
        raise ValueError(f"{path} is a directory, not an ONNX model")
    proto = onnx.ModelProto()
    try:
        proto.ParseFromString(path.read_bytes())
        _check_text(proto)
        check(proto)
    except DecodeError:
        raise ValueError(f"{path} is not an ONNX model") from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    for name in external_data(proto):
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(f"{path} keeps tensors outside its own folder, in {name}")
        if not (path.parent / name).is_file():
            message = f"{path} keeps tensors in a file that does not exist"
            raise FileNotFoundError(errno.ENOENT, message, str(path.parent / name))
    return proto


def _check_text(message: Message) -> None:
    """
    Raises:
        ValueError: text that is not UTF-8, which protobuf hands on as bytes.
    """
    for of, value in message.ListFields():
        parts = value if of.is_repeated else (value,)
        if of.type == of.TYPE_MESSAGE:
            for part in parts:
                _check_text(part)
        elif of.type == of.TYPE_STRING:
            for part in parts:
                if isinstance(part, bytes):
                    raise ValueError(f"not an ONNX model: {of.name} {part!r} is not UTF-8")


def check(proto: onnx.ModelProto) -> None:
    """Refuses what cannot be accelerated, or not without losing a part.

    Raises:
        ValueError: no graph, an opset out of range, an unknown operator, training information
            or sparse tensors.
    """
    opsets = _opsets(proto.opset_import)
    newest = defs.onnx_opset_version()
    if not proto.HasField("graph") or "" not in opsets:
        raise ValueError("not an ONNX model: it has no graph, or imports no ONNX opset")
    if not MIN_OPSET <= opsets[""] <= newest:
        raise ValueError(f"opset {opsets['']} is not supported, {MIN_OPSET} to {newest} are")
    if proto.training_info or any(graph.sparse_initializer for graph in graphs(proto.graph)):
        raise ValueError("training information and sparse tensors are not supported")
    known = {(function.domain, function.name) for function in proto.functions}
    known |= {(DOMAIN, operator) for operator in (*OPERATORS, *ROWWISE, QUANTIZED, TABULATED)}
    for owner, imports in [
        (proto.graph, opsets),
        *((function, _opsets(function.opset_import)) for function in proto.functions),
    ]:
        for graph in graphs(owner):
            for node in graph.node:
                _check_operator(node, imports, known)


def _opsets(imports: Iterable[onnx.OperatorSetIdProto]) -> dict[str, int]:
    return {opset.domain: opset.version for opset in imports}


def _check_operator(
    node: onnx.NodeProto, opsets: dict[str, int], known: set[tuple[str, str]]
) -> None:
    domain = node.domain
    if domain in opsets and (
        (domain, node.op_type) in known
        or domain.startswith(_RUNTIME_DOMAINS)
        or defs.has(node.op_type, opsets[domain], domain)
    ):
        return
    operator = f"{domain}.{node.op_type}" if domain else node.op_type
    version = opsets.get(domain, "not imported")
    raise ValueError(f"unknown operator {operator} (opset {version}) in node {node.name!r}")


def external_data(proto: onnx.ModelProto) -> list[str]:
    """The files that the model keeps tensors in, relative to its own."""
    kept = [
        tensor
        for owner in (proto.graph, *proto.functions)
        for graph in graphs(owner)
        for tensor in tensors(graph)
        if external_data_helper.uses_external_data(tensor)
    ]
    return sorted({external_data_helper.ExternalDataInfo(tensor).location for tensor in kept})


def graphs(
    owner: onnx.GraphProto | onnx.FunctionProto,
) -> Iterator[onnx.GraphProto | onnx.FunctionProto]:
    """The graph or function, and the graphs inside it."""
    yield owner
    for node in owner.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from graphs(attribute.g)
            for graph in attribute.graphs:
                yield from graphs(graph)


def tensors(graph: onnx.GraphProto | onnx.FunctionProto) -> Iterator[onnx.TensorProto]:
    """The initializers of a graph, and the tensors in attributes of its nodes."""
    if isinstance(graph, onnx.GraphProto):
        yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            yield from (attribute.t, *attribute.tensors)


def write(
    proto: onnx.ModelProto, path: str | os.PathLike[str], source: str | os.PathLike[str]
) -> None:
    """Writes the model under a temporary name and renames it. Files that it keeps tensors in,
    beside `source`, are copied beside `path`.

    Raises:
        FileExistsError: another file has the name of one to copy.
        OSError: the file cannot be written; nothing is left of it.
    """
    path, source = Path(path), Path(source)
    for name in external_data(proto):
        _copy(source.parent / name, path.parent / name)
    _replace(path, lambda temporary: temporary.write_bytes(proto.SerializeToString()))


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        if not (target.samefile(source) or filecmp.cmp(source, target, shallow=False)):
            raise FileExistsError(errno.EEXIST, "another file is in the way", str(target))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace(target, lambda temporary: shutil.copyfile(source, temporary))


def _replace(path: Path, fill: Callable[[Path], object]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fill(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
