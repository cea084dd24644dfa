"""How much slower the processor is than the one on which times were measured."""

from statistics import median
from time import thread_time

_REFERENCE_S = 0.00105
"""So long it took there while no other program used that processor's core."""


def slowness() -> float:
    """Return how many times as long as there the processor takes now; 1 if it is faster.

    Other programs that use the same core or its caches make it slower, though they take none of
    this one's time.
    """
    return max(median(_work() for _ in range(7)) / _REFERENCE_S, 1.0)


def _work() -> float:
    """Return for how long the processor works at what is always the same, in seconds."""
    start = thread_time()
    sum(number * number for number in range(20_000))
    return thread_time() - start
