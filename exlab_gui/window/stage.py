"""Clears the screen for the presentation, and puts everything back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QWidget

from exlab_gui.widgets.panes.places import Dock

if TYPE_CHECKING:
    from exlab_gui.window.monitor_window import MonitorWindow


class Stage(QObject):
    """Hides all but the panes of `window` while it is presented, and gives those the screen."""

    def __init__(self, window: "MonitorWindow") -> None:
        super().__init__(window)
        self._window = window
        self._hidden: list[QWidget] = []
        self._waiting: list[Callable[[], None]] = []
        window.panes.presentation.enlarged.connect(window.panes.messages.enlarge)

    def when_over(self, show: Callable[[], None]) -> None:
        """Call `show` now, or at the end of the presentation, which it would disturb."""
        if self._window.presenting.presenting:
            self._waiting.append(show)
        else:
            show()

    def present(self, presenting: bool) -> None:
        window, whole = self._window, Qt.WindowState.WindowFullScreen
        panes, messages = window.panes, window.panes.messages
        if presenting:
            window.help.end_welcome()  # the audience would read it before all else
            docks = [one for one in window.findChildren(QDockWidget) if not isinstance(one, Dock)]
            parts = (window.menuBar(), window.play_bar, window.statusBar(), *docks)
            self._hidden = [part for part in parts if not part.isHidden()]
        else:  # at first, or all would grow and shrink with what comes back
            panes.present(False)
        state = window.windowState()
        window.setWindowState(state | whole if presenting else state & ~whole)
        for part in self._hidden:
            part.setVisible(not presenting)
        if presenting:
            panes.present(True)
            messages.stand_on(panes.presentation.messages)
        else:
            messages.enlarge(None)
            messages.stand_on(window.statusBar(), *window.status.parts)
            waiting, self._waiting = self._waiting, []
            for show in waiting:
                show()
