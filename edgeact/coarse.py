"""Tier coarse: an absolute error of at most 2^-11, in a fraction of the time of tier fast.

For every float32 input it is at most 2^-11 max(1, abs(x)), about what float16 resolves; small
outputs may have no correct digit. Limits are exact; an output that has become its limit stays so;
none leaves the function's range. NaN stays NaN, and a zero keeps its sign where the function keeps
it.

>>> import numpy as np
>>> import edgeact as ea
>>> ea.coarse.gelu(np.float32([-np.inf, -0.0, 10]))
array([-0., -0., 10.], dtype=float32)

exp and expm1 may be off by 2^-11 of their result; elu, celu, swiglu, geglu and geglu_tanh by as
many times the error as their parameter is large, softplus_beta as 1 / beta is:
:meth:`edgeact.Bound.allowed` has the rule. :func:`edgeact.kernels` lists the methods of each isa,
and bits may differ between isas. float16 and bfloat16 round once more. float64 has no loop; nor
are there derivatives.
"""

from edgeact import _registry

__all__ = [*_registry.activations("coarse")]

_registry.make_ufuncs(__name__, "coarse")


def __getattr__(name: str) -> object:
    raise AttributeError(f"tier coarse has no {name!r}; activations: {', '.join(__all__)}")
