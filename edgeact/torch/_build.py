"""The compiled operators: built once for the PyTorch that is installed, into the user's cache.

PyTorch's C++ interface changes from version to version, so no wheel can bring them along; and a
compiler is nothing that an import should start. So ``edgeact torch build`` compiles them when it is
asked to, and until then the same operators run through NumPy's ufuncs: the same results, but a
call takes longer.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

import edgeact
from edgeact import _cache, _registry
from edgeact._registry import DTYPES, TIERS, ffi, lib

if TYPE_CHECKING:
    from edgeact.torch.ops import Op

_SOURCE = Path(__file__).with_name("kernels.cpp")
_Kernels = ctypes.c_void_p * len(DTYPES) * len(TIERS)


class _Op(ctypes.Structure):
    """edgeact_torch_op in kernels.cpp."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("tensors", ctypes.c_int),
        ("floats", ctypes.c_int),
        ("partials", ctypes.c_int),
        ("keeps_output", ctypes.c_int),
        ("kernels", _Kernels),
        ("backward", _Kernels),
    )


class _Rows(ctypes.Structure):
    """edgeact_torch_rows in kernels.cpp."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("kernels", ctypes.c_void_p * len(DTYPES)),
        ("backward", ctypes.c_void_p * len(DTYPES)),
    )


def path() -> Path:
    """Where the compiled operators of this edgeact and this PyTorch are, or would be."""
    read = _SOURCE.read_bytes() + repr((TIERS, DTYPES)).encode()
    source = hashlib.sha256(read).hexdigest()[:16]
    return _cache.folder() / f"torch-{torch.__version__}-{source}.so"


@cache
def loaded() -> bool:
    """Whether the compiled operators run in this process. Decided when they are defined."""
    return path().is_file()


def build(compiler: str | None = None) -> Path:
    """Compiles the operators, for processes that start afterwards.

    Args:
        compiler: a C++ compiler; by default what the environment's CXX says, or c++.

    Returns:
        :func:`path`.

    Raises:
        FileNotFoundError: there is no such compiler.
        ChildProcessError: it failed; with what it said.
    """
    from torch.utils import cpp_extension

    compiler = compiler or os.environ.get("CXX") or "c++"
    if shutil.which(compiler) is None:
        raise FileNotFoundError(f"no C++ compiler {compiler!r}: install one, or name it by CXX")
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder, target.name)
        command = [compiler, "-std=c++20", "-O2", "-fPIC", "-shared", "-fvisibility=hidden"]
        command += [f"-D_GLIBCXX_USE_CXX11_ABI={int(torch.compiled_with_cxx11_abi())}"]
        command += [f"-DEDGEACT_TIERS={len(TIERS)}", f"-DEDGEACT_DTYPES={len(DTYPES)}"]
        command += [f"-I{folder}" for folder in cpp_extension.include_paths()]
        command += [str(_SOURCE), "-o", str(made)]
        command += [f"-L{folder}" for folder in cpp_extension.library_paths()]
        command += ["-ltorch_cpu", "-lc10"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise ChildProcessError(f"{compiler} failed on {_SOURCE}:\n{done.stderr}")
        made.replace(target)
    return target


def _address(pointer: Any) -> int:
    return int(ffi.cast("uintptr_t", pointer))


def _fill(op: Op) -> _Op:
    filled = _Op(op.name.encode(), len(op.tensors), len(op.floats), op.partials, op.keeps_output)
    for t, tier in enumerate(TIERS):
        for d, dtype in enumerate(DTYPES):
            if (tier, dtype) not in edgeact.spec(op.name).bounds:
                continue
            row = _registry.find(op.name)
            filled.kernels[t][d] = _address(lib.edgeact_lookup(row, t, d, ffi.NULL))
            # Tier coarse has no derivatives: what flows back is of tier fast.
            backward = "fast" if tier == "coarse" else tier
            partials = _registry.partials(op.name, backward)[: op.partials]
            rows = [_registry.find(name) for name in partials]
            made = lib.edgeact_make_partials(rows, len(rows), TIERS.index(backward), d)
            filled.backward[t][d] = _address(made)
    return filled


def _fill_rows(name: str) -> _Rows:
    filled, row = _Rows(name.encode()), _registry.find_rowwise(name)
    for d in range(len(DTYPES)):
        filled.kernels[d] = _address(lib.edgeact_rowwise_lookup(row, d, ffi.NULL))
        filled.backward[d] = _address(lib.edgeact_rowwise_backward_lookup(row, d, ffi.NULL))
    return filled


def register(ops: Iterable[Op]) -> None:
    """Lets the compiled operators run those that were defined."""
    filled = [_fill(op) for op in ops]
    rows = [_fill_rows(name) for name in edgeact.rowwise()]
    ctypes.CDLL(str(path())).edgeact_torch_register(
        (_Op * len(filled))(*filled),
        ctypes.c_size_t(len(filled)),
        (_Rows * len(rows))(*rows),
        ctypes.c_size_t(len(rows)),
        ctypes.c_void_p(_address(ffi.addressof(lib, "edgeact_backward"))),
    )
