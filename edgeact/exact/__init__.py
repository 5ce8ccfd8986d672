"""Tier exact: correctly rounded in float32, the same bits on every machine.

Every output is the float32 nearest to the true value, ties to even: normal, subnormal and infinite
ones, proved on all 2^32 inputs. That leaves no freedom: any machine gives the same bits.

>>> import numpy as np
>>> import edgeact as ea
>>> ea.exact.gelu(np.float32([-13.5, 1]))
array([-1.055542e-40,  8.413448e-01], dtype=float32)

There is no loop for float64. Where an activation has a parameter (elu's alpha), correct rounding is
proved at its default; the kernel rounds once from double at any other.
"""

from edgeact import _registry

__all__ = _registry.activations("exact")

_registry.make_ufuncs(__name__, "exact")

from edgeact.exact import backward, grad  # noqa: E402  they take the ufuncs

__all__ += ["backward", "grad"]


def __getattr__(name: str) -> object:
    raise AttributeError(f"tier exact has no {name!r}; activations: {', '.join(__all__)}")
