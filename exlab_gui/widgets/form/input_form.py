"""The form for the input that a plugin requires."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.form import answers_to_send, wrong_answers
from exlab_gui.core.text import question
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Resume
from exlab_gui.widgets.controls.tab_order import tab_through
from exlab_gui.widgets.fitting_area import FittingArea
from exlab_gui.widgets.form.field_editors import FieldEditor, make_editor
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

_WIDEST_LABEL = 200
_ABOVE_LABEL = 4  # aligns the first line with that in the editor


class InputForm(QFrame, SessionView):
    """The fields of the pending input (§4.4.7); hidden if the session needs no input.

    A new input_required event makes a new form; until then, the form keeps what was typed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "pendingInputForm", "Input required")
        self._asked_by: object = None
        self._editors: list[FieldEditor] = []
        self._wrong: dict[str, QLabel] = {}
        self._submit = named(QPushButton("Submit and resume"), "pendingInputSubmit")
        self._submit.clicked.connect(self.submit)
        self._fields = FittingArea()
        self._submit.setProperty("role", "primary")
        self.setProperty("role", "card")
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._fields)
        column.addLayout(below)
        self.hide()

    def set_session(self, session: SessionModel) -> None:
        if self.session is not None:
            self.session.field_refused.disconnect(self._refuse)
        session.field_refused.connect(self._refuse)
        super().set_session(session)

    def synchronize(self) -> None:
        session = self.session
        asked = session.pending_input if session else None
        if session is None or asked is None:
            self._asked_by = None
            self.hide()
        elif self._asked_by is not session.entered:
            self._asked_by = session.entered
            self._build(asked)
            self.show()
        reason = session.why_not(Resume()) if session else None
        self._submit.setEnabled(reason is None)
        self._submit.setToolTip(plain_tip(reason or ""))

    def submit(self) -> None:
        if self.session is None:
            return
        fields = [editor.field for editor in self._editors]
        answers = {editor.field.id: editor.answer() for editor in self._editors}
        wrong = wrong_answers(fields, answers)
        self._show_errors(wrong)
        if not wrong:
            self.session.request(Resume(answers_to_send(fields, answers)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _refuse(self, field_id: str, why: str) -> None:
        self._show_errors({field_id: why})

    def _show_errors(self, wrong: Mapping[str, str]) -> None:
        for field_id, label in self._wrong.items():
            label.setText(wrong.get(field_id, ""))
            label.setVisible(field_id in wrong)
        for editor in self._editors:
            if editor.field.id in wrong:
                editor.setFocus()
                self._fields.scroll_to(self._wrong[editor.field.id])
                return

    def _build(self, asked: InputRequiredEnvelope) -> None:
        today = date.today()
        self._editors = [make_editor(field, today) for field in asked.fields]
        self._wrong = {}
        page = QWidget()
        rows = QGridLayout(page)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setColumnStretch(1, 1)
        reason = WrappingLabel(question.question(asked), "pendingInputReason")
        rows.addWidget(reason, 0, 0, 1, 2)
        if remarks := question.remarks(asked):
            rows.addWidget(WrappingLabel(remarks, "pendingInputOdd"), 1, 0, 1, 2)
        for editor in self._editors:
            self._add_rows(rows, editor)
        rows.setRowStretch(rows.rowCount(), 1)
        self._fields.show_page(page)
        tab_through(self._fields, self._editors)

    def _add_rows(self, rows: QGridLayout, editor: FieldEditor) -> None:
        field, row = editor.field, rows.rowCount()
        label = question.title(field)
        name = WrappingLabel(f"{label} *" if field.required else label)
        name.setToolTip(plain_tip(label))
        name.setMaximumWidth(_WIDEST_LABEL)
        name.setContentsMargins(0, _ABOVE_LABEL, 0, 0)
        name.setBuddy(editor)
        rows.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(editor, row, 1)
        if field.hint and not editor.shows_hint:
            rows.addWidget(WrappingLabel(question.hint(field), f"hint_{field.id}"), row + 1, 1)
        if remark := question.remark(field):
            rows.addWidget(_quiet(WrappingLabel(remark, f"odd_{field.id}")), row + 3, 1)
        wrong = self._wrong[field.id] = WrappingLabel(name=f"wrong_{field.id}")
        wrong.hide()
        rows.addWidget(wrong, row + 2, 1)


def _quiet(label: WrappingLabel) -> WrappingLabel:
    label.setProperty("role", "caption")
    return label
