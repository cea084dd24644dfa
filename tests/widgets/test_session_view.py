from exlab_gui.sources.commands import Step
from exlab_gui.widgets.session_view import SessionView
from tests.helpers.sessions import session_in


class View(SessionView):
    """Writes down the state at each time that it shows its session."""

    def __init__(self) -> None:
        self.seen: list[tuple[object, str]] = []

    def synchronize(self) -> None:
        assert self.session is not None
        self.seen.append((self.session, self.session.state))


def test_it_shows_nothing_before_it_is_told(qapp: object) -> None:
    """A view that has been told of no session has none."""
    assert View().session is None
    SessionView().synchronize()


def test_it_shows_a_session_at_once_and_after_every_change(qapp: object) -> None:
    """What is shown is never older than the session."""
    view, session = View(), session_in("pending")
    view.set_session(session)
    session.request(Step("validating"))
    assert view.seen == [(session, "pending"), (session, "validating")]


def test_it_shows_one_session_at_a_time(qapp: object) -> None:
    """The session before is not listened to any more."""
    view, before, session = View(), session_in("pending"), session_in("done")
    view.set_session(before)
    view.set_session(session)
    before.request(Step("validating"))
    assert view.seen == [(before, "pending"), (session, "done")]


def test_the_same_session_may_be_shown_again(qapp: object) -> None:
    """A session that is chosen a second time is still shown once after each change."""
    view, session = View(), session_in("pending")
    view.set_session(session)
    view.set_session(session)
    session.request(Step("validating"))
    assert [state for _, state in view.seen] == ["pending", "pending", "validating"]
