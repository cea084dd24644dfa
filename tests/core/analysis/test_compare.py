"""Two sessions side by side."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis import compare as core
from exlab_gui.core.analysis.compare import (
    Difference,
    Divergence,
    Pair,
    Side,
    align,
    time_spent,
)
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.durations import Span
from tests.core.analysis.checked import history
from tests.helpers.strategies import machines, session_histories


def walk(*states):
    """Return the way of a session that went through `states`, an event each second."""
    return StateHistory(CREATION_MACHINE, history(*states))


def compare(first, second):
    """Compare two sessions as they are with their last events."""
    return core.compare(*(Side(visits, visits.history[-1].at) for visits in (first, second)))


def test_sessions_part_where_they_enter_different_states():
    """What both entered is common; from there on each has its own way."""
    first = walk("validating", "rendering", "plugin_pass", "cache_write", "aborted")
    second = walk("validating", "rendering", "failed")
    compared = compare(first, second)
    assert compared.common == ("pending", "validating", "rendering")
    assert compared.first == Divergence(5, ("plugin_pass", "cache_write", "aborted"))
    assert compared.second == Divergence(5, ("failed",))
    assert compared.diverged


def test_one_session_may_only_go_further():
    """Where one session went no further, it has no way of its own."""
    compared = compare(walk("validating"), walk("validating", "rendering"))
    assert compared.first == Divergence(None, ())
    assert compared.second == Divergence(3, ("rendering",))
    assert compared.diverged


def test_a_session_does_not_part_from_itself():
    """A session that went the same way has nothing of its own, whenever it did so."""
    once = walk("validating", "aborted")
    later = [
        msgspec.structs.replace(event, at=event.at + timedelta(hours=1)) for event in once.history
    ]
    compared = compare(once, StateHistory(CREATION_MACHINE, later))
    assert not compared.diverged
    assert compared.common == ("pending", "validating", "aborted")


def test_visits_are_paired_around_what_one_session_has_alone():
    """A detour of one session has rows of its own; what follows is compared again."""
    detour = ("plugin_pass", "input_required", "plugin_pass", "cache_write")
    compared = compare(
        walk("validating", "rendering", *detour), walk("validating", "rendering", *detour[2:])
    )
    alone = [compared.state(row) for row, pair in enumerate(compared.pairs) if pair.differs]
    assert alone == ["input_required", "plugin_pass"]
    assert compared.pairs[-1] == Pair(6, 4)
    assert [compared.rows[0][6], compared.rows[1][4]] == [6, 6]


def test_the_difference_is_of_what_both_did():
    """It says how much longer the second one took, and nothing of a visit of one alone."""
    slow = walk("validating", "rendering", "failed")
    slow.history[5] = msgspec.structs.replace(
        slow.history[5], at=slow.history[5].at + timedelta(seconds=3)
    )
    slow = StateHistory(CREATION_MACHINE, slow.history)
    compared = compare(walk("validating", "rendering", "aborted"), slow)
    rendering = Difference(timedelta(seconds=3), is_exact=True)
    assert [compared.difference(row) for row in range(len(compared.pairs))][2:] == [
        rendering,
        None,
        None,
    ]
    assert compared.largest == 2


def test_the_present_state_lasts_until_now():
    """A session that goes on is compared as it is at the given time; one that is over has ended."""
    visits = walk("validating")
    now = visits.history[-1].at + timedelta(seconds=9)
    compared = core.compare(Side(visits, now), Side(visits, visits.history[-1].at))
    assert compared.difference(1) == Difference(timedelta(seconds=-9), is_exact=True)
    over = walk("failed")
    assert Side(over, now).lasted(1) is None


def test_no_time_is_negative():
    """Where the clock was set back within a state, no time is counted."""
    events = history("validating", "failed")
    events[3] = msgspec.structs.replace(events[3], at=events[0].at - timedelta(hours=1))
    spent = time_spent(StateHistory(CREATION_MACHINE, events))
    assert spent["validating"] == Span.exactly(timedelta())


def test_any_time_can_be_added_up():
    """A clock that goes from end to end of the calendar, again and again, is no error."""
    events = [
        Event(n, datetime(9000 if n % 2 else 1971, 1, 1, tzinfo=UTC), state, Origin.OBSERVED)
        for n, state in enumerate(("pending", "validating") * 500)
    ]
    spent = time_spent(StateHistory(CREATION_MACHINE, events))
    assert spent["pending"].most == timedelta.max


@given(st.data())
def test_all_of_a_sessions_time_is_counted(data):
    """The times in all states together are the time from the first event to the last."""
    machine = data.draw(machines(self_loops=True))
    events = data.draw(session_histories(machine))
    spent = time_spent(StateHistory(machine, events))
    total = sum((span.most for span in spent.values()), timedelta())
    assert total == events[-1].at - events[0].at
    assert set(spent) == {event.state for event in events}


@given(st.data())
def test_comparing_is_symmetric(data):
    """Which session comes first makes no difference but for the order."""
    machine = data.draw(machines(self_loops=True))
    one, other = (StateHistory(machine, data.draw(session_histories(machine))) for _ in range(2))
    there, back = compare(one, other), compare(other, one)
    assert (there.common, there.first, there.second) == (back.common, back.second, back.first)


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_every_visit_has_one_row(one, other):
    """Rows are in the order of both sessions, and no visit is paired with one of another state."""
    pairs = list(align(one, other))
    assert [pair.first for pair in pairs if pair.first is not None] == list(range(len(one)))
    assert [pair.second for pair in pairs if pair.second is not None] == list(range(len(other)))
    assert all(pair.differs or one[pair.first] == other[pair.second] for pair in pairs)
