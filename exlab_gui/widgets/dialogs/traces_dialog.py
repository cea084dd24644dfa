"""The dialog that sets where live sessions are sent as traces."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.telemetry.address import OtlpError, traces_url
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, caption
from exlab_gui.widgets.object_names import named

_EXPLANATION = phrase(
    "Each live session becomes a trace, with a span for each visit to a state. What operators "
    "type, and paths, can stand in it. Leave the address empty to send nothing."
)


class TracesDialog(Dialog):
    """Asks for the address of a receiver; `chosen` gives it, and whether operators are named."""

    chosen = Signal(str, bool)

    def __init__(self, url: str, *, operator: bool, parent: QWidget) -> None:
        super().__init__("Send traces", "tracesDialog", parent)
        title = tr("OpenTelemetry receiver, such as http://localhost:4318")
        self._url = named(QLineEdit(url, clearButtonEnabled=True), "tracesAddress", "Receiver")
        self._operator = named(QCheckBox(tr("Name the operator")), "tracesOperator")
        self._operator.setChecked(operator)
        self._status = WrappingLabel(name="tracesStatus")
        self.add(caption(title), self._url, self._operator, WrappingLabel(tr(_EXPLANATION)))
        self.add(self._status)
        self.add_choice("Apply", "Cancel", ("tracesAccept", "tracesReject"))
        self._url.textChanged.connect(lambda: self._status.setText(""))
        self.resize(480, self.sizeHint().height())

    def accept(self) -> None:
        """Give the address, unless it is none."""
        url = self._url.text().strip()
        try:
            if url:
                traces_url(url)
        except OtlpError as error:
            self._status.setText(tr(str(error)))
            return
        self.chosen.emit(url, self._operator.isChecked())
        super().accept()
