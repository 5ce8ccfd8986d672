"""What backpropagation needs: ``edgeact.backward.NAME(dy, x, ...)`` is dy times dy/dx, in one pass.

dy and x broadcast, and so do the parameters, which are those of ``edgeact.NAME``; the result has
their common shape and dtype. The derivative rounds within the bound of its row,
``edgeact.spec("NAME_grad").bounds``, and the product rounds once more. In float16 and bfloat16 the
derivative is that of float32 and its product with dy rounds once: half an ULP, and what the
derivative is off times dy. A TypeError names a dtype without a loop.

>>> import numpy as np
>>> from edgeact import backward
>>> backward.tanh(np.float32([2, 2]), np.float32([0, 1]))
array([2.       , 0.8399487], dtype=float32)

Where the parameter can be learned there is a second result, by the parameter: one value for each
element, to be summed over what the parameter was broadcast to.

>>> dx, dalpha = backward.elu(np.float32([1, 1]), np.float32([-1, 2]), np.float32(0.5))
>>> dx, dalpha
(array([0.18393973, 1.        ], dtype=float32), array([-0.63212055,  0.        ], dtype=float32))

``softmax(dy, y, axis=-1)`` and ``log_softmax(dy, y, axis=-1)`` take not x but the output y, which
is what their derivatives are made of: y (dy - sum(dy y)) and dy - e^y sum(dy). With S and T the sum
and the sum of the sizes of dy y (log_softmax: of dy), dx is off by at most 0.51 ULP, and by what
the sum lost, (n + 256) 2^-58 y T, in softmax; in log_softmax by (n + 256) 2^-58 e^y T and
2^-23 min(e^y, 1 - e^y) abs(S). In float64 it is 2 ULP, 2^-94 for 2^-58 and 2^-51 for 2^-23.

>>> import edgeact
>>> y = edgeact.softmax(np.float32([0, 0, 0]))
>>> backward.softmax(np.float32([3, 0, 0]), y)
array([ 0.6666667 , -0.33333334, -0.33333334], dtype=float32)
"""

from edgeact import _registry

__all__ = [*_registry.make_backward(__name__, "fast"), *_registry.rowwise()]
_registry.make_gufuncs(__name__, backward=True)


def __getattr__(name: str) -> object:
    raise AttributeError(f"edgeact.backward has no {name!r}; it has {', '.join(__all__)}")
