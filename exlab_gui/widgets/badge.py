"""The mark for how a session stands, as a picture and as an icon."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from exlab_gui.core.diagram_looks import meaning_badge
from exlab_gui.core.layout.geometry import Point
from exlab_gui.core.meaning import Meaning
from exlab_gui.theme.colours import Colours
from exlab_gui.widgets.diagram.shapes import draw, qt_shapes

SIDE = 18
_SCALES = (1, 2)  # of screens


def badge_icon(meaning: Meaning | None, colours: Colours) -> QIcon:
    icon = QIcon()
    for scale in _SCALES:
        icon.addPixmap(badge(meaning, colours, scale))
    return icon


def badge(meaning: Meaning | None, colours: Colours, scale: float) -> QPixmap:
    """Return the mark for a screen of `scale`; it is `SIDE` wide and high."""
    pixmap = QPixmap(round(scale * SIDE), round(scale * SIDE))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, qt_shapes(meaning_badge(Point(SIDE / 2, SIDE / 2), meaning), colours))
    painter.end()
    return pixmap
