"""A box to choose from: its text ends with "…" if it does not fit, its list shows whole entries."""

from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from exlab_gui.widgets.labels import elided


class ElidingComboBox(QComboBox):
    """Shows the chosen text, or the placeholder, as far as there is room; Qt would cut it."""

    def showPopup(self) -> None:
        # Beside a border of the focus, Qt makes the list too low for its last entry.
        self.setStyleSheet("QComboBox:focus { border-width: 1px; padding: 3px 7px; }")
        super().showPopup()
        self.setStyleSheet("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        text = option.currentText
        if self.currentIndex() < 0:
            text = self.placeholderText()
            muted = self.palette().placeholderText()
            option.palette.setBrush(QPalette.ColorRole.ButtonText, muted)
        option.currentText = elided(text, self.fontMetrics(), room.width() - 2)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
