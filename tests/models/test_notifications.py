"""What is worth a notice: once each time, and never what was so before."""

import pytest

from exlab_gui.models.notifications import Notifications
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Fail, Resume, Step, WalkTo
from exlab_gui.sources.simulated import SimulatedSource

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def told():
    return []


@pytest.fixture
def notices(told):
    notices = Notifications()
    notices.notified.connect(lambda session, text: told.append((session.label, text)))
    return notices


def session(state=None):
    model = SessionModel(SimulatedSource("sim-1"))
    if state is not None:
        model.request(WalkTo(state))
    return model


def test_coming_to_need_input_is_told_each_time(notices, told):
    """Each question is told once, in one line, whatever else happens and whatever is looked at."""
    watched = session("plugin_pass")
    notices.watch(watched, new=False)
    watched.request(Step("input_required"))
    watched.go_to(1)
    watched.go_to(None)
    assert len(told) == 1
    label, text = told[0]
    assert label == "sim-1"
    assert text.startswith("sim-1 needs input. ")
    assert text.isprintable()
    watched.request(Resume({}))
    watched.request(Step("input_required"))
    assert len(told) == 2


def test_a_failure_is_told_and_other_ends_are_not(notices, told):
    """Who watches has to know of what went wrong."""
    for end in ("done", "aborted"):
        watched = session("sync_queued")
        notices.watch(watched, new=False)
        watched.request(Step(end))
    assert told == []
    watched = session("rendering")
    notices.watch(watched, new=False)
    watched.request(Fail())
    assert "has failed" in told[0][1]


@pytest.mark.parametrize("state", ["input_required", "failed"])
def test_what_was_so_before_is_no_news(notices, told, state):
    """Connecting to a server with a hundred failed sessions tells nothing; a new one does."""
    notices.watch(session(state), new=False)
    assert told == []
    notices.watch(session(state), new=True)
    assert len(told) == 1
