"""Menus whose disabled entries the keys reach, with their reasons, and whose boxes can be seen."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)


class MenuStyle(QProxyStyle):
    """Lets the keys stop at disabled entries, and frames the one that they stand at.

    Boxes that are not checked have a frame that stands out from a dark menu, too.
    """

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_Menu_AllowActiveAndDisabled:
            return 1
        return super().styleHint(hint, option, widget, returned)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        super().drawControl(element, option, painter, widget)
        flags = QStyle.StateFlag
        if element != QStyle.ControlElement.CE_MenuItem or not option.state & flags.State_Selected:
            return
        if not option.state & flags.State_Enabled:
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.WindowText), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        super().drawPrimitive(element, option, painter, widget)
        if element == QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            painter.setPen(QPen(option.palette.placeholderText(), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))


def tell_why_disabled(menu: QMenu) -> None:
    """Let the keys reach the disabled entries of `menu`; the status bar shows their status tips."""
    app = cast("QApplication", QApplication.instance())
    style = app.findChild(MenuStyle)  # the application's, since a menu does not own its style
    if style is None:
        style = MenuStyle("Fusion")
        style.setParent(app)
    menu.setStyle(style)


def fill_when_shown(menu: QMenu, fill: Callable[[QMenu], object]) -> None:
    """Have `fill` fill `menu` anew whenever it is shown."""

    def refill() -> None:
        menu.clear()
        # Menus in it are not cleared: they would pile up, and be styled with every change of theme.
        for within in menu.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            within.setParent(None)  # else it would be found by its name, beside the new one
            within.deleteLater()
        fill(menu)

    menu.aboutToShow.connect(refill)
