"""dy times derivatives of tier exact: ``edgeact.exact.backward.NAME(dy, x, ...)``.

The derivative is the float32 nearest to the truth, and its product with dy, in float32 or, where dy
and x have 16 bits, in their dtype, rounds once. See :mod:`edgeact.backward`.

>>> import numpy as np
>>> from edgeact.exact import backward
>>> backward.tanh(np.float32([2, 2]), np.float32([0, 1]))
array([2.        , 0.83994865], dtype=float32)
"""

from edgeact import _registry

__all__ = _registry.make_backward(__name__, "exact")


def __getattr__(name: str) -> object:
    raise AttributeError(f"edgeact.exact.backward has no {name!r}; it has {', '.join(__all__)}")
