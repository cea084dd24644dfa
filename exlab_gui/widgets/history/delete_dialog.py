"""The question before recordings are deleted."""

from PySide6.QtWidgets import QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel

_WIDTH = 440


class DeleteDialog(Dialog):
    """Asks whether to delete the recordings of `count` sessions, of which `first` is one."""

    def __init__(self, count: int, first: str, parent: QWidget) -> None:
        super().__init__("Delete sessions", "deleteDialog", parent)
        question = tr(
            "Delete {first}? Its recording is removed. This cannot be undone.",
            "Delete {n:,} sessions? Their recordings are removed. This cannot be undone.",
            n=count,
            first=first,
        )
        self.add(WrappingLabel(question))
        names = "deleteConfirm", "deleteReject"
        # Not by Enter either while it has the focus, which would make it the default button.
        self.add_choice("Delete", "Keep", names, safe=True).setAutoDefault(False)
        self.resize(_WIDTH, self.sizeHint().height())
