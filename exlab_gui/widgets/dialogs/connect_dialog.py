"""The dialog that connects to a server after a check of its health."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QRadioButton, QWidget

from exlab_gui.core.meaning import Meaning
from exlab_gui.core.text.translation import tr
from exlab_gui.models.server_check import ServerCheck
from exlab_gui.sources.live.address import Address, AddressError, parse_address
from exlab_gui.sources.live.discovery import find_server
from exlab_gui.sources.live.errors import ServerError
from exlab_gui.sources.live.responses import Health
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, caption, show_meaning
from exlab_gui.widgets.object_names import named


class ConnectDialog(Dialog):
    """Offers the server found on this computer first, then those `remembered`.

    `chosen` gives the Address of a server that answers. If its health check has concerns, the
    dialog shows them, and the user must confirm with "Connect anyway". Before that,
    `streams_chosen` gives the Address and whether to read its event streams, if the user chose.
    `kept` returns what was chosen before.
    """

    chosen = Signal(object)
    streams_chosen = Signal(object, bool)

    def __init__(
        self,
        check: ServerCheck,
        remembered: Sequence[str],
        kept: Callable[[Address], bool | None],
        parent: QWidget,
    ) -> None:
        super().__init__("Connect to ExLab-Wizard", "connectDialog", parent)
        self._check = check
        self._address: Address | None = None
        self._confirming: Address | None = None
        self._addresses = named(QComboBox(editable=True), "connectAddress", "Address")
        self._status = WrappingLabel(name="connectStatus")
        self._kept = kept
        self._has_chosen = False
        self._stream = named(
            QRadioButton(tr("Event stream (exact; other listeners stop receiving it)")),
            "connectStream",
        )
        self._polling = named(QRadioButton(tr("Polling only (read-only)")), "connectPolling")
        for choice in (self._stream, self._polling):
            choice.clicked.connect(self._note_choice)
        self.add(caption("Address, such as http://127.0.0.1:8000"), self._addresses)
        self.add(self._stream, self._polling, self._status)
        self._accept = self.add_choice("Connect", "Cancel", ("connectAccept", "connectReject"))
        self._offer(remembered)
        check.answered.connect(self._answered)
        check.failed.connect(self._failed)
        self._addresses.editTextChanged.connect(self._edited)
        self.finished.connect(check.stop)
        self._propose()
        self.resize(480, self.sizeHint().height())

    def _offer(self, remembered: Sequence[str]) -> None:
        found: list[str] = []
        try:
            found.append(find_server().url)
            self._status.setText(
                tr("Found an ExLab-Wizard on this computer: {found}", found=found[0])
            )
        except ServerError as error:
            self._status.setText(tr(str(error)))
        self._addresses.addItems(list(dict.fromkeys([*found, *remembered])))

    def _edited(self) -> None:
        self._check.stop()
        self._confirming = None
        self._accept.setText(tr("Connect"))
        self._accept.setEnabled(True)
        self._propose()

    def _note_choice(self) -> None:
        self._has_chosen = True

    def _propose(self) -> None:
        """Show what is done with the events of the server at the address, unless it was chosen."""
        if self._has_chosen:
            return
        try:
            address = parse_address(self._addresses.currentText())
        except AddressError:
            streams = False
        else:
            kept = self._kept(address)
            streams = address.is_local if kept is None else kept
        (self._stream if streams else self._polling).setChecked(True)

    def accept(self) -> None:
        """Check the server at the address, and connect if nothing speaks against it."""
        try:
            address = parse_address(self._addresses.currentText())
        except AddressError as error:
            self._tell(tr(str(error)), "failure")
            return
        if address == self._confirming:
            self._choose(address)
            return
        self._address = address
        self._accept.setEnabled(False)
        self._tell(tr("Connecting to {address}…", address=address))
        self._check.ask(address)

    def _answered(self, health: Health) -> None:
        if self._address is None:
            return
        if not health.concerns:
            self._choose(self._address)
            return
        self._confirming = self._address
        self._tell(" ".join(map(tr, health.concerns)), "warning")
        self._accept.setText(tr("Connect anyway"))
        self._accept.setEnabled(True)

    def _failed(self, why: str) -> None:
        self._tell(tr(why), "failure")
        self._accept.setEnabled(True)

    def _tell(self, text: str, meaning: Meaning | None = None) -> None:
        self._status.setText(text)
        show_meaning(self._status, meaning)

    def _choose(self, address: Address) -> None:
        if self._has_chosen:
            self.streams_chosen.emit(address, self._stream.isChecked())
        self.chosen.emit(address)
        super().accept()
