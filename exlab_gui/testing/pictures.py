"""Pictures of a window in a test."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from exlab_gui.window.monitor_window import MonitorWindow


def picture_of(window: MonitorWindow) -> QPixmap:
    """Return a picture of `window` with its dialogs and menus."""
    window.theme.finish()  # meanwhile it would paint nothing
    parts = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    shown = [window, *(one for one in parts if _belongs(one, window))]
    whole = QRect()
    for part in shown:
        whole = whole.united(part.geometry())
    picture = QPixmap(whole.size())
    picture.fill(window.palette().window().color())
    painter = QPainter(picture)
    for part in shown:
        painter.drawPixmap(part.geometry().topLeft() - whole.topLeft(), part.grab())
    painter.end()
    return picture


def _belongs(part: QWidget, window: QWidget) -> bool:
    parent = part.parentWidget()
    return parent is not None and (parent.window() is window or _belongs(parent.window(), window))
