"""How often sessions took each state and transition, and how long that took."""

from datetime import timedelta
from statistics import median

import pytest

from exlab_gui.core.analysis.path_times import PathTimes, Spent, path_times
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Mark, Origin
from tests.helpers.lab import lab_recording
from tests.helpers.strategies import START


def history(*steps, **how):
    """Return a session that entered the states of `steps`, each after so many seconds."""
    events, at = [], START
    for number, (state, after) in enumerate(steps, 1):
        at += timedelta(seconds=after)
        known = how.get(state, {})
        origin = known.pop("origin", Origin.OBSERVED)
        events.append(Event(number, at, state, origin, **known))
    return StateHistory(CREATION_MACHINE, events)


def test_visits_and_transitions_are_counted_with_their_times():
    """A visit that goes on counts, but has no time; a transition has that of the visit it ended."""
    one = history(("pending", 0), ("validating", 1), ("rendering", 4))
    other = history(("pending", 0), ("validating", 3), ("failed", 2))
    times = path_times([(one, None), (other, None)])
    assert times.sessions == 2
    assert times.states["pending"].dwell.percentiles == {"50": 2.0, "90": 2.8}
    assert {state: spent.count for state, spent in times.states.items()} == {
        "pending": 2,
        "validating": 2,
        "rendering": 1,
        "failed": 1,
    }
    assert times.states["rendering"].dwell.count == 0
    assert times.edges["validating", "failed"].dwell.percentiles["50"] == 2.0
    assert times.edges["pending", "validating"].count == 2


def test_what_came_after_the_position_does_not_count():
    """The session is asked about as it is shown."""
    visits = history(("pending", 0), ("validating", 1), ("rendering", 4))
    times = path_times([(visits, 2)])
    assert times.states.keys() == {"pending", "validating"}
    assert times.states["validating"].dwell.count == 0
    assert times.edges.keys() == {("pending", "validating")}


def test_what_nobody_observed_is_told_and_is_no_transition():
    """An inferred visit is unsure; over a gap, no transition is claimed."""
    visits = history(
        ("pending", 0),
        ("validating", 1),
        ("rendering", 2),
        ("failed", 1),
        validating={"origin": Origin.INFERRED},
        failed={"mark": Mark.GAP},
    )
    times = path_times([(visits, None)])
    assert times.states["validating"].unsure == 1
    assert times.states["pending"].unsure == 0
    assert times.edges["pending", "validating"].unsure == 1
    assert ("rendering", "failed") not in times.edges
    assert times.states["failed"].count == 1


def test_many_times_are_in_order():
    """The median of many sessions is that of all their visits."""
    visits = [StateHistory(CREATION_MACHINE, lab_recording(n).events) for n in range(60)]
    spent = path_times([(one, None) for one in visits]).states["rendering"]
    lasted = [
        (visit.end - visit.start).total_seconds()
        for one in visits
        for visit in map(one.visit, range(one.visit_count()))
        if visit.state == "rendering" and visit.end is not None
    ]
    assert spent.dwell.percentiles["50"] == pytest.approx(median(lasted), abs=1e-6)


def test_of_no_session_there_is_nothing():
    assert path_times([]) == PathTimes(0, {}, {})
    assert Spent().dwell.percentiles == {}
