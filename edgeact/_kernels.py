"""Kernels by name: an activation's tiers and methods on each instruction set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgeact import _registry
from edgeact._registry import Bound


@dataclass(frozen=True)
class Kernel:
    """One activation's machine code for one tier, method, isa and dtype.

    Attributes:
        method: "double", computed in double and rounded once; "lut", a table in registers; "poly",
            polynomials and arithmetic.
        bound: the promise of the tier, whatever the method.
        default: it is what the ufunc of the tier calls on this isa.
    """

    activation: str
    tier: str
    method: str
    isa: str
    dtype: str
    bound: Bound
    default: bool


def kernels(name: str | None = None) -> list[Kernel]:
    """The kernels that run on this machine, of one activation or of all.

    Raises:
        ValueError: no such activation, or it is a function of rows.

    >>> [(k.tier, k.method) for k in kernels("gelu") if (k.isa, k.dtype) == ("scalar", "float32")]
    [('exact', 'double'), ('fast', 'poly'), ('coarse', 'lut'), ('coarse', 'poly')]
    """
    names = _registry.activations() if name is None else [_registry.spec(name).name]
    for held in names:
        _registry.find(held)
    return [
        Kernel(held, tier, method, isa, dtype, bound, i == 0)
        for held in names
        for (tier, dtype), bound in _registry.spec(held).bounds.items()
        for isa in _registry.isas()
        for i, method in enumerate(_registry.methods(held, tier, isa, dtype))
    ]


def kernel(
    name: str, *, tier: str = "coarse", method: str | None = None, isa: str | None = None
) -> np.ufunc:
    """The :class:`numpy.ufunc` of one method on one isa, in every dtype that has it.

    Args:
        name: one of :func:`edgeact.activations`, or clip.
        tier: "exact", "fast" or "coarse".
        method: what :func:`kernels` lists; by default what the isa uses for each dtype.
        isa: by default the one in use.

    Raises:
        ValueError: there is no such activation, or no such kernel; what there is, is listed.

    >>> kernel("gelu", method="lut")(np.float32([-np.inf, 10, np.inf]))
    array([-0., 10., inf], dtype=float32)
    """
    spec = _registry.spec(name)
    isa = _registry.info()["isa"] if isa is None else isa
    found = {(k.tier, k.isa, k.method): None for k in kernels(name)}
    if not any((tier, isa, method or m) == (t, i, m) for t, i, m in found):
        wanted = f"tier {tier!r}, isa {isa!r}" + (f", method {method!r}" if method else "")
        has = ", ".join(map(" ".join, found))
        raise ValueError(f"{name} has no kernel of {wanted}; there are {has}")
    return _registry.make_kernel(__name__, spec.name, tier, isa, method)
