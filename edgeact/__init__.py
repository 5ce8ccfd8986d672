"""Neural-network activations for CPUs: fast, and certified on every float32 input.

Each activation is a real :class:`numpy.ufunc`, in float32 and float64:

>>> import numpy as np
>>> import edgeact as ea
>>> ea.gelu(np.float32([-1, 0, 1]))
array([-0.15865526,  0.        ,  0.8413447 ], dtype=float32)

The same names in :mod:`edgeact.exact` are correctly rounded. Parameters are inputs, too, and
broadcast: here one slope a row. :func:`apply` takes an activation by name, and knows defaults.

>>> ea.leaky_relu(np.float32([[-1, 1], [-1, 1]]), np.float32([[0.5], [0.25]]))
array([[-0.5 ,  1.  ],
       [-0.25,  1.  ]], dtype=float32)
>>> ea.apply("leaky_relu", np.float32([-1, 1]))
array([-0.01,  1.  ], dtype=float32)
"""

from edgeact import _registry, exact
from edgeact._apply import apply
from edgeact._registry import Bound, Spec, activations, info, spec

__version__ = _registry.VERSION

_registry.make_ufuncs(__name__, "fast")

from edgeact import backward, grad  # noqa: E402  they take the ufuncs

__all__ = ["Bound", "Spec", "activations", "apply", "backward", "exact", "grad", "info", "spec"]
__all__ += activations()


def __getattr__(name: str) -> object:
    # Only for what does not exist: typing an activation's name wrong should list the right ones.
    raise AttributeError(f"edgeact has no {name!r}; activations: {', '.join(activations())}")
