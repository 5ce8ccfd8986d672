"""Sweeps over all 2^32 float32 inputs, and the certificates they leave.

A sweep compares a kernel with the truth that :mod:`edgeact.pieces` takes from MPFR, good to
2^-51 in double. The worst inputs it finds are measured again with MPFR, and those numbers are the
certificate's. Tier exact must be right to the last bit: where 2^-48 is too coarse to tell which
float32 is the nearest, MPFR tells.
"""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from edgeact import _registry
from edgeact._registry import ffi, lib

ALL_INPUTS = 1 << 32
CHUNK = 1 << 22  # inputs between two looks at the progress
SHIPPED = Path(__file__).with_name("certificates")  # the sweeps of tests/certificates
WORST = 32  # inputs that a certificate keeps for replay
MISROUNDED = 1024  # misrounded inputs that a certificate of tier exact keeps

# What tests/bits.txt has a hash of: its name there, tier, method where it matters, and dtype.
PINNED = [
    ("exact", "exact", "", "float32"),
    ("fast", "fast", "", "float32"),
    ("coarse.lut", "coarse", "lut", "float32"),
    ("coarse.poly", "coarse", "poly", "float32"),
    ("float16", "fast", "", "float16"),
    ("bfloat16", "fast", "", "bfloat16"),
]

Progress = Callable[[int], None]


@dataclass
class Sweep:
    """What one isa's kernel did on the inputs tried.

    Attributes:
        max_ulp, max_ulp_at: the largest error in ULP, by MPFR, and the input's bits in hex. Tier
            coarse counts no ULP: there it is the largest error over ``Bound.unit``.
        max_abs, max_abs_at: the largest absolute error, by MPFR, and its input.
        broken, broken_at: outputs that lose a NaN, leave the range, miss a limit or a zero's sign;
            in tier coarse, too, those beyond |x| = 1 that pass the limit, and one that has not yet
            reached it farther out than one that has.
        worst: the inputs with the largest errors in ULP, worst first.
        date, machine, compiler: when, on what CPU, and of what compiler's kernel.
        misrounded: outputs that are not the float32 nearest to the truth; tier exact has none.
            Other tiers do not count them among the doubtful inputs. None: they were not counted.
        misrounded_at: some of their inputs, for tier exact.
        doubtful: finite inputs whose truth lies within 2^-48 of a tie between two float32.
        corrected: those that a truth rounded to double first would have misrounded; tier exact.
    """

    tried: int
    max_ulp: float
    max_ulp_at: str
    max_abs: float
    max_abs_at: str
    broken: int
    broken_at: str
    worst: list[str]
    date: str
    machine: str
    compiler: str
    misrounded: int | None = None
    misrounded_at: list[str] = field(default_factory=list)
    doubtful: int = 0
    corrected: int = 0


@dataclass
class Certificate:
    """The sweeps of one activation and tier, by isa; of tier coarse by isa, method: "avx2 lut"."""

    activation: str
    tier: str
    dtype: str
    bound: float
    sweeps: dict[str, Sweep]

    @property
    def kept(self) -> bool:
        """Whether every sweep kept the bound and every rule."""
        return all(
            s.max_ulp <= self.bound
            and s.broken == 0
            and not (self.tier == "exact" and s.misrounded != 0)
            for s in self.sweeps.values()
        )

    def save(self, path: Path) -> None:
        """Write as JSON, whole or not at all; sweeps of other isas that it held stay."""
        held = Certificate.load(path).sweeps if path.exists() else {}
        merged = replace(self, sweeps=held | self.sweeps)
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(merged), indent=1) + "\n", encoding="utf-8")
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Certificate:
        """Read what :meth:`save` wrote."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        sweeps = {isa: Sweep(**sweep) for isa, sweep in raw.pop("sweeps").items()}
        return cls(sweeps=sweeps, **raw)


def evaluate(name: str, tier: str, isa: str, x: npt.NDArray[Any], *params: float) -> Any:
    """Run one isa's kernel, whichever isa the ufuncs use.

    Args:
        isa: or isa and method, "scalar poly".
        x: contiguous, any shape, of a dtype that the activation has.
        params: one value each; the defaults where none are given. Beside a 16-bit x a tensor has
            its dtype, and other parameters are float32.

    >>> evaluate("relu", "fast", "scalar", np.float32([-1, 2]))
    array([0., 2.], dtype=float32)
    """
    if not x.flags.c_contiguous:
        raise ValueError("x is not contiguous")
    tensors = _registry.spec(name).tensors
    kernel = find_kernel(name, tier, isa, x.dtype.name)
    y = np.empty_like(x)
    values = [
        np.array([value], np.float32 if x.itemsize == 2 and i >= tensors else x.dtype)
        for i, value in enumerate(params or defaults(name))
    ]
    args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in [x, *values, y]])
    steps = ffi.new("ptrdiff_t[]", [x.itemsize, *(0 for _ in values), x.itemsize])
    kernel(args, steps, x.size)
    return y


def find_kernel(name: str, tier: str, kind: str, dtype: str) -> Any:
    """The C function of an isa, "avx2", or of an isa and method, "avx2 poly"."""
    isa, *method = kind.split()
    index = _registry.TIERS.index(tier), _registry.DTYPES.index(dtype)
    key = (_registry.find(name), *index, _registry.find_isa(isa))
    found = (
        lib.edgeact_lookup_method(*key, method[0].encode()) if method else lib.edgeact_lookup(*key)
    )
    if found == ffi.NULL:
        by = f" by method {method[0]!r}" if method else ""
        raise ValueError(f"{name} has no kernel of tier {tier!r}{by} for {dtype}")
    return found


def kinds(name: str, tier: str, isa: str) -> list[str]:
    """What a certificate has a sweep for: an isa, or in tier coarse each of its methods.

    >>> kinds("gelu", "fast", "scalar"), kinds("gelu", "coarse", "scalar")
    (['scalar'], ['scalar lut', 'scalar poly'])
    """
    methods = _registry.methods(name, tier, isa) if tier == "coarse" else []
    return [f"{isa} {method}" for method in methods] or [isa]


def bits_group(name: str, tier: str, isa: str, dtype: str = "float32") -> str:
    """The isas that give the same bits as this one, by a name they share.

    "all"; "fma"; in float64 "no_fma"; or the isa's own name where it is alone.

    >>> bits_group("gelu", "exact", "avx512"), bits_group("gelu", "fast", "avx512")
    ('all', 'avx512')
    >>> bits_group("gelu", "fast", "avx512", "float16")
    'all'

    In tier coarse, by the same method, those that have small tables share them ("table8"):

    >>> bits_group("gelu", "coarse", "avx512"), bits_group("gelu", "coarse", "neon")
    ('fma', 'table8')
    """
    if name == "softmax_backward":  # in double, without a multiply-add
        return "all"
    if tier == "coarse":
        return {"sse41": "sse41", "avx2": "table8", "neon": "table8"}.get(isa, "fma")
    if _registry.spec(name.removesuffix("_backward")).bounds[tier, dtype].ulp == 0.5:
        return "all"
    if dtype == "float64":
        return "fma" if _registry.find_isa(isa).fma64 else "no_fma"
    alone = isa == "sse41" or isa in _registry.spec(name.removesuffix("_backward")).own
    return isa if alone else "fma"


def pinned() -> Iterator[tuple[str, str, str, str, str]]:
    """What tests/bits.txt has a hash of, a kernel each: as in PINNED, and its name."""
    isa = _registry.isas()[0]
    rows = [f"{name}{suffix}" for name in _registry.rowwise() for suffix in ("", "_backward")]
    for kind, tier, method, dtype in PINNED:
        for name in _registry.activations(tier) + (rows if tier == "fast" else []):
            if not method or method in _registry.methods(name, tier, isa):
                yield kind, tier, method, dtype, name


def hash_bits(
    name: str,
    tier: str,
    isa: str,
    stride: int = lib.EDGEACT_HASH_STRIDE,
    dtype: str = "float32",
) -> int:
    """A hash of one isa's outputs, or of those of an isa and method, NaNs counted as one.

    At every ``stride``-th float32; for a dtype of 16 bits, at all inputs.

    A row-wise function, and softmax_backward for what flows back, is given rows of its own choice.

    >>> exact, fast = (hash_bits("tanh", tier, "scalar", 1 << 20) for tier in ("exact", "fast"))
    >>> exact == fast
    False
    """
    function = name.removesuffix("_backward")
    if function in _registry.rowwise():
        arguments = function != name, _registry.DTYPES.index(dtype), _registry.find_isa(isa)
        return int(lib.edgeact_hash_rows(_registry.find_rowwise(function), *arguments))
    kernel = find_kernel(name, tier, isa, dtype)
    inputs = (0, stride, _count(stride)) if dtype == "float32" else (0, 1, 1 << 16)
    index = _registry.DTYPES.index(dtype)
    return int(lib.edgeact_hash_bits(_registry.find(name), kernel, index, *inputs))


def hash_bits_f64(name: str, isa: str, count: int = lib.EDGEACT_HASH_COUNT_F64) -> int:
    """A hash of one isa's float64 outputs of tier fast at ``count`` inputs, NaNs counted as one.

    >>> hash_bits_f64("relu", "scalar") == hash_bits_f64("prelu", "scalar")
    False
    """
    act, row = _registry.find(name), _registry.find_isa(isa)
    return int(lib.edgeact_hash_bits_f64(act, _registry.TIERS.index("fast"), row, count))


def sweepable(tier: str = "fast") -> list[str]:
    """The activations of one variable that a tier has, whose parameters all have a default."""
    names = _registry.activations(tier)
    return [n for n in names if None not in _registry.spec(n).params.values()]


def defaults(name: str) -> list[float]:
    """Each parameter's default as a float32; 1 for a scale and 0 for a shift that have none."""
    params = _registry.spec(name).params
    values = [float(p.startswith("scale")) if v is None else v for p, v in params.items()]
    return [float(np.float32(v)) for v in values]


def _count(stride: int) -> int:
    """How many inputs a sweep tries."""
    return -(-ALL_INPUTS // stride)


def _bits(x: int) -> np.float32:
    return np.uint32(x).view(np.float32)


def _decide(
    name: str, tier: str, isas: list[str], bits: npt.NDArray[np.uint32], params: list[float]
) -> tuple[int, list[list[int]]]:
    """What MPFR says of doubtful inputs: see ``Sweep.corrected``, and each isa's misrounded."""
    from edgeact import pieces, reference

    x = bits.view(np.float32)
    right = reference.rounded(name, x, *params).view(np.uint32)
    by_double = pieces.truth(name, x, *params).astype(np.float32).view(np.uint32)
    outputs = (evaluate(name, tier, isa, x, *params).view(np.uint32) for isa in isas)
    return int(np.count_nonzero(by_double != right)), [bits[y != right].tolist() for y in outputs]


def _sweeps(
    name: str,
    tier: str,
    isas: list[str],
    params: list[float],
    stride: int,
    progress: Progress,
    decide: bool,
) -> dict[str, Sweep]:
    """Sweep by isa; decide: whether MPFR judges the doubtful inputs, too."""
    from edgeact import pieces

    act = _registry.find(name)
    kernels = [find_kernel(name, tier, isa, "float32") for isa in isas]
    held = pieces.as_c(pieces.pieces(name, *params))
    total = _count(stride)

    def chunk(first: int) -> tuple[Any, int, npt.NDArray[np.uint32]]:
        """Results by isa, the number of doubtful inputs and, to decide, their bits."""
        count = min(CHUNK, total - first)
        results = ffi.new("edgeact_sweep_result[]", len(kernels))
        doubts = np.empty(count if decide else 0, np.uint32)
        doubtful = ffi.new("uint64_t *")
        lib.edgeact_sweep(
            act,
            _registry.TIERS.index(tier),
            ffi.new("edgeact_kernel *[]", kernels),
            len(kernels),
            ffi.new("float[]", params or [0.0]),
            *held,
            first * stride,
            stride % ALL_INPUTS,
            count,
            results,
            ffi.from_buffer("uint32_t[]", doubts) if doubts.size else ffi.NULL,
            doubtful,
        )
        progress(count)
        return results, doubtful[0], doubts[: doubtful[0]].copy()

    chunks, doubtful, corrected = [], 0, 0
    misrounded: list[list[int]] = [[] for _ in isas]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for results, count, bits in pool.map(chunk, range(0, total, CHUNK)):
            chunks.append(results)
            doubtful += count
            if bits.size:  # here, not in the threads, which would share MPFR's context
                changed, wrong = _decide(name, tier, isas, bits, params)
                corrected += changed
                for all_wrong, more in zip(misrounded, wrong, strict=True):
                    all_wrong += more
    sweeps = {}
    for k, isa in enumerate(isas):
        sweep = _merge(name, tier, isa, params, [c[k] for c in chunks])
        sweep.doubtful, sweep.corrected = doubtful, corrected
        if decide:
            listed = [at for c in chunks for at in list(c[k].misrounded_at)[: c[k].misrounded]]
            sweep.misrounded = (sweep.misrounded or 0) + len(misrounded[k])
            sweep.misrounded_at = [_hex(at) for at in sorted(listed + misrounded[k])[:MISROUNDED]]
        sweeps[isa] = sweep
    return sweeps


def _merge(name: str, tier: str, isa: str, params: list[float], results: list[Any]) -> Sweep:
    """What the chunks of a sweep found, the worst inputs measured again with MPFR."""
    worst = sorted(results, key=lambda r: -r.max_ulp)[:WORST]
    measured = {
        _hex(r.max_ulp_at): _measure(name, tier, isa, params, r.max_ulp_at)[0]
        for r in worst
        if r.max_ulp >= 0  # no finite input: -1
    }
    order = sorted(measured, key=lambda at: -measured[at])
    largest = max(results, key=lambda r: r.max_abs)
    broken = [(r.broken, r.broken_at) for r in results if r.broken]
    for negative in (0, 1):
        last = max(r.unsaturated_to[negative] for r in results)
        if last > min(r.saturated_from[negative] for r in results):
            broken.append((1, negative << 31 | last))
    return Sweep(
        tried=sum(r.tried for r in results),
        max_ulp=measured[order[0]],
        max_ulp_at=order[0],
        max_abs=_measure(name, tier, isa, params, largest.max_abs_at)[1],
        max_abs_at=_hex(largest.max_abs_at),
        broken=sum(count for count, _ in broken),
        broken_at=_hex(broken[0][1]) if broken else "",
        worst=order,
        date=date.today().isoformat(),
        machine=f"{platform.machine()} {_registry.cpu()}".strip(),
        compiler=_registry.compiler(),
        misrounded=sum(r.misrounded for r in results),
    )


def _hex(bits: int) -> str:
    return f"{bits:08x}"


def _measure(name: str, tier: str, isa: str, params: list[float], bits: int) -> tuple[float, float]:
    """The error at one input by MPFR: in ULP (tier coarse: over its unit), and absolute."""
    from edgeact import reference

    x = _bits(bits)
    y = float(evaluate(name, tier, isa, np.array([x]), *params)[0])
    truth = reference.exact(name, float(x), *params)
    bound = _registry.spec(name).bounds[tier, "float32"]
    allowed = 0.0 if bound.abs else bound.allowed(*params)
    ulp = reference.ulp_error(y, truth, "float32", allowed)
    with reference.CONTEXT:
        absolute = float(abs(y - truth)) if ulp else 0.0
        if not bound.abs:
            return ulp, absolute
        if math.isinf(ulp):
            return ulp, ulp
        return absolute / bound.unit(*params, x=float(x), y=float(truth)), absolute


def certify(
    name: str,
    tier: str = "fast",
    isas: list[str] | None = None,
    stride: int = 1,
    progress: Progress = lambda _: None,
    held: Certificate | None = None,
    params: list[float] | None = None,
) -> Certificate:
    """Sweep every ``stride``-th of the 2^32 float32 inputs, in bit order, with all CPUs.

    Args:
        isas: those to sweep; by default all that run here.
        progress: called with the number of inputs done since the last call, from any thread.
        held: its sweeps of as many inputs are taken over, not repeated.
        params: the parameters, rounded to float32; by default their defaults.

    Raises:
        ValueError: no such activation, tier or isa, another number of parameters, none where one
            has no default, or a stride below 1.

    >>> certify("relu", stride=1 << 16).kept
    True
    """
    if stride < 1:
        raise ValueError(f"stride {stride} is below 1")
    if tier not in _registry.TIERS:
        raise ValueError(f"no tier {tier!r}; there are {', '.join(_registry.TIERS)}")
    bounds = _registry.spec(name).bounds
    without = [p for p, value in _registry.spec(name).params.items() if value is None]
    if params is None and without:
        raise ValueError(f"{name} has no default for {', '.join(without)}, so params are needed")
    values = defaults(name) if params is None else [float(np.float32(p)) for p in params]
    if len(values) != len(_registry.spec(name).params):
        raise ValueError(f"{name} has {len(_registry.spec(name).params)} parameters, not {values}")
    if (tier, "float32") not in bounds:
        raise ValueError(f"{name} has no kernel of tier {tier!r}")
    wanted = [kind for isa in isas or _registry.isas() for kind in kinds(name, tier, isa)]
    covered = {
        isa: sweep
        for isa, sweep in (held.sweeps if held else {}).items()
        if isa in wanted and sweep.tried >= _count(stride) and sweep.misrounded is not None
    }
    missing = [isa for isa in wanted if isa not in covered]
    decide = tier == "exact"
    swept = _sweeps(name, tier, missing, values, stride, progress, decide) if missing else {}
    return Certificate(
        activation=name,
        tier=tier,
        dtype="float32",
        bound=bounds[tier, "float32"].abs or bounds[tier, "float32"].ulp,
        sweeps={isa: (covered | swept)[isa] for isa in wanted},
    )


def inputs(stride: int) -> Iterator[npt.NDArray[np.float32]]:
    """Every ``stride``-th float32 in bit order, in arrays of at most ``CHUNK``."""
    for first in range(0, ALL_INPUTS, stride * CHUNK):
        last = min(first + stride * CHUNK, ALL_INPUTS)
        yield np.arange(first, last, stride, dtype=np.uint32).view(np.float32)
