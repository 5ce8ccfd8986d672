"""What backpropagation needs: ``edgeact.backward.NAME(dy, x, ...)`` is dy times dy/dx, in one pass.

dy and x broadcast, and so do the parameters, which are those of ``edgeact.NAME``; the result has
their common shape and type, float32 or float64. The derivative rounds within the bound of its row,
``edgeact.spec("NAME_grad").bounds``, and the product rounds once more.

>>> import numpy as np
>>> from edgeact import backward
>>> backward.tanh(np.float32([2, 2]), np.float32([0, 1]))
array([2.        , 0.83994865], dtype=float32)

Where the parameter can be learned there is a second result, by the parameter: one value for each
element, to be summed over what the parameter was broadcast to.

>>> dx, dalpha = backward.elu(np.float32([1, 1]), np.float32([-1, 2]), np.float32(0.5))
>>> dx, dalpha
(array([0.18393973, 1.        ], dtype=float32), array([-0.63212055,  0.        ], dtype=float32))
"""

from edgeact import _registry

__all__ = [*_registry.make_backward(__name__, "fast"), *_registry.rowwise()]
_registry.make_gufuncs(__name__, backward=True)


def __getattr__(name: str) -> object:
    raise AttributeError(f"edgeact.backward has no {name!r}; it has {', '.join(__all__)}")
