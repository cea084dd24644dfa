"""What is shown on top of the diagram: counts, and times of many sessions."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import IntEnum
from typing import Literal

import msgspec

from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.analysis.path_times import PathTimes, Spent
from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.translation import Phrase, phrase, translatable

ARROW = " → "
_ESTIMATE = "≈ "
_LEAST_COMPARED = 3
"""States with times from which on the slow ones are told: a slow one is slower than others."""

_MANY = 12
"""States of which the description tells the times; the tool tips tell all."""


SessionSet = Literal["open", "archived", "found"]
"""Which sessions times are of: the open ones, all of the archive, or those in a filter of it."""


class Slowness(IntEnum):
    """How slow a state is, by its 90th percentile, against that of the slowest state."""

    USUAL = 0
    SLOW = 1
    """At least a quarter."""
    SLOWEST = 2
    """At least half."""


class Mark(msgspec.Struct, frozen=True):
    """What is shown on a state or a transition: how often it was taken, and its times, if any.

    `median` and `late`, the 90th percentile, are in seconds. Some of the times of an `estimate`
    were not observed. `told` says it all in words.
    """

    count: int
    told: Phrase
    median: float | None = None
    late: float | None = None
    estimate: bool = False
    slowness: Slowness = Slowness.USUAL

    @property
    def times(self) -> str:
        """The median and the 90th percentile, as ``4.2 s · 12 s``; empty if there are none."""
        if self.median is None or self.late is None:
            return ""
        return f"{_ESTIMATE[: self.estimate * 2]}{_brief(self.median)} · {_brief(self.late)}"

    @property
    def line(self) -> str:
        """The count and the median, for a transition."""
        count = f"{self.count:,} ×"
        if self.median is None:
            return count
        return f"{count} · {_ESTIMATE[: self.estimate * 2]}{_brief(self.median)}"


class Overlay(msgspec.Struct, frozen=True):
    """Marks for all states and transitions that can be reached, in the order of the machine.

    `title` says what they are of; `description` says in words what is seen.
    """

    title: Phrase
    states: Mapping[str, Mark]
    edges: Mapping[Edge, Mark]
    description: Phrase

    @property
    def marks(self) -> Iterator[tuple[str | Edge, Mark]]:
        yield from self.states.items()
        yield from self.edges.items()


def coverage_overlay(coverage: Coverage) -> Overlay:
    """Return the counts of `coverage`."""
    return Overlay(
        phrase("Coverage"),
        {state: Mark(n, _counted(state, n)) for state, n in coverage.states.items()},
        {edge: Mark(n, _counted(ARROW.join(edge), n)) for edge, n in coverage.transitions.items()},
        phrase("Coverage of {summary}", summary=coverage.summary().rstrip(".")),
    )


def times_overlay(machine: StateMachine, times: PathTimes, of: SessionSet) -> Overlay:
    """Return the counts and times of sessions of `machine`."""
    lost = machine.unreachable
    slowness = _slowness(machine, times.states)
    nothing = Spent()
    states = {
        state: _mark(state, times.states.get(state, nothing), slowness.get(state, Slowness.USUAL))
        for state in machine.states
        if state not in lost
    }
    edges = {
        edge: _mark(ARROW.join(edge), times.edges.get(edge, nothing))
        for edge in machine.edges
        if edge[0] not in lost
    }
    sessions = phrase(*_SETS[of], n=times.sessions)
    entered = {state in machine.table for state, spent in times.states.items() if spent.count}
    if False in entered:
        sessions = phrase(_ELSEWHERE[True in entered], sessions=sessions)
    title = phrase("Median · 90th percentile of {sessions}", sessions=sessions)
    return Overlay(title, states, edges, _described(sessions, states))


_ELSEWHERE = translatable(
    {
        False: "{sessions}, none in a state of this machine",
        True: "{sessions}, some in states that this machine does not have",
    }
)
"""What is said of sessions of another machine, by whether some are of the shown one."""

_SETS: dict[SessionSet, tuple[str, str]] = translatable(
    {
        "open": ("{n:,} open session", "{n:,} open sessions"),
        "archived": ("{n:,} archived session", "{n:,} archived sessions"),
        "found": (
            "{n:,} session in the filter of the history",
            "{n:,} sessions in the filter of the history",
        ),
    }
)


def _slowness(machine: StateMachine, states: Mapping[str, Spent]) -> dict[str, Slowness]:
    """Return which states are slow; waiting for an answer is not, nor what was hardly observed."""
    late = {
        state: spent.dwell.percentiles["90"]
        for state, spent in states.items()
        if spent.dwell.count and 2 * spent.unsure <= spent.dwell.count
        if state in machine.table and not machine.awaits_input(state)
    }
    slowest = max(late.values(), default=0.0)
    if len(late) < _LEAST_COMPARED or not slowest:
        return {}
    return {
        state: Slowness((2 * seconds >= slowest) + (4 * seconds >= slowest))
        for state, seconds in late.items()
    }


def _mark(name: str, spent: Spent, slowness: Slowness = Slowness.USUAL) -> Mark:
    told = _counted(name, spent.count)
    dwell = spent.dwell
    if not dwell.count:
        return Mark(spent.count, told)
    median, late = dwell.percentiles["50"], dwell.percentiles["90"]
    told = phrase(
        "{counted}, median {median}, 90th percentile {late}",
        counted=told,
        median=_brief(median),
        late=_brief(late),
    )
    if spent.unsure:
        told = phrase(
            "{told} (estimated: {unsure:,} of {n:,} not observed)",
            told=told,
            unsure=spent.unsure,
            n=dwell.count,
        )
    if slowness:
        told = phrase(_SLOW[slowness], told=told)
    return Mark(spent.count, told, median, late, bool(spent.unsure), slowness)


_SLOW = translatable({Slowness.SLOW: "{told}, slow", Slowness.SLOWEST: "{told}, among the slowest"})


def _counted(name: str, times: int) -> Phrase:
    if not times:
        return phrase("{name}: never", name=name)
    return phrase("{name}: {n:,} time", "{name}: {n:,} times", name=name, n=times)


def _described(sessions: Phrase, states: Mapping[str, Mark]) -> Phrase:
    timed = [mark for mark in states.values() if mark.late is not None]
    timed.sort(key=lambda mark: -(mark.late or 0))
    if not timed:
        return phrase("Times of {sessions}: none yet", sessions=sessions)
    described = phrase("Times of {sessions}", sessions=sessions)
    for mark in timed[:_MANY]:
        described = phrase("{before}. {told}", before=described, told=mark.told)
    if len(timed) > _MANY:
        described = phrase("{before}; and {n} more", before=described, n=len(timed) - _MANY)
    return described


def _brief(seconds: float) -> str:
    return duration(timedelta(seconds=seconds), 0 if seconds >= 10 else 1)
