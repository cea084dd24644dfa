"""A button of an action."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget


class ActionButton(QToolButton):
    """Triggers `action` and looks as it says: with its icon if it has one, else with its text.

    It is no default action: Qt 6.11 connects the button to it once more with each of its changes,
    so that every change would take longer than the one before.
    """

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        self.setText(action.iconText())
        self.setIcon(action.icon())
        self.setCheckable(action.isCheckable())
        self.setAccessibleName(action.iconText())
        if action.icon().isNull():
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        action = self.action
        self.setEnabled(action.isEnabled())
        self.setChecked(action.isChecked())
        self.setToolTip(action.toolTip())
        self.setStatusTip(action.statusTip())
