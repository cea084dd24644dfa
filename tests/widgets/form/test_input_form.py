from typing import TypeVar

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from exlab_gui.core.limits import FORM_CHARACTERS, FORM_FIELDS
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import DEFAULT_QUESTION
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Origin, Resumed
from exlab_gui.core.protocol.form import Field, FieldType
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Cancel, StepOnce
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.form.input_form import InputForm
from tests.helpers import spec
from tests.helpers.hands import turn_wheel
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_asking, session_in
from tests.helpers.strategies import START
from tests.helpers.window import settle

W = TypeVar("W", bound=QWidget)

SAMPLE = Field("sample", "Sample ID", required=True)
KIT = Field("kit", "Kit", "choice", True, options=("a", "b"))
DAY = Field("day", "Date", "date")


@pytest.fixture
def form(theme: Theme, qtbot: QtBot) -> InputForm:
    """Return a form as wide as in the window, that shows no session yet."""
    form = InputForm()
    qtbot.addWidget(form)
    form.resize(480, 300)
    return form


def part(form: InputForm, kind: type[W], name: str) -> W:
    (found,) = form.findChildren(kind, name)
    return found


def show(form: InputForm, session: SessionModel) -> SessionModel:
    form.set_session(session)
    QApplication.processEvents()
    while not form.is_whole:
        QApplication.processEvents()
    QApplication.processEvents()  # the last rows are laid out
    return session


def submit(form: InputForm) -> None:
    part(form, QPushButton, "pendingInputSubmit").click()


@pytest.mark.parametrize("state", spec.STATES)
def test_it_is_visible_exactly_where_input_is_required(form: InputForm, state: str) -> None:
    """The form is there in the one state that is held for input, and in no other."""
    show(form, session_in(state))
    assert form.isVisible() == (state == "input_required")


def test_it_asks_what_the_plugin_asks(form: InputForm) -> None:
    """Who asks, why, and for what, stands in the form; what has to be answered bears a mark."""
    show(form, session_asking(SAMPLE, DAY, reason="No tube for lane 2."))
    reason = part(form, QLabel, "pendingInputReason")
    assert reason.text() == "sample_sheet asks: No tube for lane 2."
    labels = [label.text() for label in form.findChildren(QLabel) if label.buddy()]
    assert labels == ["Sample ID *", "Date"]
    assert part(form, QLineEdit, "field_sample").width() > form.width() / 2
    assert part(form, QDateEdit, "field_day").isVisible()
    assert not part(form, QLabel, "wrong_sample").isVisible()


@pytest.mark.parametrize("kind", ["choice", "date", "boolean"])
def test_a_hint_stands_below_what_cannot_hold_it(form: InputForm, kind: str) -> None:
    """What is chosen, and not written, has its hint below."""
    show(form, session_asking(Field("x", "X", kind, options=("a",), hint="As on the tube")))
    hint = part(form, QLabel, "hint_x")
    assert (hint.text(), hint.isVisible()) == ("As on the tube", True)
    assert hint.y() > part(form, QWidget, "field_x").y()


def test_it_is_as_high_as_it_needs_to_be(form: InputForm) -> None:
    """With room enough nothing is scrolled, and no room is taken that is not needed."""
    form.resize(480, 800)
    show(form, session_asking(SAMPLE, KIT, DAY, reason="A long reason. " * 20))
    (area,) = form.findChildren(QScrollArea)
    for width in (480, 900, 420):
        form.resize(width, 800)
        settle()
        assert area.verticalScrollBar().maximum() == 0
        assert area.viewport().height() == area.widget().heightForWidth(area.viewport().width())


def test_a_question_of_the_past_is_not_answered(form: InputForm) -> None:
    """Where the session can't be told anything, the button says why."""
    question = InputRequiredEnvelope((SAMPLE,), "No tube.", "sample_sheet")
    asked = Event(1, START, "input_required", Origin.OBSERVED, question)
    show(form, SessionModel(RecordedSource(CREATION_MACHINE, [asked])))
    button = part(form, QPushButton, "pendingInputSubmit")
    assert (button.isEnabled(), button.toolTip()) == (False, "It was recorded.")
    show(form, session_asking(SAMPLE))
    assert (button.isEnabled(), button.toolTip()) == (True, "")


def test_an_answer_resumes_the_session(form: InputForm) -> None:
    """What was filled in goes to the session, which goes on; the form is gone."""
    session = show(form, session_asking(SAMPLE, KIT, DAY))
    part(form, QLineEdit, "field_sample").setText("S-7")
    part(form, QComboBox, "field_kit").setCurrentIndex(1)
    part(form, QDateEdit, "field_day").setDate(QDate(2026, 1, 31))
    submit(form)
    assert session.state == "plugin_pass"
    assert session.entered.cause == Resumed({"sample": "S-7", "kit": "b", "day": "2026-01-31"})
    assert not form.isVisible()


def test_what_was_not_chosen_is_not_answered(form: InputForm) -> None:
    """A choice that may stay open, and does, is no part of the answer."""
    session = show(form, session_asking(Field("kit", "Kit", "choice", options=("a", "b"))))
    submit(form)
    assert session.entered.cause == Resumed({})


def test_what_is_wrong_stands_beside_the_field(form: InputForm) -> None:
    """Nothing is sent before every field is right; each that is not says so."""
    session = show(form, session_asking(DAY, SAMPLE, KIT))
    form.activateWindow()
    submit(form)
    assert session.state == "input_required"
    wrong = {name: part(form, QLabel, f"wrong_{name}") for name in ("day", "sample", "kit")}
    assert {name: label.isVisible() for name, label in wrong.items()} == {
        "day": False,
        "sample": True,
        "kit": True,
    }
    assert wrong["sample"].text() == "Required"
    assert part(form, QLineEdit, "field_sample").hasFocus()
    part(form, QLineEdit, "field_sample").setText("S-7")
    submit(form)
    assert not wrong["sample"].isVisible()
    assert wrong["kit"].isVisible()
    assert session.state == "input_required"


def test_only_blanks_are_no_answer(form: InputForm) -> None:
    """A field that has to be filled in is not, where there are only blanks in it."""
    session = show(form, session_asking(SAMPLE))
    part(form, QLineEdit, "field_sample").setText("   ")
    submit(form)
    assert session.state == "input_required"


def test_what_was_typed_survives_other_changes(form: InputForm, theme: Theme) -> None:
    """The session's time, progress, another theme: none of them touches what was typed."""
    session = show(form, session_asking(SAMPLE))
    line = part(form, QLineEdit, "field_sample")
    line.setText("half an ans")
    session.changed.emit()
    theme.choose("dark")
    assert part(form, QLineEdit, "field_sample") is line
    assert line.text() == "half an ans"


def test_a_question_asked_again_is_a_fresh_form(form: InputForm) -> None:
    """A plugin that asks the same again gets a new answer: the old one is not offered."""
    session = show(form, session_asking(SAMPLE))
    part(form, QLineEdit, "field_sample").setText("S-7")
    submit(form)
    session.request(StepOnce())
    QApplication.processEvents()
    assert form.isVisible()
    assert part(form, QLineEdit, "field_sample").text() == ""


def test_a_cancelled_question_is_gone(form: InputForm) -> None:
    """There is nothing to answer in a session that was aborted."""
    session = show(form, session_asking(SAMPLE))
    session.request(Cancel())
    assert not form.isVisible()


def test_another_session_has_its_own_form(form: InputForm) -> None:
    """The form is that of the session that is shown."""
    show(form, session_asking(SAMPLE))
    show(form, session_asking(KIT))
    assert not form.findChildren(QLineEdit, "field_sample")
    show(form, session_in("pending"))
    assert not form.isVisible()


def test_it_can_be_filled_in_with_the_keyboard_alone(form: InputForm, qtbot: QtBot) -> None:
    """Tab goes from field to field as they stand, and on to the button; Enter submits."""
    session = show(form, session_in("input_required"))
    form.activateWindow()
    part(form, QLineEdit, "field_sample_id").setFocus()
    visited = []
    for _ in range(8):  # the date has three places to stop at
        widget = QApplication.focusWidget()
        visited.append(widget.objectName())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert list(dict.fromkeys(visited)) == [
        *(f"field_{field.id}" for field in DEFAULT_QUESTION.fields),
        "pendingInputSubmit",
    ]
    qtbot.keyClicks(part(form, QLineEdit, "field_sample_id"), "S-7")
    qtbot.keyClick(part(form, QLineEdit, "field_sample_id"), Qt.Key.Key_Return)
    assert session.state == "plugin_pass"


def test_enter_in_a_field_of_several_lines_is_a_line(form: InputForm, qtbot: QtBot) -> None:
    """Where lines are written, Enter ends a line and not the form."""
    session = show(form, session_asking(Field("notes", "Notes", "text")))
    lines = part(form, QPlainTextEdit, "field_notes")
    qtbot.keyClicks(lines, "a")
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    assert lines.toPlainText() == "a\n"
    assert session.state == "input_required"


def test_other_keys_are_left_alone(form: InputForm, qtbot: QtBot) -> None:
    """A key that no field has a use for does not submit."""
    session = show(form, session_asking(Field("day", "Day", "boolean")))
    qtbot.keyClick(form, Qt.Key.Key_F35)
    assert session.state == "input_required"


HOSTILE = {
    "markup": "<h1>x</h1><img src='file:///etc/passwd'> &amp; <a href='x'>y</a>",
    "long": "x" * 10_000,
    "words": "word " * 2_000,
    "control": "a\x00\x07\x1b[31m\u202eb\r\n\tc",
    "mnemonic": "&Save && go",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_shown_plainly(form: InputForm, text: str) -> None:
    """Whatever a plugin writes is text: never markup, and never wider than the window."""
    kinds = ("string", "text", "choice", "date", "boolean")
    fields = [
        Field(f"{kind}-{text[:40]}", text, kind, True, options=(text,), hint=text) for kind in kinds
    ]
    session = show(form, session_asking(*fields, reason=text))
    for label in form.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert not label.toolTip() or "<img" not in label.toolTip()
    (area,) = form.findChildren(QScrollArea)
    assert area.widget().minimumSizeHint().width() < 480
    assert form.minimumSizeHint().height() < 160
    assert len(form.findChildren(QWidget, f"field_string-{text[:40]}")) == 1
    submit(form)
    assert session.state == "input_required"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_form_can_be_read(form: InputForm, text: str) -> None:
    """However long texts are, each stands in its place: none has too little or too much room."""
    fields = [Field("a", text, required=True, hint=text), Field("b", text, "boolean", hint=text)]
    show(form, session_asking(*fields, reason=text))
    submit(form)
    settle()
    (area,) = form.findChildren(QScrollArea)
    page = area.widget()
    parts = [child for child in page.findChildren(QWidget) if child.parent() is page]
    seen = sorted((p for p in parts if p.isVisible()), key=lambda part: part.y())
    for part in seen:
        assert page.rect().contains(part.geometry())
        assert part.height() >= part.heightForWidth(part.width())
    below = 0
    for part in seen:
        assert part.y() <= below + 40  # nothing but the space between two lines
        below = max(below, part.geometry().bottom())


def test_a_hundred_fields_can_be_answered(form: InputForm) -> None:
    """A form of many fields is scrolled; what is wrong is brought into sight."""
    fields = [Field(f"f{n}", f"Field {n}", required=n == 99) for n in range(100)]
    session = show(form, session_asking(*fields))
    (area,) = form.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    submit(form)
    QApplication.processEvents()
    QApplication.processEvents()  # the sentence is laid out, and then the page around it
    wrong = part(form, QLabel, "wrong_f99")
    assert area.viewport().rect().contains(wrong.geometry().translated(area.widget().pos()))
    part(form, QLineEdit, "field_f99").setText("x")
    submit(form)
    assert session.entered.cause.answers["f99"] == "x"


def test_a_form_is_submitted_when_it_is_complete(form: InputForm) -> None:
    """Its first fields can be typed into before; what was typed stays if another is shown."""
    session = session_asking(*(Field(f"f{n}", f"Field {n}") for n in range(100)))
    form.set_session(session)
    assert not form.is_whole
    button = part(form, QPushButton, "pendingInputSubmit")
    assert (button.isEnabled(), button.toolTip()) == (False, "The form is not complete yet.")
    part(form, QLineEdit, "field_f0").setText("typed")
    show(form, session_asking(SAMPLE))
    show(form, session)
    part(form, QLineEdit, "field_f99").setText("typed, too")
    form.set_session(session_asking(SAMPLE))
    form.set_session(session)  # not complete: the last field is not there
    form.set_session(session_asking(SAMPLE))
    show(form, session)
    assert part(form, QLineEdit, "field_f0").text() == "typed"
    assert part(form, QLineEdit, "field_f99").text() == "typed, too"
    submit(form)
    assert session.entered.cause.answers["f99"] == "typed, too"


def test_further_fields_are_left_out(form: InputForm) -> None:
    """That there are more is said, and that their answers are not sent."""
    session = show(form, session_asking(*(Field(f"f{n}", "F") for n in range(FORM_FIELDS + 1))))
    assert part(form, QLabel, "pendingInputOdd").text() == (
        "The question has 101 fields. The first 100 are shown, and only their answers are sent."
    )
    submit(form)
    assert len(session.entered.cause.answers) == FORM_FIELDS


@pytest.mark.parametrize("kind", ["string", "text"])
@pytest.mark.parametrize("typed", ["", "x"])
def test_a_suggestion_that_is_too_long_is_not_shown(
    form: InputForm, kind: FieldType, typed: str
) -> None:
    """It is the answer all the same, unless another is typed."""
    long = "z\n" * FORM_CHARACTERS
    session = show(form, session_asking(Field("a", "A", kind, required=True, default=long)))
    assert "has 40,000 characters" in part(form, QLabel, "odd_a").text()
    assert form._page.editors[0].answer() == ""
    if typed:
        form._page.editors[0].put(typed)
    submit(form)
    assert session.entered.cause.answers == {"a": typed or long}


@pytest.mark.parametrize("name", ["kit", "day"])
def test_the_wheel_scrolls_and_changes_no_answer(form: InputForm, name: str) -> None:
    """Who scrolls through a long form changes nothing that the pointer happens to pass."""
    show(form, session_asking(KIT, DAY, *(Field(f"f{n}", f"Field {n}") for n in range(30))))
    form.activateWindow()
    part(form, QLineEdit, "field_f0").setFocus()
    (area,) = form.findChildren(QScrollArea)
    before = [editor.answer() for editor in form._page.editors]
    turn_wheel(part(form, QWidget, f"field_{name}"), -1)
    assert [editor.answer() for editor in form._page.editors] == before
    assert area.verticalScrollBar().value() > 0
    part(form, QWidget, f"field_{name}").setFocus()
    area.verticalScrollBar().setValue(0)
    turn_wheel(part(form, QWidget, f"field_{name}"), -1)
    assert [editor.answer() for editor in form._page.editors] != before


def test_a_question_without_fields_is_confirmed(form: InputForm) -> None:
    """A plugin that only wants to go on gets an empty answer."""
    session = show(form, session_asking())
    submit(form)
    assert session.entered.cause == Resumed({})
