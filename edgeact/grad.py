"""Derivatives: ``edgeact.grad.NAME(x, ...)`` is dy/dx of ``edgeact.NAME``, with its parameters.

Each is a ufunc and a row of the registry, ``NAME_grad``, with a bound and a certificate of its own;
tier exact has them in :mod:`edgeact.exact.grad`. At a corner the value is the one that PyTorch has.

>>> import numpy as np
>>> from edgeact import grad
>>> grad.gelu(np.float32([-2, 0, 1]))
array([-0.0852318,  0.5      ,  1.0833155], dtype=float32)
>>> grad.elu(np.float32([-1, 2]), 0.5)
array([0.18393973, 1.        ], dtype=float32)
"""

from typing import Any

from edgeact import _registry

_UFUNCS: dict[str, Any] = _registry.derivatives("edgeact", "fast")
globals().update(_UFUNCS)

__all__ = list(_UFUNCS)


def __getattr__(name: str) -> object:
    raise AttributeError(f"edgeact.grad has no {name!r}; derivatives: {', '.join(__all__)}")
