"""Buttons that move the position, play, and start a session from there."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from exlab_gui.widgets.controls.action_button import ActionButton
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

BUTTONS = (
    *("actionGoToFirst", "actionGoBack", "actionPlay", "actionPause"),
    *("actionGoForward", "actionGoToLatest", "actionForkHere"),
)

_ICON = 16


class Transport(QWidget, SessionView):
    """First, back, play or pause, forward, latest, and fork."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "transport", "Move along the timeline")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the timeline
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: dict[str, ActionButton] = {}
        for name in BUTTONS:
            button = named(ActionButton(actions[name]), f"transport_{name}")
            row.addWidget(button)
            self._buttons[name] = button
        self.enlarge(None)
        self._show_pause(False)

    def enlarge(self, pixels: int | None) -> None:
        """Have icons of `pixels`, or small ones again."""
        for button in self._buttons.values():
            button.setIconSize(QSize(pixels or _ICON, pixels or _ICON))

    @property
    def buttons(self) -> list[ActionButton]:
        return list(self._buttons.values())

    def synchronize(self) -> None:
        self._show_pause(self.session is not None and self.session.playing)

    def _show_pause(self, playing: bool) -> None:
        self._buttons["actionPlay"].setVisible(not playing)
        self._buttons["actionPause"].setVisible(playing)
