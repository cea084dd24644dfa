"""The contrast of texts as they are painted, from the pixels of the window."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QWidget,
)

from tests.helpers.contrast import contrast

SCALE = 2
"""Thin strokes have their full colour only if they are painted large."""

_BORDER = 3


class Place(NamedTuple):
    what: str
    frame: QRect
    enabled: bool
    is_icon: bool = False


def painted(window: QWidget) -> QImage:
    image = QImage(window.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    window.render(image)
    return image


def places(window: QWidget) -> Iterator[Place]:
    """Yield where the visible widgets of `window` show texts."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        seen = widget.visibleRegion().boundingRect()
        at = widget.mapTo(window, QPoint())
        text = ""
        match widget:
            case QLabel() | QAbstractButton() | QLineEdit():
                text = widget.text()
            case QComboBox():
                text = widget.currentText()
            case QTableView():
                yield from _cells(window, widget)
            case QGraphicsView():
                yield from _states(window, widget)
        if text.strip():
            inner = seen.adjusted(_BORDER, 1, -_BORDER, -1) if seen.height() > 18 else seen
            is_icon = (
                isinstance(widget, QToolButton)
                and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
                and not widget.icon().isNull()
            )
            yield Place(text, inner.translated(at), widget.isEnabled(), is_icon)


def _cells(window: QWidget, view: QTableView) -> Iterator[Place]:
    at = view.viewport().mapTo(window, QPoint())
    model = view.model()
    for row in range(min(model.rowCount(), 8)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            frame = view.visualRect(index) & view.viewport().rect()
            if index.data() and not view.isColumnHidden(column) and frame.width() > 12:
                yield Place(str(index.data()), frame.adjusted(2, 2, -2, -2).translated(at), True)


def _states(window: QWidget, view: QGraphicsView) -> Iterator[Place]:
    at = view.viewport().mapTo(window, QPoint())
    for item in view.scene().items():
        state = getattr(item, "state", None)
        if isinstance(state, str):
            box = view.mapFromScene(item.rect).boundingRect()
            inner = box.adjusted(box.width() // 5, 6, -box.width() // 12, -6)
            yield Place(state, (inner & view.viewport().rect()).translated(at), True)


def contrast_in(image: QImage, frame: QRect) -> float:
    """Return the contrast of the ground of `frame` to what stands out most from it."""
    part = image.copy(QRect(frame.topLeft() * SCALE, QSize(frame.size() * SCALE)))
    colours = Counter(memoryview(part.constBits()).cast("I"))
    if not colours:
        return 21.0
    ground = _name(colours.most_common(1)[0][0])
    # One pixel may be anything; the inside of a stroke is more than that.
    inks = (_name(value) for value, count in colours.items() if count > 2)
    return max((contrast(ground, ink) for ink in inks), default=1.0)


def _name(value: int) -> str:
    return f"#{value & 0xFFFFFF:06X}"
