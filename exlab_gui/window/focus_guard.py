"""Keeps the keyboard focus from falling on a widget that nobody chose."""

from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from exlab_gui.widgets.diagram.diagram_view import DiagramView


class FocusGuard(QObject):
    """Gives the focus to the diagram if its widget in `window` is hidden, disabled or deleted.

    Qt gives it to the next widget in the tab order: that may be the button of `failed`, which the
    next Space of a text that is being typed would press.
    """

    def __init__(self, window: QMainWindow, diagram: DiagramView) -> None:
        super().__init__(window)
        self._window = window
        self._diagram = diagram
        self._last: QWidget | None = None
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window) or (now is None and not self._window.isActiveWindow()):
            return  # the window is being deleted, or another program has the focus
        if now is not None and now.window() is not self._window:
            return  # a dialog or a popup has it
        last = self._last
        # What gets the focus while it is hidden, as in a narrow tool bar, does not lose its use.
        self._last = now if now is not None and self._usable(now) else None
        if last is self._diagram:
            return
        if now is None or (last is not None and not self._usable(last)):
            self._diagram.take_focus()

    def _usable(self, widget: QWidget) -> bool:
        return isValid(widget) and widget.isEnabled() and widget.isVisibleTo(self._window)
