"""The dialog that asks which server to watch, and finds out whether it can be."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from exlab_gui.models.server_check import ServerCheck
from exlab_gui.sources.live.address import Address, AddressError, parse_address
from exlab_gui.sources.live.discovery import find_server
from exlab_gui.sources.live.errors import ServerError
from exlab_gui.sources.live.responses import Health
from exlab_gui.widgets.labels import WrappingLabel, caption
from exlab_gui.widgets.object_names import named


class ConnectDialog(QDialog):
    """Offers the server found on this machine first, then those `remembered`.

    `chosen` gives an Address at which an ExLab-Wizard answers. One that can be watched but is not
    as it should be says so, and is connected to once the user insists. Open it with `open`.
    """

    chosen = Signal(object)

    def __init__(self, check: ServerCheck, remembered: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "connectDialog")
        self.setWindowTitle("Connect to an ExLab-Wizard")
        self._check = check
        self._address: Address | None = None
        self._insists_on: Address | None = None
        self._addresses = named(QComboBox(editable=True), "connectAddress", "Address")
        self._status = WrappingLabel(name="connectStatus")
        buttons = QDialogButtonBox()
        self._accept = named(
            buttons.addButton("Connect", QDialogButtonBox.ButtonRole.AcceptRole), "connectAccept"
        )
        self._accept.setDefault(True)
        named(buttons.addButton(QDialogButtonBox.StandardButton.Cancel), "connectReject")
        buttons.accepted.connect(self._ask)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (caption("Address, such as http://127.0.0.1:8000"), self._addresses):
            column.addWidget(part)
        column.addWidget(self._status)
        column.addWidget(buttons)
        self._offer(remembered)
        check.answered.connect(self._answered)
        check.failed.connect(self._failed)
        self._addresses.editTextChanged.connect(self._edited)
        self.finished.connect(check.stop)
        self.finished.connect(self.deleteLater)
        self.resize(480, self.sizeHint().height())

    def _offer(self, remembered: Sequence[str]) -> None:
        found: list[str] = []
        try:
            found.append(find_server().url)
            self._status.setText(f"An ExLab-Wizard was found on this computer: {found[0]}")
        except ServerError as error:
            self._status.setText(str(error))
        self._addresses.addItems(list(dict.fromkeys([*found, *remembered])))

    def _edited(self) -> None:
        self._check.stop()
        self._insists_on = None
        self._accept.setText("Connect")
        self._accept.setEnabled(True)

    def _ask(self) -> None:
        try:
            address = parse_address(self._addresses.currentText())
        except AddressError as error:
            self._status.setText(str(error))
            return
        if address == self._insists_on:
            self._choose(address)
            return
        self._address = address
        self._accept.setEnabled(False)
        self._status.setText(f"Connecting to {address}…")
        self._check.ask(address)

    def _answered(self, health: Health) -> None:
        if self._address is None:
            return
        if not health.concerns:
            self._choose(self._address)
            return
        self._insists_on = self._address
        self._status.setText(" ".join(health.concerns))
        self._accept.setText("Connect anyway")
        self._accept.setEnabled(True)

    def _failed(self, why: str) -> None:
        self._status.setText(why)
        self._accept.setEnabled(True)

    def _choose(self, address: Address) -> None:
        self.chosen.emit(address)
        self.accept()
