"""Whether a widget paints itself."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """Counts how often a widget is painted, for tests that hold that nobody has to ask for it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        self.times += event.type() == QEvent.Type.Paint
        return False
