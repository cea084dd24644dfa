"""Figures about the sessions that are watched: how they ended, how long, and what waits now."""

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

BOUNDS_S = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
"""The upper bounds of the buckets of dwell times, in seconds."""

_SECOND = timedelta(seconds=1)


class Times(NamedTuple):
    """Dwell times: of how many visits, their sum in seconds, and how many are in each bucket."""

    visits: int
    sum_s: float
    buckets: Sequence[int]


class Figures(NamedTuple):
    """What was counted from `since_ns` to `now_ns`, in nanoseconds since 1970.

    `ended` has the number of sessions by outcome and error code, `times` the dwell times by state.
    `waiting` is the number of sessions that wait for an answer now, `going_on` that of all.
    """

    since_ns: int
    now_ns: int
    ended: Mapping[tuple[str, str], int]
    times: Mapping[str, Times]
    waiting: int
    going_on: int


class Metrics:
    """Counts sessions and dwell times; may be read in another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._since_ns = time.time_ns()
        self._ended = Counter[tuple[str, str]]()
        self._times: dict[str, tuple[float, list[int]]] = {}
        self._going_on: dict[str, bool] = {}

    def goes_on(self, key: str, *, waits: bool) -> None:
        """Note that the session `key` goes on, and whether it waits for an answer."""
        with self._lock:
            self._going_on[key] = waits

    def ended(self, key: str, outcome: str, error_code: str) -> None:
        with self._lock:
            self._going_on.pop(key, None)
            self._ended[outcome, error_code] += 1

    def left(self, state: str, dwell: timedelta) -> None:
        """Count a visit to `state` that has ended."""
        seconds = dwell / _SECOND
        with self._lock:
            total, buckets = self._times.get(state) or (0.0, [0] * (len(BOUNDS_S) + 1))
            buckets[bisect_left(BOUNDS_S, seconds)] += 1
            self._times[state] = total + seconds, buckets

    def figures(self) -> Figures:
        with self._lock:
            return Figures(
                self._since_ns,
                time.time_ns(),
                dict(self._ended),
                {
                    state: Times(sum(buckets), total, tuple(buckets))
                    for state, (total, buckets) in self._times.items()
                },
                sum(self._going_on.values()),
                len(self._going_on),
            )
