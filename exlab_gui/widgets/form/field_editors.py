"""The editors of a form, one for each type of field, all with the same two questions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from exlab_gui.core.protocol.envelopes import Field
from exlab_gui.core.protocol.form import initial_value
from exlab_gui.core.text.describe import one_line
from exlab_gui.widgets.object_names import named

_LONGEST = 200
"""No hint within an editor, and no option, is shown with more characters."""

_EARLIEST = QDate(100, 1, 1)
"""Qt's own limit would change dates before 1752."""


@dataclass(frozen=True)
class FieldEditor:
    """The widget that a field is edited in, and how to read the answer from it."""

    field: Field
    widget: QWidget
    answer: Callable[[], Any]


def make_editor(field: Field, today: date) -> FieldEditor:
    """Return the editor of `field`, holding its default."""
    start = initial_value(field, today)
    match field.type:
        case "text":
            return _text(field, str(start))
        case "choice":
            return _choice(field, str(start))
        case "date":
            return _date(field, str(start))
        case "boolean":
            return _boolean(field, start is True)
    return _string(field, str(start))


def _string(field: Field, start: str) -> FieldEditor:
    line = QLineEdit()
    line.setMaxLength(max(line.maxLength(), len(start)))
    line.setText(start)
    line.setPlaceholderText(one_line(field.hint or "", _LONGEST))
    return _named(field, line, line.text)


def _text(field: Field, start: str) -> FieldEditor:
    lines = QPlainTextEdit(start)
    lines.setPlaceholderText(field.hint or "")
    lines.setTabChangesFocus(True)
    lines.setFixedHeight(3 * lines.fontMetrics().lineSpacing() + 12)
    return _named(field, lines, lines.toPlainText)


def _choice(field: Field, start: str) -> FieldEditor:
    box = QComboBox()
    # As wide as there is room for, not as the longest option.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for option in field.options:
        box.addItem(one_line(option, _LONGEST), option)
    box.setPlaceholderText("Choose …")
    box.setCurrentIndex(field.options.index(start) if start in field.options else -1)
    return _named(field, box, box.currentData)


def _date(field: Field, start: str) -> FieldEditor:
    day = QDateEdit()
    day.setMinimumDate(_EARLIEST)
    day.setDate(QDate.fromString(start, Qt.DateFormat.ISODate))
    day.setDisplayFormat("yyyy-MM-dd")
    day.setCalendarPopup(True)
    return _named(field, day, lambda: day.date().toString(Qt.DateFormat.ISODate))


def _boolean(field: Field, start: bool) -> FieldEditor:
    box = QCheckBox("Yes")
    box.setChecked(start)
    return _named(field, box, box.isChecked)


class _WheelScrolls(QObject):
    """Has the wheel scroll the form, where it would change an answer that nobody looks at."""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave the wheel to what is around an editor without the focus."""
        if event.type() != QEvent.Type.Wheel or cast("QWidget", editor).hasFocus():
            return False
        event.ignore()
        return True


def _named(field: Field, widget: QWidget, answer: Callable[[], Any]) -> FieldEditor:
    named(widget, f"field_{field.id}", field.label or field.id)
    if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(_WheelScrolls(widget))
    widget.setAccessibleDescription(field.hint or "")
    return FieldEditor(field, widget, answer)
