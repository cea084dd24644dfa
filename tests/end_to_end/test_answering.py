"""What is typed into a form stays with its session and question, and is not overtaken."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Resumed
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.scenario.scenario import Answer, Enter, Scenario
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Play, Resume, SetScenario, Step, WalkTo
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.testing.loop import wait_until
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.hands import press, press_shortcut, write
from tests.helpers.names import find, seen
from tests.helpers.window import settle

FIELDS = (
    Field("sample", "Sample ID", required=True),
    Field("day", "Day", "date"),
    Field("kit", "Kit", "choice", options=("a", "b"), default="a"),
    Field("sure", "Sure", "boolean"),
    Field("notes", "Notes", "text"),
)
ASKED = InputRequiredEnvelope(FIELDS, "No tube.", "sample_sheet")
SOON = 0.15  # what a scenario takes until it answers by itself


def asking(window: MonitorWindow) -> SessionModel:
    """Return a new session in the window that asks for a sample, and waits for the answer."""
    session = window.session_actions.open(scenario())
    for _ in spec.WAYS["input_required"]:
        press_shortcut(window, find(QAction, "actionStep"))
    settle()
    assert seen().form
    return session


def scenario(answered_after: float = 3600) -> Scenario:
    *way, last = spec.WAYS["input_required"]
    steps = [*(Enter(state, after=0) for state in way), Enter(last, emits=ASKED, after=0)]
    given = {"sample": "S-1", "day": "2020-02-29", "sure": True}
    return Scenario(title="T", steps=(*steps, Answer(given, after=answered_after)))


def type_into(window: MonitorWindow, name: str, text: str) -> None:
    find(QWidget, f"field_{name}").setFocus()
    write(window, text)


def text_of(name: str) -> str:
    return find(QLineEdit, f"field_{name}").text()


def test_a_draft_survives_a_look_at_another_session(window: MonitorWindow) -> None:
    """What was typed is there again, in every type of field."""
    asking(window)
    type_into(window, "sample", "half an ans")
    type_into(window, "notes", "a note")
    press_shortcut(window, find(QAction, "actionPreviousSession"))
    assert not seen().form
    press_shortcut(window, find(QAction, "actionNextSession"))
    assert text_of("sample") == "half an ans"
    assert find(QPlainTextEdit, "field_notes").toPlainText() == "a note"


def test_a_draft_survives_a_look_at_the_past(window: MonitorWindow) -> None:
    """Earlier positions have no form, and the latest has it as it was left."""
    asking(window)
    type_into(window, "sample", "S-4")
    press_shortcut(window, find(QAction, "actionGoBack"))
    assert not seen().form
    press_shortcut(window, find(QAction, "actionGoToLatest"))
    assert text_of("sample") == "S-4"


def test_a_fork_and_its_origin_have_drafts_of_their_own(window: MonitorWindow) -> None:
    """Both ask the same question of the same event, and each keeps its own words."""
    origin = asking(window)
    type_into(window, "sample", "origin")
    press_shortcut(window, find(QAction, "actionForkHere"))
    assert window.session is not origin
    assert text_of("sample") == ""
    type_into(window, "sample", "fork")
    window.session_actions.show(origin)
    assert text_of("sample") == "origin"
    press_shortcut(window, find(QAction, "actionNextSession"))
    assert text_of("sample") == "fork"


def test_the_past_shows_what_was_answered(window: MonitorWindow) -> None:
    """A form of the past has the answers that followed, and no defaults of today."""
    session = asking(window)
    answers = {"sample": "S-1", "day": "2020-02-29", "sure": True}
    session.request(Resume(answers))
    press_shortcut(window, find(QAction, "actionGoBack"))
    shown = {field.id: find(QWidget, f"field_{field.id}") for field in FIELDS}
    texts = {name: text_of(name) for name in ("sample", "day", "kit", "sure")}
    assert texts == {"sample": "S-1", "day": "2020-02-29", "kit": "", "sure": "Yes"}
    assert find(QLineEdit, "field_kit").placeholderText() == "No answer"
    assert all(editor.isReadOnly() for editor in shown.values())
    type_into(window, "sample", "xyz")
    type_into(window, "notes", "xyz")
    press(window, Qt.Key.Key_Return)
    assert text_of("sample") == "S-1"
    assert find(QPlainTextEdit, "field_notes").toPlainText() == ""
    assert not find(QPushButton, "pendingInputSubmit").isEnabled()
    assert session.count == len(session.history)


def test_a_question_that_was_never_answered_says_so(window: MonitorWindow) -> None:
    """A session that was aborted while it waited shows no answers in its past."""
    session = asking(window)
    type_into(window, "sample", "S-4")
    session.request(Step("aborted"))
    press_shortcut(window, find(QAction, "actionGoBack"))
    editor = find(QLineEdit, "field_sample")
    assert (editor.text(), editor.placeholderText()) == ("", "Not answered")


def until(condition: Callable[[], object]) -> None:
    wait_until(condition, 10, lambda: "It does not come to that.")


def asked_by_play(window: MonitorWindow) -> SessionModel:
    """Return the session, which plays, has just asked, and answers itself soon."""
    window.session.request(SetScenario(scenario(SOON)))
    window.session.request(Play())
    until(lambda: seen().form)
    return window.session


def pass_the_time(window: MonitorWindow) -> None:
    """Return when another session, begun now, has answered itself."""
    other = window.sessions.session(window.sessions.add(SessionModel(_source())))
    other.request(Play())
    until(lambda: other.count > 5)


def _source() -> SimulatedSource:
    return SimulatedSource("other", scenario=scenario(2 * SOON))


def hold_note() -> str:
    note = find(QLabel, "pendingInputHold")
    return note.text() if note.isVisible() else ""


def test_playing_waits_while_the_form_is_edited(window: MonitorWindow) -> None:
    """What somebody types is not overtaken by the scenario; the answer lets it go on."""
    session = asked_by_play(window)
    type_into(window, "sample", "S-")
    pass_the_time(window)
    assert (session.state, session.playing) == ("input_required", True)
    assert hold_note() == "Playing waits while you edit."
    write(window, "7 ")
    press(window, Qt.Key.Key_Return)
    assert session.state == "plugin_pass"
    assert session.entered.cause.answers["sample"] == "S-7 "
    assert hold_note() == ""


@pytest.mark.parametrize("way", ["undone", "left", "another session", "the past"])
def test_playing_goes_on_when_the_edit_ends(window: MonitorWindow, way: str) -> None:
    """Taking the words back, or going elsewhere, leaves the answer to the scenario."""
    session = asked_by_play(window)
    type_into(window, "sample", "S")
    assert hold_note()
    match way:
        case "undone":
            press(window, Qt.Key.Key_Backspace)
        case "left":
            window.panes.log.filter.setFocus()
        case "another session":
            window.session_actions.open()
        case "the past":
            session.go_to(1)
    assert hold_note() == ""
    until(lambda: session.count > 5)
    assert session.history[5].cause == Resumed({"sample": "S-1", "day": "2020-02-29", "sure": True})


def test_the_focus_alone_holds_nothing(window: MonitorWindow) -> None:
    """Who only looks at a field does not stop a demonstration."""
    session = asked_by_play(window)
    find(QLineEdit, "field_sample").setFocus()
    assert hold_note() == ""
    until(lambda: session.count > 5)


def test_nothing_is_said_where_nothing_plays(window: MonitorWindow) -> None:
    """A session that is stepped by hand waits for its answer anyway."""
    asking(window)
    type_into(window, "sample", "S")
    assert hold_note() == ""


def test_walking_to_a_question_drops_no_draft_of_another(window: MonitorWindow) -> None:
    """Each question begins empty: the draft of the one before is not offered for it."""
    asking(window)
    type_into(window, "sample", "old")
    window.session.request(Step("plugin_pass"))
    window.session.request(WalkTo("input_required"))
    settle()
    assert find(QLineEdit, "field_sample_id").text() == ""
