"""The sessions that were closed last can be had back; older ones are let go."""

from weakref import ref

import pytest

from exlab_gui.models import closed_sessions
from exlab_gui.models.closed_sessions import MOST_KEPT, ClosedSessions
from tests.helpers.sessions import session_in

pytestmark = pytest.mark.usefixtures("qapp")


def test_only_the_last_ones_are_kept() -> None:
    """Ten sessions are kept, however many are closed; the others go with all they held."""
    closed, gone = ClosedSessions(), []
    for _ in range(MOST_KEPT + 3):
        session = session_in("validating")
        gone.append(ref(session))
        closed.keep(session)
    del session
    assert [session() is None for session in gone] == [True] * 3 + [False] * MOST_KEPT


def test_long_sessions_push_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Together they have so many events at most; the last one is kept however long it is."""
    monkeypatch.setattr(closed_sessions, "MOST_EVENTS_KEPT", 4)
    closed, gone = ClosedSessions(), []
    for state in ("validating", "validating", "validating", "done"):
        session = session_in(state)
        gone.append(ref(session))
        closed.keep(session)
        if state == "validating":
            assert sum(one() is not None for one in gone) <= 2
    assert closed.last is session
    assert [one() is None for one in gone] == [True, True, True, False]


def test_undoing_pushes_out_no_closed_session() -> None:
    """What was undone can be had back, too, but not in place of what the user has closed."""
    closed, session = ClosedSessions(), session_in("validating")
    closed.keep(session)
    gone = []
    for _ in range(MOST_KEPT + 3):
        earlier = session_in("validating")
        gone.append(ref(earlier))
        closed.keep(earlier, before_undo=True)
    assert closed.last is earlier
    del earlier
    while closed.last is not session:
        closed.take(closed.last)
    assert sum(one() is None for one in gone) >= 3


def test_one_that_is_taken_is_no_longer_kept() -> None:
    """A session comes back once, and follows its source again."""
    closed, session = ClosedSessions(), session_in("validating")
    closed.keep(session)
    assert session.is_closed
    closed.take(session)
    assert (closed.last, session.is_closed) == (None, False)
