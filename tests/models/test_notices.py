"""The messages that were shown, the newest first, and no more than a few hundred of them."""

import pytest

from exlab_gui.models.notices import MOST, Notices
from tests.helpers.sessions import session_in

pytestmark = pytest.mark.usefixtures("qapp")


def texts(notices: Notices) -> list[str]:
    return [notices.index(row, 3).data() for row in range(notices.rowCount())]


def test_only_the_last_ones_are_kept() -> None:
    """A program that runs for weeks has no longer a list than one of a day."""
    notices, session = Notices(), session_in("pending")
    for number in range(MOST + 3):
        notices.add(f"{number}", session, is_error=False)
    assert texts(notices)[:2] == [f"{MOST + 2}", f"{MOST + 1}"]
    assert (notices.rowCount(), notices.unread) == (MOST, MOST)
    notices.read()
    assert notices.unread == 0


def test_what_is_told_twice_at_once_is_one() -> None:
    """Without a tray, a notification is a message, too."""
    notices, session = Notices(), session_in("pending")
    notices.add("needs input", session, is_error=False)
    notices.add("needs input", session_in("done"), is_error=False)
    assert texts(notices) == ["needs input"]
    assert notices.unread == 1


def test_a_notice_keeps_no_session() -> None:
    """What a message was about can be closed, and is gone then; its name stays."""
    notices, session = Notices(), session_in("pending")
    notices.add("a", session, is_error=True)
    del session
    assert notices.notice(0).session is None
    assert [notices.index(0, column).data() for column in (1, 2)] == ["Error", "sim-1"]
