"""The button in the status bar that leads to the notices, and counts the unread ones."""

from PySide6.QtWidgets import QToolButton

from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.object_names import named


class NoticesButton(QToolButton):
    """Hidden until there is a notice."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "noticesButton")
        self.setAutoRaise(True)
        self.hide()

    def show_counts(self, count: int, unread: int) -> None:
        text = tr("● {n:,} unread notice", "● {n:,} unread notices", n=unread)
        self.setText(text if unread else tr("Notices"))
        self.setToolTip(tr("{n:,} message so far", "{n:,} messages so far", n=count))
        self.setVisible(count > 0)
