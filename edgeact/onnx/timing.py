"""Sessions timed in turns, so that what else the machine does falls on each alike."""

import time
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

    from edgeact.onnx.inputs import Feed

_FEWEST_ROUNDS = 5


def in_turns(
    sessions: "Sequence[InferenceSession]", feed: "Feed", seconds: float
) -> list[list[float]]:
    """Milliseconds of every run of each session, after one to warm up."""
    for session in sessions:
        session.run(None, feed)
    times: list[list[float]] = [[] for _ in sessions]
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times[0]) < _FEWEST_ROUNDS:
        for session, taken in zip(sessions, times, strict=True):
            start = time.perf_counter()
            session.run(None, feed)
            taken.append((time.perf_counter() - start) * 1e3)
    return times


def medians(sessions: "Sequence[InferenceSession]", feed: "Feed", seconds: float) -> list[float]:
    """The median milliseconds a run of each."""
    return [median(taken) for taken in in_turns(sessions, feed, seconds)]
