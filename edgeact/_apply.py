"""Activations by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

import edgeact
from edgeact import _registry
from edgeact._registry import Spec


def with_defaults(
    name: str, tier: str, params: Sequence[Any], named: Mapping[str, Any]
) -> tuple[Spec, list[Any]]:
    """The spec of an activation and a value for each parameter; errors as :func:`apply` has them.

    >>> with_defaults("hardtanh", "fast", [0], {})[1]
    [0, 1.0]
    """
    spec = _registry.spec(name)
    if spec.rowwise:
        raise ValueError(f"{name} is a function of rows: call edgeact.{name}(x, axis=...)")
    if (tier, "float32") not in spec.bounds:
        raise ValueError(f"{name} has no kernel of tier {tier!r}")
    has = f"it has {', '.join(spec.params) or 'none'}"
    if len(params) > len(spec.params):
        raise TypeError(f"{name}: {len(params)} parameters given; {has}")
    values: dict[str, Any] = dict(spec.params) | dict(zip(spec.params, params, strict=False))
    for parameter, value in named.items():
        if parameter not in spec.params:
            others = [n for n in _registry.activations() if n.startswith(f"{name}_")]
            others = [n for n in others if parameter in _registry.spec(n).params]
            hint = f"; {others[0]} has it" if others else ""
            raise TypeError(f"{name}: no parameter {parameter!r}; {has}{hint}")
        if parameter in list(spec.params)[: len(params)]:
            raise TypeError(f"{name}: parameter {parameter!r} is given twice")
        values[parameter] = value
    missing = [parameter for parameter, value in values.items() if value is None]
    if missing:
        raise TypeError(f"{name} needs {', '.join(missing)}")
    return spec, list(values.values())


def apply(
    name: str,
    x: npt.ArrayLike,
    *params: npt.ArrayLike,
    tier: str = "fast",
    out: npt.NDArray[Any] | None = None,
    where: npt.ArrayLike = True,
    **named: npt.ArrayLike,
) -> Any:
    """Call the ufunc of an activation by its name; parameters not given have their defaults.

    Args:
        name: one of :func:`edgeact.activations`, or clip, which is hardtanh.
        x: any shape; float16, float32 or float64, or bfloat16 where ml_dtypes is installed (tiers
            exact and coarse: no float64). The result has its dtype.
        params: in the order of ``edgeact.spec(name).params``; each broadcasts against x. Beside a
            16-bit x they may be float32, tensors of its dtype; wider ones widen the result.
        named: the same, by name.
        out, where: as every ufunc has them.

    Raises:
        ValueError: no such activation, or it has no such tier, or it is a function of rows.
        TypeError: a parameter that it does not have, that is given twice, or that is missing and
            has no default; a dtype without a loop.

    >>> x = np.float32([-100, 1])
    >>> apply("leaky_relu", x, 0.5, out=x)
    array([-50.,   1.], dtype=float32)
    >>> apply("clip", x, max_val=[0.25, 0.75])
    array([-1.  ,  0.75])
    """
    spec, values = with_defaults(name, tier, params, named)
    module = {"fast": edgeact, "exact": edgeact.exact, "coarse": edgeact.coarse}[tier]
    ufunc: np.ufunc = getattr(module, spec.name)
    return ufunc(x, *values, out=out, where=where)
