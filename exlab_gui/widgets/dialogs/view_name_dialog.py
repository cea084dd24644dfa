"""The dialog that asks for the name of a view."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named

_LONGEST = 60


class ViewNameDialog(Dialog):
    """Asks for a name; `chosen` gives it. One of `names` is replaced, and the dialog says so."""

    chosen = Signal(str)

    def __init__(self, names: Sequence[str], parent: QWidget) -> None:
        super().__init__("Save view", "viewDialog", parent)
        self._names = names
        self._name = named(QLineEdit(), "viewName", "Name")
        self._name.setMaxLength(_LONGEST)
        self._hint = WrappingLabel(name="viewHint")
        self.add(form_rows(("Name", self._name)), self._hint)
        self._accept = self.add_choice("Save", "Cancel", ("viewAccept", "viewReject"))
        self._name.textChanged.connect(self._edited)
        self._edited("")
        self._name.setFocus()
        self.resize(420, self.sizeHint().height())

    def accept(self) -> None:
        self.chosen.emit(self._name.text().strip())
        super().accept()

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()))
        is_known = text.strip() in self._names
        self._hint.setText(
            tr("The view of this name is replaced.")
            if is_known
            else tr("The text of the filter and the kinds shown are saved.")
        )
