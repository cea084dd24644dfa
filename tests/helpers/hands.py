"""A user's hands, as the plugin has them, and more of them for our own tests."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget

from exlab_gui.testing.user_input import (
    click,
    open_menu,
    press,
    press_shortcut,
    right_click,
    write,
)

__all__ = ["click", "open_menu", "press", "press_shortcut", "right_click", "write"]

_NONE = Qt.KeyboardModifier.NoModifier

POPUPS = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
"""For tests that open menus: the offscreen platform says this of itself then."""


def double_click(widget: QWidget, at: QPoint) -> None:
    """Click twice at the place `at` of `widget`, the second time soon after the first."""
    top, place = widget.window(), widget.mapTo(widget.window(), at)
    QTest.mouseClick(top.windowHandle(), Qt.MouseButton.LeftButton, _NONE, place)
    QTest.mouseDClick(top.windowHandle(), Qt.MouseButton.LeftButton, _NONE, place)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press the left button at the place `start` of `widget`, and let go of it at `end`."""
    top = widget.window()
    handle, left = top.windowHandle(), Qt.MouseButton.LeftButton
    QTest.mousePress(handle, left, _NONE, widget.mapTo(top, start))
    QTest.mouseMove(handle, widget.mapTo(top, end))
    QTest.mouseRelease(handle, left, _NONE, widget.mapTo(top, end))


def turn_wheel(widget: QWidget, steps: int, at: QPoint | None = None) -> None:
    """Turn the wheel by so many steps, away from the user, at a place of `widget`."""
    top = widget.window()
    place = widget.mapTo(top, widget.rect().center() if at is None else at)
    QTest.wheelEvent(top.windowHandle(), QPointF(place), QPoint(0, 120 * steps))


def place_of(view: QGraphicsView, item: QGraphicsItem) -> QPoint:
    """Return where the middle of `item` is in the viewport of `view`."""
    return view.mapFromScene(QPointF(item.sceneBoundingRect().center()))
