"""A scroll area that settles, whatever its widget does with the size that it gets."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QWidget


class SteadyArea(QScrollArea):
    """Resizes its widget to what fits; one that wants another size then gets it a turn later.

    Qt gives it at once, within the resize before. A widget that lays itself out anew where a
    scroll bar would come or go, as tabs do that stand below each other, is resized without end.
    """

    _is_resizing = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Resize or watched is not self.widget():
            return super().eventFilter(watched, event)
        if self._is_resizing:
            return False
        self._is_resizing = True
        try:
            return super().eventFilter(watched, event)
        finally:
            self._is_resizing = False
