"""What is most worth knowing of a session, in one line."""

import pytest

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.analysis.outcome import Headline, headline
from exlab_gui.core.analysis.status import session_meaning
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.protocol.events import Event, Mark, Origin, Reported
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.core.text.translation import Phrase
from exlab_gui.sources.commands import Cancel, Fail, StepOnce
from tests.helpers.sessions import session_in
from tests.helpers.strategies import START

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_failed_session_is_headed_by_its_error():
    """A failure is told by its error, and an abort by its reason, with what they mean."""
    session = session_in("rendering")
    session.request(Fail(Error("disk_space_insufficient", "12 MB left")))
    told = "disk_space_insufficient: 12 MB left"
    assert headline(session.visits) == ("Error", told, "failure")
    session = session_in("rendering")
    session.request(Cancel())
    name, _, meaning = headline(session.visits)
    assert (name, meaning) == ("Reason", "aborted")


def test_a_blocked_session_is_headed_by_what_blocks_it():
    """A session whose sync is held back says what was found; its path does not hide that."""
    session = session_in("pending", scenario=find_scenario("sync_gated"))
    while session.why_not(StepOnce()) is None:
        session.request(StepOnce())
    name, text, meaning = headline(session.visits)
    assert (name, meaning) == ("Blocked", "warning")
    assert text.startswith("Sync blocked by validation; Finding hard unresolved_placeholder")
    assert len(text) <= 160


def test_a_session_that_waits_says_for_what():
    """The question comes first; else what the server says that it waits for, if it does."""
    assert headline(session_in("input_required").visits).name == "Waits for"
    running = session_in("rendering").visits
    assert headline(running, None, "plugin") == ("Waits for", "plugin", None)
    assert headline(running) == ("Result", "none yet", None)
    assert headline(session_in("done").visits).name == "Result"


@pytest.mark.parametrize("status", ["success", "skipped", "failed", "timeout"])
def test_a_session_whose_plugin_failed_is_flawed(status):
    """It is done, but not as it should be; before that was found out, it was as good as any."""
    plugin = AppliedPlugin("lims", status, exit_code=3)
    made = Reported(result={"path": "/data/run"})
    events = [
        Event(1, START, "sync_queued", Origin.OBSERVED),
        Event(2, START, "done", Origin.OBSERVED, cause=made),
        Event(3, START, "done", Origin.OBSERVED, cause=Explained((plugin,)), mark=Mark.LATE),
    ]
    visits = StateHistory(CREATION_MACHINE, events)
    told = headline(visits)
    if not plugin.failed:
        assert session_meaning(visits) == "success"
        assert told == Headline("Result", "/data/run")
        return
    assert [session_meaning(visits, position) for position in (1, 2, 3)] == [
        None,
        "success",
        "flawed",
    ]
    assert (told.name, told.meaning) == ("Plugin failed", "flawed")
    assert "lims" in told.text
    assert "/data/run" in told.text
    assert isinstance(told.text, Phrase)  # it can be told in another language
