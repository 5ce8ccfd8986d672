"""The C registry as Python objects."""

from __future__ import annotations

import math
import os
import platform
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

_native: Any = import_module("edgeact._native")
ffi, lib = _native.ffi, _native.lib

VERSION = "0.1.0"

if lib.edgeact_isa_active() == ffi.NULL:
    raise ImportError(ffi.string(lib.edgeact_isa_error()).decode())


def _text(pointer: Any) -> str:
    return str(ffi.string(pointer).decode())


TIERS = [_text(lib.edgeact_tier_name(i)) for i in range(lib.EDGEACT_TIERS)]
DTYPES = [_text(lib.edgeact_dtype_name(i)) for i in range(lib.EDGEACT_DTYPES)]


@dataclass(frozen=True)
class Bound:
    """The largest total error, final rounding included.

    Attributes:
        ulp: in units in the last place of the true value.
        evidence: "exhaustive", measured on all inputs (2^32, or 2^16 in 16 bits), or "sampled".
        floor: times the size of the first parameter, an absolute error on top of that.
    """

    ulp: float
    evidence: str
    floor: float = 0.0

    def allowed(self, *params: float) -> float:
        """The absolute error on top of the ULP, at these parameters.

        >>> Bound(3, "sampled", 2.0**-149).allowed(-2.0) == 2.0**-148
        True
        """
        return self.floor * abs(params[0]) if params else 0.0


@dataclass(frozen=True)
class Spec:
    """What the registry says of an activation.

    Attributes:
        name: the ufunc's name.
        onnx: the operator in the ONNX domain ``ai.edgeact``.
        torch: the same function in PyTorch, or "".
        formula: a C expression in x and the parameters.
        params: name and default of each parameter; None where there is no default.
        tensors: so many of them, the first, are inputs of the ONNX operator; the rest, attributes.
        range: no output at default parameters leaves it.
        own: isas whose tier fast has a method, and so bits, of its own.
        bounds: by (tier, dtype).
    """

    name: str
    onnx: str
    torch: str
    formula: str
    params: dict[str, float | None]
    tensors: int
    range: tuple[float, float]
    own: tuple[str, ...]
    bounds: dict[tuple[str, str], Bound]


def _read(row: Any) -> Spec:
    params = [row.params[i] for i in range(row.nparams)]
    bounds = {
        (tier, dtype): Bound(cell.ulp, _text(cell.evidence), cell.floor)
        for t, tier in enumerate(TIERS)
        for d, dtype in enumerate(DTYPES)
        if (cell := row.bound[t][d]).evidence != ffi.NULL
    }
    return Spec(
        name=_text(row.name),
        onnx=_text(row.onnx),
        torch=_text(row.torch),
        formula=_text(row.formula),
        params={_text(p.name): None if math.isnan(p.value) else p.value for p in params},
        tensors=row.tensors,
        range=(row.lo, row.hi),
        own=tuple(_text(row.own).split()),
        bounds=bounds,
    )


_SPECS = {s.name: s for i in range(lib.edgeact_count()) for s in [_read(lib.edgeact_at(i))]}


def activations(tier: str = "fast") -> list[str]:
    """The names of the activations that a tier has in float32.

    >>> "gelu" in activations()
    True
    """
    return [name for name, held in _SPECS.items() if (tier, "float32") in held.bounds]


def spec(name: str) -> Spec:
    """What the registry says of an activation.

    Raises:
        ValueError: no activation has this name.

    >>> spec("elu").params
    {'alpha': 1.0}
    """
    if name not in _SPECS:
        raise ValueError(f"no activation {name!r}; there are {', '.join(_SPECS)}")
    return _SPECS[name]


def isas(supported: bool = True) -> list[str]:
    """The instruction sets that kernels were built for, best last; by default what runs here."""
    rows = [lib.edgeact_isa_at(i) for i in range(lib.edgeact_isa_count())]
    return [_text(row.name) for row in rows if row.supported() or not supported]


def find_isa(name: str) -> Any:
    """The C row of an isa that runs here; ValueError for any other name."""
    if name not in isas():
        raise ValueError(f"isa {name!r} does not run here; there are {', '.join(isas())}")
    return lib.edgeact_isa_at(isas(supported=False).index(name))


def find(name: str) -> Any:
    """The C row of an activation; ValueError where there is none."""
    return lib.edgeact_find(spec(name).name.encode())


def _bfloat16() -> Any:
    """The dtype, or None without ml_dtypes, which gives it to NumPy, or where that is broken."""
    try:
        return np.dtype(import_module("ml_dtypes").bfloat16)
    except Exception:
        return None


BFLOAT16 = _bfloat16()


def make_ufuncs(module: str, tier: str) -> None:
    """Set the ufuncs of a tier as attributes of a module."""
    number = -1 if BFLOAT16 is None else BFLOAT16.num
    if lib.edgeact_make_ufuncs(module.encode(), TIERS.index(tier), number) != 0:
        raise ImportError(f"the ufuncs of tier {tier} could not be made")


def info() -> dict[str, Any]:
    """What there is on this machine: version, isa in use and those that would run, CPU.

    >>> sorted(info())
    ['cpus', 'isa', 'isas', 'machine', 'version']
    """
    return {
        "version": VERSION,
        "isa": _text(lib.edgeact_isa_active().name),
        "isas": isas(),
        "machine": platform.machine(),
        "cpus": os.cpu_count(),
    }
