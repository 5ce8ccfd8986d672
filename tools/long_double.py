"""Compiles long_double.c, the activations in x87's long double, and calls it."""

from __future__ import annotations

import functools
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import cffi
import numpy as np
import numpy.typing as npt

SOURCE = Path(__file__).with_suffix(".c")
Long = npt.NDArray[np.longdouble]

_ffi = cffi.FFI()
_ffi.cdef(
    """
    int truths(const char *name, size_t n, const double *x, const double *p, void *truth);
    size_t judge(size_t n, const double *y, const void *truth, double allowed, double *ulp);
    """
)


@functools.lru_cache
def _library() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long_double.so")
        compiler = [os.environ.get("CC", "cc"), "-std=c11", "-O2", "-shared", "-fPIC"]
        subprocess.run([*compiler, str(SOURCE), "-lm", "-o", str(path)], check=True)
        return _ffi.dlopen(str(path))


def truths(name: str, x: npt.NDArray[np.float64], params: list[float]) -> Long:
    """The activation at each of contiguous x; NaN where these bits do not suffice."""
    truth = np.empty(x.shape, np.longdouble)
    pointers = _ffi.from_buffer("double[]", x), _ffi.new("double[]", params or [0.0])
    if _library().truths(name.encode(), x.size, *pointers, _ffi.from_buffer(truth)) != 0:
        raise ValueError(f"long_double.c has no {name}")
    return truth


def judge(
    y: npt.NDArray[np.float64], truth: Long, allowed: float
) -> tuple[npt.NDArray[np.float64], int]:
    """Errors in ULP, beyond an absolute error that is allowed; where the largest absolute one is.

    An infinity or NaN that is what the truth rounds to has none, any other an infinite one.
    """
    ulp = np.empty_like(y)
    pointers = (_ffi.from_buffer("double[]", y), _ffi.from_buffer(truth))
    farthest = _library().judge(y.size, *pointers, allowed, _ffi.from_buffer("double[]", ulp))
    return ulp, int(farthest)
