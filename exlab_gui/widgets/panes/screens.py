"""Which places on the screens there are for windows."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QRegion, QScreen

_LEAST_VISIBLE = 48  # pixels of a window that must be on a screen
_FARTHEST = 2**15
_PANELS = 72
"""Pixels that panels and the frame may take from a screen under Wayland, which does not tell."""


def believed(numbers: tuple[int, int, int, int]) -> QRect:
    """Return the rectangle of `numbers`, which may be any, within what Qt can compute with."""
    return QRect(*(max(-_FARTHEST, min(number, _FARTHEST)) for number in numbers))


def screen_of(frame: QRect) -> QScreen:
    """Return the first screen that shows enough of `frame`, or the primary one."""
    for screen in QGuiApplication.screens():
        common = screen.availableGeometry().intersected(frame)
        if common.width() >= _LEAST_VISIBLE and common.height() >= _LEAST_VISIBLE:
            return screen
    return QGuiApplication.primaryScreen()


def moved_into(room: QRect, frame: QRect) -> QPoint:
    """Return the place for `frame`: its own if all of it is on screens, else the next in `room`."""
    screens = QRegion()
    for screen in QGuiApplication.screens():
        screens += screen.availableGeometry()
    if not frame.isEmpty() and QRegion(frame).subtracted(screens).isEmpty():
        return frame.topLeft()
    left = min(frame.left(), room.right() + 1 - frame.width())
    top = min(frame.top(), room.bottom() + 1 - frame.height())
    return QPoint(max(left, room.left()), max(top, room.top()))


def fitted(frame: QRect) -> QRect:
    """Return `frame`, moved and cut so that all of it is on a screen."""
    room = screen_of(frame).availableGeometry()
    size = frame.size().boundedTo(room.size())
    return QRect(moved_into(room, QRect(frame.topLeft(), size)), size)


def is_better_maximised(size: QSize, room: QRect, platform: str) -> bool:
    """Return whether panels may cover a new window of `size` on a screen with `room`.

    Under Wayland no program is told of them: only the compositor can place such a window.
    """
    free = room.size() - QSize(_PANELS, _PANELS)
    return platform.startswith("wayland") and size.boundedTo(free) != size
