"""The mark for how a session stands, as an icon."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from exlab_gui.core.diagram_looks import meaning_badge
from exlab_gui.core.layout.geometry import Point
from exlab_gui.core.meaning import Meaning
from exlab_gui.theme.colours import Colours
from exlab_gui.widgets.diagram.shapes import draw, qt_shapes

_SIDE = 18
_SCALES = (1, 2)  # of screens


def badge_icon(meaning: Meaning | None, colours: Colours) -> QIcon:
    icon = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(scale * _SIDE, scale * _SIDE)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = Point(_SIDE / 2, _SIDE / 2)
        draw(painter, qt_shapes(meaning_badge(middle, meaning), colours))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
