"""Derivatives on CUDA devices: ``edgeact.cuda.grad.NAME(x, ...)``, with the parameters of
``edgeact.cuda.NAME``; those by a parameter are activations, as ``edgeact.cuda.elu_grad_alpha``.

>>> from edgeact.cuda import grad
>>> print(grad.tanh.__doc__.splitlines()[0])
tanh(x, *, out=None, stream=None, tier='fast')
"""

from typing import Any

from edgeact import _registry
from edgeact.cuda import make

_FUNCTIONS: dict[str, Any] = {
    name: make(rows[0], name)
    for name in _registry.activations()
    if (rows := _registry.partials(name))
}
globals().update(_FUNCTIONS)

__all__ = list(_FUNCTIONS)


def __getattr__(name: str) -> object:
    raise AttributeError(f"edgeact.cuda.grad has no {name!r}; derivatives: {', '.join(__all__)}")
