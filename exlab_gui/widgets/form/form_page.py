"""The rows of a form: one for each field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from exlab_gui.core.text import question
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.widgets.labels import WrappingLabel

if TYPE_CHECKING:  # imported with the first question, so that the window opens sooner
    from exlab_gui.widgets.form.field_editors import FieldEditor

_WIDEST_LABEL = 13  # heights of a letter
_ABOVE_LABEL = 4  # aligns the first line with that in the editor

_AT_ONCE = 12
"""So many rows are there from the beginning."""

_SLICE_S = 0.015
"""How long further rows are added at a time; to lay them out takes as long again."""


class FormPage(QWidget):
    """The labels in `above`, and a row for each editor that `editors` yields.

    Many rows are added a few at a time: `whole` is emitted with the last one.
    """

    whole = Signal()

    def __init__(self, above: Sequence[QWidget], editors: "Iterator[FieldEditor]") -> None:
        super().__init__()
        self.editors: list[FieldEditor] = []
        self.is_whole = False
        self._coming = editors
        self._names: list[QLabel] = []
        self._wrong: dict[str, QLabel] = {}
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setColumnStretch(1, 1)
        for place, widget in enumerate(above):
            self._rows.addWidget(widget, place, 0, 1, 2)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._add_slice)
        self._add(lambda: len(self.editors) < _AT_ONCE)

    def show_errors(self, wrong: Mapping[str, str]) -> QLabel | None:
        """Show what is wrong with answers, by the ids of their fields; return the first label."""
        for field_id, label in self._wrong.items():
            label.setText(wrong.get(field_id, ""))
            label.setVisible(field_id in wrong)
        for editor in self.editors:
            if editor.field.id in wrong:
                editor.setFocus()
                return self._wrong[editor.field.id]
        return None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for name in self._names:
                name.setMaximumWidth(_WIDEST_LABEL * self.fontMetrics().height())

    def _add_slice(self) -> None:
        until = perf_counter() + _SLICE_S
        self._add(lambda: perf_counter() < until)
        if self.is_whole:
            self.whole.emit()

    def _add(self, goes_on: Callable[[], bool]) -> None:
        while goes_on():
            editor = next(self._coming, None)
            if editor is None:
                self.is_whole = True
                self._rows.setRowStretch(self._rows.rowCount(), 1)
                return
            self._add_row(editor)
        self._soon.start()

    def _add_row(self, editor: "FieldEditor") -> None:
        self.editors.append(editor)
        rows, field, row = self._rows, editor.field, self._rows.rowCount()
        label = question.title(field)
        name = WrappingLabel(f"{label} *" if field.required else label)
        name.setToolTip(plain_tip(label))
        self._names.append(name)
        name.setMaximumWidth(_WIDEST_LABEL * self.fontMetrics().height())
        name.setContentsMargins(0, _ABOVE_LABEL, 0, 0)
        name.setBuddy(editor)
        rows.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(editor, row, 1)
        if field.hint and not editor.shows_hint:
            rows.addWidget(WrappingLabel(question.hint(field), f"hint_{field.id}"), row + 1, 1)
        if remark := question.remark(field):
            rows.addWidget(quiet(WrappingLabel(remark, f"odd_{field.id}")), row + 3, 1)
        wrong = self._wrong[field.id] = WrappingLabel(name=f"wrong_{field.id}")
        wrong.hide()
        rows.addWidget(wrong, row + 2, 1)


def quiet(label: WrappingLabel) -> WrappingLabel:
    label.setProperty("role", "caption")
    return label
