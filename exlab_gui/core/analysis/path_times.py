"""How often sessions took each state and transition, and how long that took."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec

from exlab_gui.core.analysis.distribution import Times, distribution
from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.machine import Edge
from exlab_gui.core.progress import Progress, no_progress, step, tracked

PERCENTS = (50, 90)
"""The percentiles that are shown: the median, and the time that nine of ten visits kept to."""

_MICROSECOND = timedelta(microseconds=1)
_RUN = 20_000
"""Times that are sorted at once: a few milliseconds' work."""


class Spent(msgspec.Struct, frozen=True):
    """How often a state was entered, or a transition taken, and the times of the finished visits.

    The time of a transition is the visit that it ended. The times of `unsure` ones are estimates:
    not all of it was observed.
    """

    count: int = 0
    dwell: Times = Times(0, {})
    unsure: int = 0


class PathTimes(msgspec.Struct, frozen=True):
    """What so many `sessions` took; what is missing was never taken."""

    sessions: int
    states: Mapping[str, Spent]
    edges: Mapping[Edge, Spent]


def path_times(
    histories: Sequence[tuple[StateHistory, int | None]], progress: Progress = no_progress
) -> PathTimes:
    """Return what sessions took, each up to its position (None: now).

    A step from one state to another that nobody observed is no transition.
    """
    states: dict[str, _Collected] = {}
    edges: dict[Edge, _Collected] = {}
    for number, (visits, position) in enumerate(histories):
        count = visits.visit_count(position)
        part = step(progress, number, len(histories))
        for place in tracked(range(count), part, 0, count):
            visit = visits.visit(place, position)
            own = states.setdefault(visit.state, _Collected())
            own.count += 1
            if visit.end is None:
                continue
            lasted = visit.lasted(visit.end).middle // _MICROSECOND
            following = visits.visit(place + 1, position)
            own.add(lasted, unsure=visit.known is not Certainty.OBSERVED)
            if following.known is not Certainty.UNOBSERVED:
                edge = edges.setdefault((visit.state, following.state), _Collected())
                edge.count += 1
                observed = visit.known is following.known is Certainty.OBSERVED
                edge.add(lasted, unsure=not observed)
    return PathTimes(
        len(histories),
        {state: one.spent(progress) for state, one in states.items()},
        {edge: one.spent(progress) for edge, one in edges.items()},
    )


class _Collected:
    def __init__(self) -> None:
        self.count = 0
        self._times: list[int] = []
        self._unsure = 0

    def add(self, lasted: int, *, unsure: bool) -> None:
        self._times.append(lasted)
        self._unsure += unsure

    def spent(self, progress: Progress) -> Spent:
        times = _in_order(self._times, progress)
        return Spent(self.count, distribution(times, PERCENTS), self._unsure)


def _in_order(times: Sequence[int], progress: Progress) -> list[int]:
    """Return `times` sorted, run by run: what is sorted already is merged quickly."""
    runs: list[int] = []
    for start in range(0, len(times), _RUN):
        runs += sorted(times[start : start + _RUN])
        progress(0, 1)
    runs.sort()
    return runs
