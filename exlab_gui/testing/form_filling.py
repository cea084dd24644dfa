"""Filling in what a form or a dialog holds, by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from exlab_gui.testing.user_input import press, write

_TRIES = 3


def fill_in(editor: QWidget, value: str | bool) -> None:
    """Have `editor`, of any type of field, hold `value`.

    Raises ValueError for a value that it cannot hold.
    """
    window = editor.window()
    match editor, value:
        case QCheckBox(), bool():
            editor.setFocus()
            if editor.isChecked() != value:
                press(window, Qt.Key.Key_Space)
        case QComboBox(), str():
            choose(editor, _place_of(editor, value))
        case QDateEdit(), str():
            _type_date(window, editor, value)
        case (QLineEdit(), str()) if "\n" in value:
            raise ValueError(f"{value!r} cannot be typed here: it has several lines")
        case ((QLineEdit() | QPlainTextEdit()), str()):
            type_anew(window, editor, value)
            held = editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
            if held != value:
                raise ValueError(f"{value!r} cannot be typed here: it became {held!r}")
        case _:
            raise ValueError(f"{value!r} is no answer to this field")


def choose(box: QComboBox, place: int) -> None:
    """Choose the entry at `place` of `box`, in its list."""
    box.setFocus()
    press(box.window(), Qt.Key.Key_F4)
    entries = box.view()
    shown = entries.window()
    press(shown, Qt.Key.Key_Home)
    while entries.currentIndex().row() < place:
        press(shown, Qt.Key.Key_Down)
    press(shown, Qt.Key.Key_Return)


def type_anew(window: QWidget, editor: QWidget, text: str) -> None:
    """Type `text` in place of what `editor`, in `window`, holds."""
    editor.setFocus()
    press(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_Delete)
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if place:
            press(window, Qt.Key.Key_Return)
        write(window, line)


def _type_date(window: QWidget, editor: QDateEdit, value: str) -> None:
    section = QDateEdit.Section
    sections = (section.YearSection, section.MonthSection, section.DaySection)
    parts = value.split("-")
    if [len(part) for part in parts if part.isdecimal()] == [4, 2, 2]:
        for _ in range(_TRIES):
            editor.setFocus()
            # What is typed into a selection of the whole would go on where the month begins.
            for one, digits in zip(sections, parts, strict=True):
                editor.setSelectedSection(one)
                write(window, digits)
            if editor.text() == value:
                break
            # A real display may give the window its focus back only now, and with it select all.
            QTest.qWaitForWindowActive(window)
    if editor.text() != value:
        raise ValueError(f"{value!r} is not a date such as 2026-01-31")


def _place_of(box: QComboBox, text: str) -> int:
    options = [box.itemText(place) for place in range(box.count())]
    if text not in options:
        raise ValueError(f"{text!r} is not among {', '.join(map(repr, options))}")
    return options.index(text)
