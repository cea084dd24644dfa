"""The form that a plugin's question is answered in."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.form import wrong_answers
from exlab_gui.core.text import question
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Resume
from exlab_gui.widgets.form.field_editors import FieldEditor, make_editor
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView
from exlab_gui.widgets.tab_order import tab_through

_LEAST_HEIGHT = 72
_WIDEST_LABEL = 200
_ABOVE_LABEL = 4  # brings the first line to the height of that in the editor


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
        self._submit = named(QPushButton("Answer and go on"), "pendingInputSubmit")
        self._submit.clicked.connect(self.submit)
        self._fields = _FieldArea()
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
        """Show `session` from now on, and what its server has against an answer."""
        if self.session is not None:
            self.session.field_refused.disconnect(self._refuse)
        session.field_refused.connect(self._refuse)
        super().set_session(session)

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
        reason = session.why_not(Resume()) if session else None
        self._submit.setEnabled(reason is None)
        self._submit.setToolTip(plain_tip(reason or ""))

    def submit(self) -> None:
        """Send the answers, or say beside each field what is wrong with its answer."""
        if self.session is None:
            return
        answers = {editor.field.id: editor.answer() for editor in self._editors}
        wrong = wrong_answers([editor.field for editor in self._editors], answers)
        self._tell_wrong(wrong)
        if wrong:
            return
        self.session.request(Resume({k: v for k, v in answers.items() if v is not None}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit on Enter, from every field that has no use for it itself."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _refuse(self, field_id: str, why: str) -> None:
        self._tell_wrong({field_id: why})

    def _tell_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say beside each field of `wrong` what is wrong with its answer, and go to the first."""
        for field_id, label in self._wrong.items():
            label.setText(wrong.get(field_id, ""))
            label.setVisible(field_id in wrong)
        for editor in self._editors:
            if editor.field.id in wrong:
                editor.setFocus()
                self._fields.bring_into_sight(self._wrong[editor.field.id])
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
        for editor in self._editors:
            self._add_rows(rows, editor)
        rows.setRowStretch(rows.rowCount(), 1)
        self._fields.setWidget(page)
        page.setAutoFillBackground(False)  # the scroll area had it filled, unlike the card
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
        wrong = self._wrong[field.id] = WrappingLabel(name=f"wrong_{field.id}")
        wrong.hide()
        rows.addWidget(wrong, row + 2, 1)


class _FieldArea(QScrollArea):
    """As high as what is in it needs; what does not fit into a small window is scrolled to."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll to `widget`, which may have been shown just now and have no place yet."""
        self.updateGeometry()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(widget)

    def sizeHint(self) -> QSize:
        """Return the height that lines of the present width need."""
        page = self.widget()
        height = page.heightForWidth(self.viewport().width()) if page else _LEAST_HEIGHT
        return QSize(super().sizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where lines are broken elsewhere."""
        super().resizeEvent(event)
        self.updateGeometry()
