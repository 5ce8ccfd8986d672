"""How many threads share a large call."""

from __future__ import annotations

import operator
import os
import sys

from edgeact._registry import lib

_VARIABLE = "EDGEACT_NUM_THREADS"
_MOST = 2**15 - 1  # a C int, less what multiplies it


def _in_worker() -> bool:
    """Whether this process was forked, or multiprocessing started it.

    That may be importing the main module still.
    """
    if os.getpid() != _STARTED_IN:
        return True
    process = sys.modules.get("multiprocessing.process")
    if process is None:
        return False
    return process.parent_process() is not None or hasattr(process.current_process(), "_inheriting")


def _wanted() -> int | None:
    """What the environment says: our variable, or the one that many libraries follow."""
    if text := os.environ.get(_VARIABLE, ""):
        if not text.strip().isascii() or not text.strip().isdigit() or int(text) < 1:
            raise ImportError(f"{_VARIABLE}={text}: not a number of threads, 1 or more")
        return int(text)
    shared = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    return int(shared) if shared.isascii() and shared.isdigit() and int(shared) > 0 else None


_QUOTA: int = lib.edgeact_cgroup_cpus(b"") or _MOST
_WANTED = _wanted()
_STARTED_IN = os.getpid()


def set_num_threads(n: int | None) -> None:
    """Let at most n threads share a large call; None: as many as at the start.

    That is what ``EDGEACT_NUM_THREADS`` or else ``OMP_NUM_THREADS`` says; without them one in a
    process that was forked from another or that :mod:`multiprocessing` started, for its siblings
    use the other CPUs, and elsewhere one for each CPU. Never more than the CPUs of the thread that
    calls (its affinity), nor than the quota of the control group. Small arrays are computed alone,
    and no result depends on it.

    Raises:
        ValueError: n is less than 1.
        TypeError: n is no integer.

    >>> set_num_threads(1)
    >>> get_num_threads()
    1
    >>> set_num_threads(None)
    """
    if n is None:
        n = 1 if _WANTED is None and _in_worker() else _WANTED or _MOST
    elif operator.index(n) < 1:
        raise ValueError(f"set_num_threads: n must be at least 1, not {n}")
    in_forked = min(_WANTED or 1, _QUOTA)
    lib.edgeact_set_threads(min(operator.index(n), _QUOTA), in_forked)


def get_num_threads() -> int:
    """How many threads share a large call of the thread that asks.

    >>> get_num_threads() >= 1
    True
    """
    return int(lib.edgeact_threads())


set_num_threads(None)
