"""The dialog that opens one session of a server by its id."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named

_EXPLANATION = phrase(
    "A session that has ended is not listed, but can be opened until its server is restarted."
)


class OpenSessionDialog(Dialog):
    """Asks for an id and for one of `servers`; `chosen` gives the server and the id."""

    chosen = Signal(str, str)

    def __init__(self, servers: Sequence[str], parent: QWidget) -> None:
        super().__init__("Open session", "openSessionDialog", parent)
        self._server = named(ElidingComboBox(), "openSessionServer", "Server")
        self._server.addItems(list(servers))
        self._id = named(QLineEdit(), "openSessionId", "Id of the session")
        self._id.setPlaceholderText(tr("such as 5b2c1f0e-…"))
        self.add(form_rows(("Server", self._server), ("Session", self._id)))
        self.add(WrappingLabel(tr(_EXPLANATION)))
        self._accept = self.add_choice("Open", "Cancel", ("openSessionAccept", "openSessionReject"))
        self._id.textChanged.connect(self._edited)
        self._edited("")
        self._id.setFocus()
        self.resize(480, self.sizeHint().height())

    def accept(self) -> None:
        self.chosen.emit(self._server.currentText(), self._id.text().strip())
        super().accept()

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()))
