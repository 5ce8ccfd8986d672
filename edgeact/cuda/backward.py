"""What flows back through softmax and log_softmax on CUDA devices, of dy and the output y, as
:mod:`edgeact.backward` has it; the bits are the CPU's but in float64.

dy broadcasts to y. Arguments and errors are those of :func:`edgeact.cuda.softmax`.

>>> from edgeact.cuda import backward
>>> backward.__all__
['log_softmax', 'softmax']
"""

from typing import Any

from edgeact.cuda import _call

__all__ = ["log_softmax", "softmax"]


def softmax(dy: Any, y: Any, axis: int = -1, *, out: Any = None, stream: Any = None) -> Any:
    """y (dy - sum(dy y)) along an axis."""
    return _call.rows("softmax", y, dy, axis, out, stream)


def log_softmax(dy: Any, y: Any, axis: int = -1, *, out: Any = None, stream: Any = None) -> Any:
    """dy - e^y sum(dy) along an axis."""
    return _call.rows("log_softmax", y, dy, axis, out, stream)
