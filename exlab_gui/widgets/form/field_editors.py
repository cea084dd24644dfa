"""The editors of a form, one for each type of field.

Each gives the operator's answer, and the keystrokes that enter an answer.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, assert_never

from PySide6.QtCore import QDate, QKeyCombination, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
)

from exlab_gui.core.protocol.form import EARLIEST_DATE, Field, FieldValue, rules
from exlab_gui.core.text import question
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.controls.drops import leave_drops_to_window
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.controls.wheel import need_focus_for_wheel
from exlab_gui.widgets.object_names import named

Keystrokes = Iterator[str | Qt.Key | QKeyCombination]
"""Text to type and keys to press, in order."""


class _Editor:
    """The common part of all editors, a mixin for a Qt class."""

    field: Field
    shows_hint = False


class StringEditor(QLineEdit, _Editor):
    shows_hint = True
    edited = QLineEdit.textChanged
    answer = QLineEdit.text

    def __init__(self, field: Field) -> None:
        super().__init__(placeholderText=" ".join(question.hint(field).split("\n")))

    def put(self, answer: FieldValue) -> None:
        self.setMaxLength(max(self.maxLength(), len(str(answer))))
        self.setText(str(answer))

    def keystrokes(self, answer: FieldValue) -> Keystrokes:
        return typing_line(answer)


class TextEditor(QPlainTextEdit, _Editor):
    shows_hint = True
    edited = QPlainTextEdit.textChanged
    answer = QPlainTextEdit.toPlainText

    def __init__(self, field: Field) -> None:
        super().__init__(placeholderText=question.hint(field), tabChangesFocus=True)
        self.setFixedHeight(3 * self.fontMetrics().lineSpacing() + 12)

    def put(self, answer: FieldValue) -> None:
        self.setPlainText(str(answer))

    def keystrokes(self, answer: FieldValue) -> Keystrokes:
        return typing_text(answer)


class ChoiceEditor(ElidingComboBox, _Editor):
    edited = QComboBox.currentIndexChanged
    answer = QComboBox.currentData

    def __init__(self, field: Field) -> None:
        super().__init__(placeholderText=tr("Choose…"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for option in field.options:
            self.addItem(question.option(option), option)

    def put(self, answer: FieldValue) -> None:
        options = self.field.options
        self.setCurrentIndex(options.index(answer) if answer in options else -1)

    def keystrokes(self, answer: FieldValue) -> Keystrokes:
        options = self.field.options
        if answer not in options:
            raise ValueError(f"{answer!r} is not among {', '.join(map(repr, options))}")
        return choosing(self, options.index(answer))


class DateEditor(QDateEdit, _Editor):
    """A date, typed or picked from a calendar, everywhere in the order of ISO 8601."""

    edited = QDateEdit.dateChanged

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # before: it orders the parts
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        # Qt's own limit would change dates before 1752.
        self.setMinimumDate(QDate(EARLIEST_DATE.year, EARLIEST_DATE.month, EARLIEST_DATE.day))

    def put(self, answer: FieldValue) -> None:
        self.setDate(QDate.fromString(str(answer), Qt.DateFormat.ISODate))

    def answer(self) -> FieldValue | None:
        return self.date().toString(Qt.DateFormat.ISODate)

    def keystrokes(self, answer: FieldValue) -> Keystrokes:
        if not rules("date").can_be_entered(self.field, answer):
            raise ValueError(f"{answer!r} is not a date such as 2026-01-31")
        section = QDateEdit.Section
        sections = (section.YearSection, section.MonthSection, section.DaySection)
        # Qt would put digits that are typed over a selection of the whole date into the month.
        for one, digits in zip(sections, str(answer).split("-"), strict=True):
            self.setSelectedSection(one)
            yield digits


class BooleanEditor(QCheckBox, _Editor):
    edited = QCheckBox.toggled
    answer = QCheckBox.isChecked

    def __init__(self, field: Field) -> None:
        super().__init__(tr("Yes"))

    def put(self, answer: FieldValue) -> None:
        self.setChecked(answer is True)

    def keystrokes(self, answer: FieldValue) -> Keystrokes:
        if not isinstance(answer, bool):
            raise ValueError(f"{answer!r} is neither yes nor no")
        if answer != self.isChecked():
            yield Qt.Key.Key_Space


FieldEditor = StringEditor | TextEditor | ChoiceEditor | DateEditor | BooleanEditor
"""`answer` returns the answer, and `put` sets it; `edited` tells of every change of it.

`keystrokes` yields the keys that enter an answer; it raises ValueError if the field cannot hold it.
The form shows the hint beside an editor without `shows_hint`.
"""


def make_editor(field: Field, today: date) -> FieldEditor:
    """Return an editor that holds what is initially answered."""
    editor = _editor_type(field)(field)
    _prepare(editor, field)
    editor.put(rules(field.type).initial(field, today))
    return editor


def show_given(field: Field, given: Any, otherwise: str) -> FieldEditor:
    """Return an editor that only shows the answer that was given; `otherwise` if there is none."""
    editor: TextEditor | StringEditor
    editor = TextEditor(field) if field.type == "text" else StringEditor(field)
    _prepare(editor, field)
    editor.put(question.answer(given))
    editor.setPlaceholderText(otherwise)
    editor.setReadOnly(True)
    return editor


def _prepare(editor: FieldEditor, field: Field) -> None:
    editor.field = field
    named(editor, f"field_{field.id}", question.title(field))
    need_focus_for_wheel(editor)
    leave_drops_to_window(editor)
    editor.setAccessibleDescription(question.hint(field))


def _editor_type(field: Field) -> type[FieldEditor]:
    match field.type:
        case "string":
            return StringEditor
        case "text":
            return TextEditor
        case "choice":
            return ChoiceEditor
        case "date":
            return DateEditor
        case "boolean":
            return BooleanEditor
    assert_never(field.type)


def typing_line(answer: FieldValue) -> Keystrokes:
    if "\n" in str(answer):
        raise ValueError(f"{answer!r} cannot be typed here: it has several lines")
    return typing_text(answer)


def typing_text(answer: FieldValue) -> Keystrokes:
    if not isinstance(answer, str):
        raise ValueError(f"{answer!r} is no text")
    yield Qt.KeyboardModifier.ControlModifier | Qt.Key.Key_A
    yield Qt.Key.Key_Delete
    for number, line in enumerate(answer.split("\n")):
        if number:
            yield Qt.Key.Key_Return
        yield line


def choosing(box: QComboBox, place: int) -> Keystrokes:
    yield Qt.Key.Key_F4
    yield Qt.Key.Key_Home
    while box.view().currentIndex().row() < place:
        yield Qt.Key.Key_Down
    yield Qt.Key.Key_Return
