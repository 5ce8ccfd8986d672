"""Derivatives, correctly rounded in float32: ``edgeact.exact.grad.NAME(x, ...)``.

See :mod:`edgeact.grad`.

>>> import numpy as np
>>> from edgeact.exact import grad
>>> grad.mish(np.float32([-30, 1]))
array([-2.7137108e-12,  1.0490363e+00], dtype=float32)
"""

from typing import Any

from edgeact import _registry

_UFUNCS: dict[str, Any] = _registry.derivatives("edgeact.exact", "exact")
globals().update(_UFUNCS)

__all__ = list(_UFUNCS)


def __getattr__(name: str) -> object:
    raise AttributeError(f"edgeact.exact.grad has no {name!r}; derivatives: {', '.join(__all__)}")
