"""The frame of every dialog."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLayout,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.controls.wheel import need_focus_for_wheel
from exlab_gui.widgets.object_names import named

_FRAME = 160


class Dialog(QDialog):
    """Rows above a line of buttons; deleted once closed. Open it with `open`, never `exec`."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name)
        self.setWindowTitle(tr(title))
        self._column = QVBoxLayout(self)
        # The title bar has a mark and buttons of its own. A minimum width of the dialog would end
        # that of its content.
        self._column.addStrut(self.fontMetrics().horizontalAdvance(self.windowTitle()) + _FRAME)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(12)
        self.buttons = QDialogButtonBox()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A key that is still down from the menu that opened the dialog does not answer it.
        if not event.isAutoRepeat():
            super().keyPressEvent(event)

    def setVisible(self, visible: bool) -> None:
        """Be as large as its content when it is shown, and no larger than the screen."""
        if visible and not self.isVisible():
            if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
                self.adjustSize()  # Qt does it only for what has no size yet: below, it gets one
            frame = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
            room = self.screen().availableGeometry().adjusted(0, 0, 0, -frame)
            if self.minimumSizeHint().width() > room.width():
                self.setMinimumWidth(room.width())
            self.resize(self.size().boundedTo(room.size()))
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        need_focus_for_wheel(self)
        super().showEvent(event)

    def add(self, *rows: QWidget | QLayout) -> None:
        for row in rows:
            if isinstance(row, QWidget):
                self._column.addWidget(row)
            else:
                self._column.addLayout(row)

    def add_close(self) -> None:
        self.buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.add(self.buttons)

    def add_choice(
        self, accept: str, reject: str, names: tuple[str, str], *, safe: bool = False
    ) -> QPushButton:
        """Add the two buttons, under their object `names`; return the one that accepts.

        Enter accepts; with `safe` it rejects, so that it does nothing that cannot be undone.
        """
        role = QDialogButtonBox.ButtonRole
        button = named(self.buttons.addButton(tr(accept), role.AcceptRole), names[0])
        other = named(self.buttons.addButton(tr(reject), role.RejectRole), names[1])
        self.add(self.buttons)  # only what is in the dialog becomes its default, once it is shown
        (other if safe else button).setDefault(True)
        if safe:
            other.setFocus()  # a button with the focus takes Enter, whichever is the default
        return button
