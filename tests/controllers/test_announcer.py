"""What a screen reader says by itself."""

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Reset, Step, WalkTo
from exlab_gui.sources.metadata import Standing
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_in
from tests.helpers.strategies import START
from tests.helpers.window import settle

Heard = list[tuple[str, bool]]


@pytest.fixture
def heard(window: MonitorWindow) -> Heard:
    """Return what is announced; the pause ends when a test says so, however slow the machine is."""
    window.announcer.pause.setInterval(3_600_000)
    heard: Heard = []
    window.announcer.announced.connect(lambda text, urgent: heard.append((text, urgent)))
    return heard


def go(window: MonitorWindow, state: str) -> None:
    assert window.session.request(Step(state))
    window.announcer.tell()  # as after a second


def test_each_state_is_told_once(window: MonitorWindow, heard: Heard) -> None:
    """A change is told at once, and nothing is told twice."""
    go(window, "validating")
    go(window, "rendering")
    window.context.refresh()
    window.announcer.tell()
    assert heard == [("State: validating.", False), ("State: rendering.", False)]


def test_questions_and_failures_interrupt(window: MonitorWindow, heard: Heard) -> None:
    """They are told with what is asked, and why it failed."""
    window.session.request(WalkTo("input_required"))
    window.announcer.tell()
    text, urgent = heard[-1]
    assert text.startswith("sim-1 needs input. sample_sheet: ")
    assert urgent
    go(window, "failed")
    text, urgent = heard[-1]
    assert text.startswith("sim-1 has failed. ")
    assert urgent


def test_a_flood_is_one_announcement(window: MonitorWindow, heard: Heard) -> None:
    """Of a thousand changes in a second, the first is told, and then how it is."""
    other = session_in("failed")
    window.session.request(WalkTo("plugin_pass"))
    window.announcer.tell()
    window.announcer.tell()  # nothing is new: the pause is over
    heard.clear()
    for _ in range(10):
        window.session.request(Step("input_required"))
        window.session.request(Step("plugin_pass"))
    assert len(heard) == 1
    window.announcer.tell()
    assert [text for text, _ in heard[1:]] == ["State: plugin_pass, after 18 others."]
    heard.clear()
    for number in range(1000):
        window.announcer.hear_of(other, f"sim-{number} has failed.")
    assert heard == []
    window.announcer.tell()
    assert heard == [("1000 messages, the last one: sim-999 has failed.", True)]


def test_a_thousand_events_are_one_announcement(window: MonitorWindow, heard: Heard) -> None:
    """As a fast server sends them in a second."""
    source = RecordedSource(CREATION_MACHINE)
    session = SessionModel(source)
    window.session_actions.add(session)
    window.announcer.tell()
    states = ("plugin_pass", "input_required")
    source.grow(Event(n, START, states[n % 2], Origin.OBSERVED) for n in range(2, 1002))
    session.go_to(None)  # without waiting for the next frame
    window.announcer.tell()
    assert len(heard) <= 2
    assert "after 99" in heard[-1][0] or "needs input" in heard[-1][0]


def test_the_chosen_session_is_not_told(window: MonitorWindow, heard: Heard) -> None:
    """Whoever chooses a session reads it; only what changes then is told."""
    window.session_actions.add(session_in("rendering"))
    window.announcer.tell()
    assert heard == []
    go(window, "plugin_pass")
    assert heard == [("State: plugin_pass.", False)]


def test_the_past_is_told_as_such(window: MonitorWindow, heard: Heard) -> None:
    """And so is the way back."""
    window.session.request(WalkTo("rendering"))
    window.announcer.tell()
    heard.clear()
    window.history.go_to(2)
    window.announcer.tell()
    window.history.go_to(None)
    window.announcer.tell()
    assert [text for text, _ in heard] == ["Past position: validating.", "State: rendering."]


def test_a_reset_is_told(window: MonitorWindow, heard: Heard) -> None:
    """A session that begins anew is in its first state."""
    go(window, "validating")
    window.session.request(Reset())
    settle()
    window.announcer.tell()
    assert heard[-1] == ("State: pending.", False)


def test_problems_are_told(window: MonitorWindow, heard: Heard, qtbot: QtBot) -> None:
    """A violation interrupts; of several, the last is told, and how many there are."""
    source = RecordedSource(CREATION_MACHINE, [Event(1, START, "done", Origin.OBSERVED)])
    session = SessionModel(source)
    window.session_actions.add(session)
    window.announcer.tell()
    heard.clear()
    before = len(session.listed_problems)
    source.grow([Event(2, START, "rendering", Origin.OBSERVED)])
    qtbot.waitUntil(lambda: len(session.listed_problems) == before + 1)  # found in slices
    session.go_to(None)  # without waiting for the next frame
    window.announcer.tell()
    text, urgent = heard[-1]
    assert "Rule violation: " in text
    assert urgent
    window.announcer.pause.start()  # what is found from here on is told together
    states = enumerate(("pending", "failed", "pending"), 3)
    source.grow([Event(number, START, state, Origin.OBSERVED) for number, state in states])
    qtbot.waitUntil(lambda: len(session.listed_problems) == before + 4)
    session.go_to(None)
    window.announcer.tell()
    assert "3 problems, the last one: " in heard[-1][0]


def test_lost_servers_are_told(window: MonitorWindow, heard: Heard) -> None:
    """That of the shown session by its standing, others by their sentence; once each."""
    source = RecordedSource(CREATION_MACHINE, [Event(1, START, "pending", Origin.OBSERVED)])
    session = SessionModel(source)
    window.session_actions.add(session)
    window.announcer.tell()
    source.info = source.info._replace(standing=Standing.LOST, connection="No response.")
    session.go_to(None)
    window.announcer.tell()
    session.go_to(None)
    window.servers.troubled.emit("x does not answer.")
    window.announcer.tell()
    window.servers.troubled.emit("")
    window.announcer.tell()
    assert heard == [("No response.", True), ("x does not answer.", True)]


def test_other_sessions_are_told_of(window: MonitorWindow, heard: Heard) -> None:
    """One that needs input, but is not shown, is told with its name."""
    first = window.session
    window.notifier.watch(first, new=False)
    window.session_actions.open()
    first.request(WalkTo("input_required"))
    settle()
    window.announcer.tell()
    assert len(heard) == 1
    assert heard[0][0].startswith("sim-1 needs input. ")
    assert heard[0][1]


def test_it_is_given_to_the_reader(window: MonitorWindow, heard: Heard) -> None:
    """With a reader there, Qt takes the announcement."""
    QAccessible.setActive(True)
    try:
        go(window, "validating")
        go(window, "failed")
    finally:
        QAccessible.setActive(False)
    assert len(heard) == 2
