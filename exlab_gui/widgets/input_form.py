"""The form that a plugin's question is answered in."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.envelopes import InputRequiredEnvelope
from exlab_gui.core.form import wrong_answers
from exlab_gui.sources.commands import Resume
from exlab_gui.widgets.field_editors import FieldEditor, make_editor
from exlab_gui.widgets.naming import named
from exlab_gui.widgets.plain import plain_label, wrapping_label
from exlab_gui.widgets.session_view import SessionView

_LEAST_HEIGHT = 72
"""Fields that do not fit into a small window are scrolled to, a few at a time."""


class InputForm(QFrame, SessionView):
    """Visible exactly where the session waits for input; holds what it asks for (§4.4.7).

    A question that is asked again, or asked anew after an answer, makes a new form; one that has
    not changed keeps what was typed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "pendingInputForm", "What the plugin asks for")
        self._asked_by: object = None
        self._editors: list[FieldEditor] = []
        self._wrong: dict[str, QLabel] = {}
        self._reason = wrapping_label(name="pendingInputReason")
        self._submit = named(QPushButton("Answer and go on"), "pendingInputSubmit")
        self._submit.clicked.connect(self.submit)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(_LEAST_HEIGHT)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._submit.setProperty("role", "primary")
        self.setProperty("role", "card")
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._reason)
        column.addWidget(self._scroll, 1)
        column.addLayout(below)
        self.hide()

    def synchronize(self) -> None:
        """Show the form of what is asked now, or nothing."""
        session = self.session
        asked = session.pending_input if session else None
        if session is None or asked is None:
            self._asked_by = None
            self.hide()
        elif self._asked_by is not session.entered:
            self._asked_by = session.entered
            self._build(asked)
            self.show()

    def submit(self) -> None:
        """Send the answers, or say beside each field what is wrong with its answer."""
        if self.session is None:
            return
        answers = {editor.field.id: editor.answer() for editor in self._editors}
        wrong = wrong_answers([editor.field for editor in self._editors], answers)
        for field_id, label in self._wrong.items():
            label.setText(wrong.get(field_id, ""))
            label.setVisible(field_id in wrong)
        for editor in self._editors:
            if editor.field.id in wrong:
                editor.widget.setFocus()
                self._scroll.ensureWidgetVisible(self._wrong[editor.field.id])
                return
        self.session.request(Resume({k: v for k, v in answers.items() if v is not None}))

    def _build(self, asked: InputRequiredEnvelope) -> None:
        self._reason.setText(f"{asked.plugin} asks: {asked.reason}")
        today = date.today()
        self._editors = [make_editor(field, today) for field in asked.fields]
        self._wrong = {}
        page = QWidget()
        rows = QFormLayout(page)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for editor in self._editors:
            self._add_row(rows, editor)
        self._scroll.setWidget(page)
        page.setAutoFillBackground(False)  # the scroll area had it filled, unlike the card
        self._scroll.setMaximumHeight(page.sizeHint().height() + 4)
        if not asked.fields:
            self._submit.setFocus()

    def _add_row(self, rows: QFormLayout, editor: FieldEditor) -> None:
        field = editor.field
        name = plain_label(f"{field.label or field.id} *" if field.required else field.label)
        name.setBuddy(editor.widget)
        rows.addRow(name, editor.widget)
        if field.hint and field.type in ("choice", "date", "boolean"):
            rows.addRow("", named(wrapping_label(field.hint), f"hint_{field.id}"))
        self._wrong[field.id] = wrapping_label(name=f"wrong_{field.id}")
        self._wrong[field.id].hide()
        rows.addRow("", self._wrong[field.id])
