"""Two sessions side by side."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.compare import Divergence, Spent, compare, time_spent
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.durations import Span
from tests.core.analysis.checked import history
from tests.helpers.strategies import machines, session_histories


def walk(*states):
    """Return the way of a session that went through `states`, an event each second."""
    return StateHistory(CREATION_MACHINE, history(*states))


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


def test_the_difference_is_of_what_both_did():
    """It says how much longer the second one took, and nothing of a state that one never was in."""
    short, long = (Span.exactly(timedelta(seconds=seconds)) for seconds in (2, 5))
    assert Spent("rendering", short, long).difference == timedelta(seconds=3)
    assert Spent("rendering", long, short).difference == timedelta(seconds=-3)
    assert Spent("rendering", None, short).difference is None


def test_a_session_does_not_part_from_itself():
    """A session that went the same way has nothing of its own, whenever it did so."""
    once = walk("validating", "aborted")
    later = [
        msgspec.structs.replace(event, at=event.at + timedelta(hours=1)) for event in once.history
    ]
    compared = compare(once, StateHistory(CREATION_MACHINE, later))
    assert not compared.diverged
    assert compared.common == ("pending", "validating", "aborted")


def test_time_is_told_side_by_side():
    """Every state that either was in is there once, in the machine's order, with both times."""
    again = ("plugin_pass", "input_required", "plugin_pass", "cache_write")
    compared = compare(walk("validating", "rendering", *again), walk("validating", "failed"))
    second = timedelta(seconds=1)
    assert compared.spent == (
        Spent("pending", Span.exactly(1 * second), Span.exactly(1 * second)),
        Spent("validating", Span.exactly(2 * second), Span.exactly(2 * second)),
        Spent("rendering", Span.exactly(2 * second), None),
        Spent("plugin_pass", Span.exactly(4 * second), None),
        Spent("input_required", Span.exactly(2 * second), None),
        Spent("cache_write", Span.exactly(1 * second), None),
        Spent("failed", None, Span.exactly(0 * second)),
    )


def test_the_present_state_lasts_until_now():
    """A session that goes on is compared as it is at the given time."""
    visits = walk("validating")
    now = visits.history[-1].at + timedelta(seconds=9)
    (_, spent) = compare(visits, walk("validating"), until=(now, None)).spent
    assert spent.second is not None
    assert spent.first == spent.second + Span.exactly(timedelta(seconds=9))


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
    assert {(s.state, s.first, s.second) for s in there.spent} == {
        (s.state, s.second, s.first) for s in back.spent
    }
