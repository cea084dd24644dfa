"""What is asked before a session is ended by hand, or taken from others who listen to it."""

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.protocol.emission import DEFAULT_ERROR
from exlab_gui.core.protocol.envelopes import KNOWN_ERROR_CODES, Error
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Cancel, Fail, Listen
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named


class _EndDialog(QDialog):
    """A question, something to fill in, and two buttons; open it with `open`, never `exec`."""

    def __init__(
        self,
        session: SessionModel,
        question: str,
        verb: str,
        parent: QWidget,
        no: str = "Keep running",
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(12)
        self._column.addWidget(WrappingLabel(question))
        buttons = QDialogButtonBox()
        yes = named(buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole), "endConfirm")
        yes.setDefault(True)
        named(buttons.addButton(no, QDialogButtonBox.ButtonRole.RejectRole), "endReject")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._column.addWidget(buttons)
        self.setWindowTitle(verb)
        self.finished.connect(self.deleteLater)

    def _insert(self, row: QWidget | QFormLayout) -> None:
        place = self._column.count() - 1
        if isinstance(row, QWidget):
            self._column.insertWidget(place, row)
        else:
            self._column.insertLayout(place, row)


class CancelDialog(_EndDialog):
    """Asks whether to cancel, and what becomes of the partly made folder (§4.4.7)."""

    def __init__(self, session: SessionModel, parent: QWidget) -> None:
        question = f"Cancel {session.label}? It is in {session.state} and ends as aborted."
        super().__init__(session, question, "Cancel session", parent)
        named(self, "cancelDialog")
        self._discard = named(QCheckBox("Discard the partly made folder"), "cancelDiscard")
        self._insert(self._discard)
        self.accepted.connect(lambda: session.request(Cancel(self._discard.isChecked())))


class FailDialog(_EndDialog):
    """Asks with which error the session is to fail."""

    def __init__(self, session: SessionModel, parent: QWidget) -> None:
        question = f"Fail {session.label}? It is in {session.state}."
        super().__init__(session, question, "Fail session", parent)
        named(self, "failDialog")
        self._code = named(QComboBox(editable=True), "failCode", "Code")
        self._code.addItems(KNOWN_ERROR_CODES)
        self._code.setCurrentText(DEFAULT_ERROR.code)
        self._message = named(QLineEdit(DEFAULT_ERROR.message), "failMessage", "Message")
        self._field = named(QLineEdit(), "failField", "Field")
        self._field.setPlaceholderText("The input concerned, if it is one")
        self._insert(
            form_rows(("Code", self._code), ("Message", self._message), ("Field", self._field))
        )
        self.accepted.connect(lambda: session.request(Fail(self._error())))
        self.resize(440, self.sizeHint().height())

    def _error(self) -> Error:
        code = self._code.currentText().strip() or DEFAULT_ERROR.code
        return Error(code, self._message.text(), self._field.text().strip() or None)


class ListenDialog(_EndDialog):
    """Says what listening means before it begins: others miss what is read here (§4.4.7)."""

    def __init__(self, session: SessionModel, parent: QWidget) -> None:
        question = (
            f"Listen to the event stream of {session.label}? The server sends each event to one "
            "listener only: other listeners, such as the wizard, miss what this window reads. "
            "Polling affects nobody."
        )
        super().__init__(session, question, "Listen", parent, no="Keep polling")
        named(self, "listenDialog")
        self.accepted.connect(lambda: session.request(Listen(on=True)))
