"""Letters of another size in a widget and all that is in it."""

from PySide6.QtCore import QChildEvent, QEvent, QObject
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from exlab_gui.theme.fonts import give_font


class Letters(QObject):
    """Sets how high the letters are in `root`, in the widgets in it, and in those that come later.

    Under a style sheet of the application, Qt gives the font of a widget to no other. A style sheet
    of `root` would do that, but then Qt styles each widget in it again for each of its ancestors,
    which takes a tenth of a second.
    """

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        self._root = root
        self._pixels: int | None = None

    def set(self, pixels: int | None) -> None:
        """Have letters of `pixels`; None: as elsewhere."""
        if pixels != self._pixels:
            self._pixels = pixels
            self._give(self._root)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            child = event.child()
            if isinstance(child, QWidget):
                self._give(child)
        return super().eventFilter(watched, event)

    def _give(self, top: QWidget) -> None:
        font = QFont()
        if self._pixels is not None:
            font.setPixelSize(self._pixels)
        within = top.findChildren(QWidget)
        # The outer ones last: those that give their letters to others do so when they get them.
        for widget in (*reversed(within), top):
            give_font(widget, font)
        for around in filter(None, {self._root, top, *(one.parentWidget() for one in within)}):
            around.removeEventFilter(self)
            if self._pixels is not None:
                around.installEventFilter(self)
