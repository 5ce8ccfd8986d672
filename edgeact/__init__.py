"""Neural-network activations for CPUs: fast, and certified on every float32 input.

Each activation is a real :class:`numpy.ufunc`, in float16, float32 and float64, and in bfloat16
where ml_dtypes is installed:

>>> import numpy as np
>>> import edgeact as ea
>>> ea.gelu(np.float32([-1, 0, 1]))
array([-0.15865526,  0.        ,  0.8413447 ], dtype=float32)

The same names in :mod:`edgeact.exact` are correctly rounded; those in :mod:`edgeact.coarse`, for
the transcendental ones, are good to 2^-11 and faster still. Parameters are inputs, too, and
broadcast: here one slope a row. :func:`apply` takes an activation by name, and knows defaults.

>>> ea.leaky_relu(np.float32([[-1, 1], [-1, 1]]), np.float32([[0.5], [0.25]]))
array([[-0.5 ,  1.  ],
       [-0.25,  1.  ]], dtype=float32)
>>> ea.apply("leaky_relu", np.float32([-1, 1]))
array([-0.01,  1.  ], dtype=float32)

``softmax`` and ``log_softmax`` work on rows, along the last axis or the one that is given. A NaN or
an infinity in a row, or nothing but -inf, makes all of that row NaN; other -inf become 0.

>>> ea.softmax(np.float32([[0, 0], [0, -np.inf]]), axis=0)
array([[0.5, 1. ],
       [0.5, 0. ]], dtype=float32)
"""

from edgeact import _registry, coarse, exact
from edgeact._analyze import Analysis, analyze
from edgeact._apply import apply
from edgeact._bind import bind
from edgeact._kernels import Kernel, kernel, kernels
from edgeact._pick import pick
from edgeact._quantized import quantized
from edgeact._registry import Bound, Spec, activations, info, rowwise, spec
from edgeact._tabulate import Tabulated, tabulate
from edgeact._threads import get_num_threads, set_num_threads

__version__ = _registry.VERSION

_registry.make_ufuncs(__name__, "fast")
_registry.make_gufuncs(__name__)

from edgeact import backward, grad  # noqa: E402  they take the ufuncs

__all__ = ["Analysis", "Bound", "Kernel", "Spec", "Tabulated", "activations", "analyze", "apply"]
__all__ += ["backward", "bind", "coarse", "exact", "get_num_threads", "grad", "info", "kernel"]
__all__ += ["kernels", "pick", "quantized", "rowwise", "set_num_threads", "spec"]
__all__ += ["tabulate", *activations(), *_registry.ALIASES, *rowwise()]


def __getattr__(name: str) -> object:
    # Only for what does not exist: typing an activation's name wrong should list the right ones.
    known = ", ".join(activations() + rowwise())
    raise AttributeError(f"edgeact has no {name!r}; activations: {known}")
