"""The C registry as Python objects."""

from __future__ import annotations

import math
import os
import platform
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from edgeact.certify import Certificate

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
        abs: tier coarse; times :meth:`unit`, an absolute error on top of that.
        of_result, of_param: what the unit depends on.
    """

    ulp: float
    evidence: str
    floor: float = 0.0
    abs: float = 0.0
    of_result: bool = False
    of_param: int = 0

    def allowed(self, *params: float, x: float = 0.0, y: float = 0.0) -> float:
        """The absolute error on top of the ULP, at these parameters, at x, where y is the result.

        >>> Bound(3, "sampled", 2.0**-149).allowed(-2.0) == 2.0**-148
        True
        """
        floor = self.floor * abs(params[0]) if params else 0.0
        return floor + self.abs * self.unit(*params, x=x, y=y) if self.abs else floor

    def unit(self, *params: float, x: float, y: float) -> float:
        """What ``abs`` is multiplied by: max(1, |x|), or what is larger.

        With ``of_result`` |y| counts beside |x|; where the first parameter p scales the result that
        times max(1, |p| to the power ``of_param``).

        >>> Bound(0, "sampled", abs=2.0**-11, of_param=-1).unit(0.25, x=-3.0, y=1.0)
        12.0
        """
        of_y = abs(y) if self.of_result else 0.0
        by_param = abs(params[0]) ** self.of_param if params else 1.0
        return max(1.0, abs(x), of_y) * max(1.0, by_param)


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
        rowwise: a function of a whole row of values, not of each by itself.
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
    rowwise: bool = False

    def certificate(self, tier: str = "fast") -> Certificate:
        """What sweeps over the float32 inputs measured before this version was released.

        Raises:
            ValueError: none was made: the tier has no such kernel, or one that takes two tensors.

        >>> spec("gelu").certificate().sweeps["avx2"].tried == 2**32
        True
        """
        from edgeact.certify import SHIPPED, Certificate

        path = SHIPPED / f"{self.name}.{tier}.json"
        if not path.is_file():
            raise ValueError(f"{self.name} has no certificate of tier {tier!r}")
        return Certificate.load(path)


def _read(row: Any) -> Spec:
    params = [row.params[i] for i in range(row.nparams)]
    bounds = {
        (tier, dtype): Bound(
            cell.ulp,
            _text(cell.evidence),
            cell.floor,
            cell.abs,
            bool(cell.of_result),
            cell.of_param,
        )
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


def _read_rowwise(row: Any) -> Spec:
    return Spec(
        name=_text(row.name),
        onnx=_text(row.onnx),
        torch=_text(row.torch),
        formula=_text(row.formula),
        params={},
        tensors=0,
        range=(row.lo, row.hi),
        own=(),
        bounds={
            ("fast", dtype): Bound(row.ulp[d], "sampled")
            for d, dtype in enumerate(DTYPES)
            if lib.edgeact_rowwise_lookup(row, d, ffi.NULL) != ffi.NULL
        },
        rowwise=True,
    )


# Other names by which activations are known: the same ufuncs.
ALIASES = {"clip": "hardtanh"}

_SPECS = {s.name: s for i in range(lib.edgeact_count()) for s in [_read(lib.edgeact_at(i))]}
_ROWWISE = {
    s.name: s
    for i in range(lib.edgeact_rowwise_count())
    for s in [_read_rowwise(lib.edgeact_rowwise_at(i))]
}


def activations(tier: str = "fast") -> list[str]:
    """The names of the activations that a tier has in float32, other names such as clip left out.

    >>> "gelu" in activations()
    True
    """
    return [name for name, held in _SPECS.items() if (tier, "float32") in held.bounds]


def partials(name: str, tier: str = "fast") -> list[str]:
    """The derivatives that a tier has of an activation: by x, then by its parameters.

    >>> partials("elu")
    ['elu_grad', 'elu_grad_alpha']
    """
    rows = activations(tier)
    wanted = [f"{name}_grad", *(f"{name}_grad_{p}" for p in _SPECS[name].params)]
    return [row for row in wanted if row in rows]


def derivatives(module: str, tier: str) -> dict[str, Any]:
    """The ufuncs NAME_grad that a module has, by NAME.

    >>> list(derivatives("edgeact", "fast"))[:2]
    ['relu', 'relu6']
    """
    ufuncs = vars(sys.modules[module])
    return {name: ufuncs[rows[0]] for name in activations(tier) if (rows := partials(name, tier))}


def rowwise() -> list[str]:
    """The names of the functions of a whole row, which have one tier.

    >>> rowwise()
    ['softmax', 'log_softmax']
    """
    return list(_ROWWISE)


def spec(name: str) -> Spec:
    """What the registry says of an activation, by its name or another that it has.

    Raises:
        ValueError: no activation has this name.

    >>> spec("elu").params
    {'alpha': 1.0}
    >>> spec("clip").name
    'hardtanh'
    """
    known, name = _SPECS | _ROWWISE, ALIASES.get(name, name)
    if name not in known:
        raise ValueError(f"no activation {name!r}; there are {', '.join([*known, *ALIASES])}")
    return known[name]


@lru_cache
def _isas(supported: bool) -> tuple[str, ...]:  # CPUID takes long in a virtual machine
    rows = [lib.edgeact_isa_at(i) for i in range(lib.edgeact_isa_count())]
    return tuple(_text(row.name) for row in rows if row.supported() or not supported)


def isas(supported: bool = True) -> list[str]:
    """The instruction sets that kernels were built for, best last; by default what runs here."""
    return list(_isas(supported))


def find_isa(name: str) -> Any:
    """The C row of an isa that runs here; ValueError for any other name."""
    if name not in isas():
        raise ValueError(f"isa {name!r} does not run here; there are {', '.join(isas())}")
    return lib.edgeact_isa_at(isas(supported=False).index(name))


def find(name: str) -> Any:
    """The C row of an activation; ValueError where there is none, or it is a row-wise function."""
    held = spec(name)
    if held.rowwise:
        raise ValueError(f"{name} is a function of a row, not of each value")
    return lib.edgeact_find(held.name.encode())


def find_rowwise(name: str) -> Any:
    """The C row of a row-wise function; ValueError where there is none."""
    if name not in _ROWWISE:
        raise ValueError(f"no row-wise function {name!r}; there are {', '.join(_ROWWISE)}")
    return lib.edgeact_rowwise_find(name.encode())


def _bfloat16() -> Any:
    """The dtype, or None without ml_dtypes, which gives it to NumPy, or where that is broken."""
    try:
        return np.dtype(import_module("ml_dtypes").bfloat16)
    except Exception:
        return None


BFLOAT16 = _bfloat16()


_BFLOAT16_NUMBER = -1 if BFLOAT16 is None else BFLOAT16.num


def make_ufuncs(module: str, tier: str) -> None:
    """Set the ufuncs of a tier as attributes of a module, under each of their names."""
    if lib.edgeact_make_ufuncs(module.encode(), TIERS.index(tier), _BFLOAT16_NUMBER) != 0:
        raise ImportError(f"the ufuncs of tier {tier} could not be made")
    namespace = vars(sys.modules[module])
    namespace.update(
        {alias: namespace[name] for alias, name in ALIASES.items() if name in namespace}
    )


def methods(name: str, tier: str, isa: str, dtype: str = "float32") -> list[str]:
    """The methods that one isa has for a kernel, the one that it uses first.

    >>> methods("gelu", "exact", "scalar"), methods("gelu", "coarse", "scalar")
    (['double'], ['lut', 'poly'])
    """
    index = TIERS.index(tier), DTYPES.index(dtype)
    act, row = find(name), find_isa(isa)
    names: list[str] = []
    while (method := lib.edgeact_method_at(act, *index, row, len(names))) != ffi.NULL:
        names.append(_text(method))
    return names


def make_kernel(module: str, name: str, tier: str, isa: str, method: str | None) -> np.ufunc:
    """The ufunc of one isa's kernels by one method, made once and kept in a module."""
    attribute, namespace = f"{name}_{tier}_{isa}_{method or ''}", vars(sys.modules[module])
    if attribute not in namespace:
        number = -1 if BFLOAT16 is None else BFLOAT16.num
        names = (module.encode(), attribute.encode())
        row = (
            find(name),
            TIERS.index(tier),
            find_isa(isa),
            method.encode() if method else ffi.NULL,
            number,
        )
        if lib.edgeact_make_kernel(*names, *row) != 0:
            raise ImportError(f"the ufunc {attribute} could not be made")
    made: np.ufunc = namespace[attribute]
    return made


def make_backward(module: str, tier: str) -> list[str]:
    """Set the ufuncs of edgeact.backward as attributes of a module, and say which."""
    made = [name for name in activations(tier) if partials(name, tier)]
    for name in made:
        rows = [find(row) for row in partials(name, tier)]
        arguments = (find(name), TIERS.index(tier), rows, len(rows), _BFLOAT16_NUMBER)
        if lib.edgeact_make_backward(module.encode(), *arguments) != 0:
            raise ImportError(f"the ufunc {module}.{name} could not be made")
    return made


def make_gufuncs(module: str, backward: bool = False) -> None:
    """Set the row-wise functions, or what flows back through them, as attributes of a module."""
    if lib.edgeact_make_gufuncs(module.encode(), backward, _BFLOAT16_NUMBER) != 0:
        raise ImportError("the row-wise functions could not be made")


def make_lut() -> tuple[np.ufunc, np.ufunc]:
    """The ufuncs of quantized numbers and the address of their table, or of each row's table."""
    if lib.edgeact_make_lut(b"edgeact._native") != 0:
        raise ImportError("the ufuncs that look up could not be made")
    return _native.lut, _native.lut_rows


def run_rows(
    name: str, isa: str, *inputs: npt.NDArray[Any], out: npt.NDArray[Any] | None = None
) -> npt.NDArray[Any]:
    """A row-wise function along the last axis of x, or what flows back of dy and y.

    By the kernels of one isa; the arrays have two dimensions.
    """
    arrays = [*inputs, np.empty_like(inputs[0]) if out is None else out]
    lookup = lib.edgeact_rowwise_backward_lookup if inputs[1:] else lib.edgeact_rowwise_lookup
    kernel = lookup(find_rowwise(name), DTYPES.index(inputs[0].dtype.name), find_isa(isa))
    args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in arrays])
    steps = [[a.strides[i] for a in arrays] for i in (0, 1)]
    kernel(args, *steps, *inputs[0].shape)
    return arrays[-1]


def cpu() -> str:
    """The CPU's name where the system tells it, with x86's family and model: names can be short."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    pairs = (line.partition(":") for line in text.partition("\n\n")[0].splitlines())
    facts = {key.strip(): value.strip() for key, _, value in pairs}
    numbers = [f"{key} {facts[key]}" for key in ("cpu family", "model") if key in facts]
    return ", ".join(filter(None, [facts.get("model name"), *numbers]))


def compiler() -> str:
    """What the kernels were compiled by."""
    return _text(lib.edgeact_compiler())


def info() -> dict[str, Any]:
    """What there is on this machine: version, compiler, isas, the one in use, CPUs, threads.

    >>> sorted(info())
    ['compiler', 'cpu', 'cpus', 'isa', 'isas', 'machine', 'threads', 'version']
    """
    return {
        "version": VERSION,
        "compiler": compiler(),
        "isa": _text(lib.edgeact_isa_active().name),
        "isas": isas(),
        "machine": platform.machine(),
        "cpu": cpu(),
        "cpus": os.cpu_count(),
        "threads": lib.edgeact_threads(),
    }
