"""The dock of the list of sessions, at first at the edge where lines begin."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.panes.places import AREAS, Kept, Place, kept, place_of, put_dock
from exlab_gui.widgets.panes.screens import believed

_WIDTH = 210
_NARROW, _MORE_FOR_NAMES = 1100, 60
"""From which width of the window on, and by how much at most, the list is wider."""

_WIDTHS = (60, 4000)

_LEAST, _LEAST_WITHOUT = 844, 632
"""The least width of the window with and without the list, less than Qt finds in a wide one.

At 150 %, a screen of 1280 pixels has 853.
"""


class SessionDock(QDockWidget):
    """Hidden until there are two sessions; then as wide as it was, or as can be spared."""

    def __init__(self, window: QMainWindow, content: QWidget) -> None:
        super().__init__(tr("Sessions"), window)
        named(self, "sessionDock")
        self._around = window
        self._home = Place.RIGHT if window.isRightToLeft() else Place.LEFT
        self._first_width = 0
        self._chosen_width: int | None = None
        self.setWidget(content)
        self.hide()
        window.setMinimumWidth(_LEAST_WITHOUT)
        window.addDockWidget(AREAS[self._home], self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._around.setMinimumWidth(_LEAST)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._around.setMinimumWidth(_LEAST_WITHOUT)

    def show_list(self) -> None:
        self.show()
        self._resize()

    def reset(self, *, shown: bool) -> None:
        """Go back to the edge where it was at first."""
        self._chosen_width = None
        self.setFloating(False)
        self._around.addDockWidget(AREAS[self._home], self)
        self.setVisible(shown)
        self._resize()

    def _resize(self) -> None:
        # What can be spared is for names, which begin alike.
        spared = max(0, min(self._around.width() - _NARROW, _MORE_FOR_NAMES))
        self._first_width = _WIDTH + spared
        width = self._chosen_width or self._first_width
        self._around.resizeDocks([self], [width], Qt.Orientation.Horizontal)

    def kept(self) -> Kept | None:
        """Return what is to be remembered, if its user moved or widened it."""
        moved = place_of(self._around, self) is not self._home
        if not moved and self.width() == self._first_width:
            return None
        return kept("sessions", self._around, self, shown=True)

    def restore(self, remembered: Kept) -> None:
        """Stand where it was as soon as it is shown."""
        frame = believed(remembered.frame)
        put_dock(self._around, self, remembered.place, frame)
        self.hide()
        self._chosen_width = max(_WIDTHS[0], min(frame.width(), _WIDTHS[1]))
