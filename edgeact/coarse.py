"""Tier coarse: an absolute error of at most 2^-11, in a fraction of the time.

:math:`|error| <= 2^{-11} max(1, |x|)` for every float32 input, which is about what float16 resolves.
The limits are exact, and once an output has become its limit it stays so; outputs never leave the
function's range, NaN stays NaN, and so does the sign of zero where the function keeps it. Small
outputs may have no correct digit.

>>> import numpy as np
>>> import edgeact as ea
>>> ea.coarse.gelu(np.float32([-np.inf, -0.0, 10]))
array([-0., -0., 10.], dtype=float32)

exp and expm1 may also be off by 2^-11 of their result; elu, celu and the gated activations by as many
times the error as their first parameter is large, softplus_beta as 1 / beta is:
``edgeact.spec(name).bounds["coarse", "float32"]`` has the rule, and :func:`edgeact.kernels` lists the
methods of each isa. Bits may differ between isas. float16 and bfloat16 round once more. There is no
loop for float64, and no derivative.
"""

from edgeact import _registry

__all__ = [*_registry.activations("coarse")]

_registry.make_ufuncs(__name__, "coarse")


def __getattr__(name: str) -> object:
    raise AttributeError(f"tier coarse has no {name!r}; activations: {', '.join(__all__)}")
