from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from exlab_gui.core.protocol.form import Field, wrong_answers
from exlab_gui.widgets.form.field_editors import FieldEditor, make_editor

TODAY = date(2026, 1, 31)

FIELDS: list[tuple[Field, type[QWidget], Any]] = [
    (Field("id", "Label"), QLineEdit, ""),
    (Field("id", "Label", default="S-1"), QLineEdit, "S-1"),
    (Field("id", "Label", "text", default="a\nb"), QPlainTextEdit, "a\nb"),
    (Field("id", "Label", "choice", options=("slow", "fast")), QComboBox, None),
    (Field("id", "Label", "choice", default="fast", options=("slow", "fast")), QComboBox, "fast"),
    (Field("id", "Label", "date"), QDateEdit, "2026-01-31"),
    (Field("id", "Label", "date", default="2024-02-29"), QDateEdit, "2024-02-29"),
    (Field("id", "Label", "date", default="1600-03-01"), QDateEdit, "1600-03-01"),
    (Field("id", "Label", "boolean"), QCheckBox, False),
    (Field("id", "Label", "boolean", default=True), QCheckBox, True),
]


def editor_of(qtbot: QtBot, field: Field) -> FieldEditor:
    editor = make_editor(field, TODAY)
    qtbot.addWidget(editor)
    return editor


@pytest.mark.parametrize(("field", "kind", "answer"), FIELDS)
def test_each_type_has_its_editor(
    qtbot: QtBot, field: Field, kind: type[QWidget], answer: Any
) -> None:
    """A field is edited in what suits its type; untouched, the answer is its default."""
    editor = editor_of(qtbot, field)
    assert isinstance(editor, kind)
    assert editor.answer() == answer


@pytest.mark.parametrize("field", [field for field, _, _ in FIELDS])
def test_an_editor_is_found_and_read_out(qtbot: QtBot, field: Field) -> None:
    """An editor has the name that tests find it by, and the label that screen readers tell."""
    editor = editor_of(qtbot, field)
    assert editor.objectName() == "field_id"
    assert editor.accessibleName() == "Label"


def test_an_editor_without_a_label_is_read_out_by_its_id(qtbot: QtBot) -> None:
    """A field that has no label is called by its id, and described by its hint."""
    widget = editor_of(qtbot, Field("sample_id", "", hint="As on the tube"))
    assert (widget.accessibleName(), widget.accessibleDescription()) == (
        "sample_id",
        "As on the tube",
    )


def test_answers_are_what_was_typed(qtbot: QtBot) -> None:
    """Each editor gives back what the operator put in, in the type that the plugin expects."""
    line = editor_of(qtbot, Field("id", "Label"))
    qtbot.keyClicks(line, " S-0042 ")
    assert line.answer() == " S-0042 "
    box = editor_of(qtbot, Field("id", "Label", "choice", options=("slow", "fast")))
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.answer() == "slow"
    day = editor_of(qtbot, Field("id", "Label", "date"))
    assert isinstance(day, QDateEdit)
    day.setDate(QDate(2030, 12, 1))
    assert day.answer() == "2030-12-01"
    check = editor_of(qtbot, Field("id", "Label", "boolean"))
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert check.answer() is True


def test_dates_are_written_as_they_are_answered(qtbot: QtBot) -> None:
    """A date is read and typed in one order the world over, or picked from a calendar."""
    day = editor_of(qtbot, Field("id", "Label", "date"))
    assert isinstance(day, QDateEdit)
    assert (day.text(), day.calendarPopup()) == ("2026-01-31", True)


def test_nothing_is_chosen_for_the_operator(qtbot: QtBot) -> None:
    """Without a default a choice is open, and says so."""
    box = editor_of(qtbot, Field("id", "Label", "choice", options=("a", "b")))
    assert isinstance(box, QComboBox)
    assert (box.currentIndex(), box.placeholderText()) == (-1, "Choose…")


def test_the_hint_is_in_the_empty_editor(qtbot: QtBot) -> None:
    """Where nothing is typed yet, text fields say what is meant."""
    for field in (Field("id", "L", hint="As on the tube"), Field("id", "L", "text", hint="Notes")):
        widget = editor_of(qtbot, field)
        assert isinstance(widget, QLineEdit | QPlainTextEdit)
        assert widget.placeholderText() == field.hint


HOSTILE = ["<b>x</b>", "&lt;", "a\x00b\n\u202ec", "&File", "x" * 40_000, "[*]", " "]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_choice_is_shown_plainly_and_answered_exactly(qtbot: QtBot, text: str) -> None:
    """An option is one line, no wider than the form, and comes back as the plugin wrote it."""
    editor = editor_of(qtbot, Field("id", "L", "choice", default=text, options=("a", text)))
    assert isinstance(editor, QComboBox)
    assert editor.answer() == text
    assert editor.currentText().isprintable()
    assert editor.sizeHint().width() < 300
    assert wrong_answers([editor.field], {"id": editor.answer()}) == {}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_default_can_be_edited(qtbot: QtBot, text: str) -> None:
    """A default of a text field comes back as it was, whatever it holds."""
    for field in (Field("id", "L", default=text), Field("id", "L", "text", default=text)):
        editor = editor_of(qtbot, field)
        assert editor.answer() == text
        assert editor.minimumSizeHint().width() < 300


def test_tab_leaves_an_editor_of_several_lines(qtbot: QtBot) -> None:
    """With the keyboard one gets on from every field: Tab is no character of an answer."""
    editor = editor_of(qtbot, Field("id", "L", "text"))
    assert isinstance(editor, QPlainTextEdit)
    assert editor.tabChangesFocus()
