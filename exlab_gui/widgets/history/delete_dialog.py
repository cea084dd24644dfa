"""The question before recordings are deleted."""

from PySide6.QtWidgets import QWidget

from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel

_WIDTH = 440


class DeleteDialog(Dialog):
    """Asks whether to delete the recordings of `count` sessions, of which `first` is one."""

    def __init__(self, count: int, first: str, parent: QWidget) -> None:
        super().__init__("Delete sessions", "deleteDialog", parent)
        what = first if count == 1 else f"{count:,} sessions"
        which = "Its recording is" if count == 1 else "Their recordings are"
        self.add(WrappingLabel(f"Delete {what}? {which} removed. This cannot be undone."))
        names = "deleteConfirm", "deleteReject"
        # Not by Enter either while it has the focus, which would make it the default button.
        self.add_choice("Delete", "Keep", names, safe=True).setAutoDefault(False)
        self.resize(_WIDTH, self.sizeHint().height())
