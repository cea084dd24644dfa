"""Places for small widgets on top of the diagram, where they cover the least."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from exlab_gui.widgets.diagram.state_item import StateItem
from exlab_gui.widgets.diagram.zoomable_view import ZoomableView

_MARGIN = 8


def place_in_corner(
    view: ZoomableView, widget: QWidget, size: QSize, clear: Iterable[QRect]
) -> bool:
    """Put `widget`, a child of `view`, into the corner where it covers the fewest states.

    It stays in its corner as long as that keeps `clear` of these places. Returns False, and leaves
    it where it was, if no corner does.
    """
    room = QRect(view.viewport().mapTo(view, QPoint()), view.viewport().size())
    inner = room.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    if size.width() > inner.width() or size.height() > inner.height():
        return False
    across = inner.right() + 1 - size.width()
    down = inner.bottom() + 1 - size.height()
    corners = [
        QRect(QPoint(x, y), size) for y in (down, inner.top()) for x in (inner.left(), across)
    ]
    avoided = list(clear)
    free = [one for one in corners if not any(one.intersects(other) for other in avoided)]
    if not free:
        return False
    if widget.geometry() not in free:
        widget.setGeometry(min(free, key=lambda one: _covered(view, one)))
    return True


def _covered(view: ZoomableView, place: QRect) -> int:
    place = place.translated(-view.viewport().mapTo(view, QPoint()))
    return sum(isinstance(item, StateItem) for item in view.items(place))
