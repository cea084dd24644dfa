"""What is painted below a timeline."""

import pytest
from PySide6.QtGui import QImage, QPainter

from exlab_gui.core.analysis.timeline.ruler import Axis
from exlab_gui.theme.colours import LIGHT
from exlab_gui.widgets.timeline.painting import HEIGHT, paint_ruler

LAST = "2:05 min total, last seen 12:00:00"


def ruler(width: int, first: str) -> QImage:
    image = QImage(width, int(HEIGHT), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    paint_ruler(painter, LIGHT, Axis(0.0, 0.1), (0.0, width), (first, LAST))
    painter.end()
    return image


@pytest.mark.usefixtures("qapp")
def test_the_start_gives_way_to_the_end() -> None:
    """Where both texts have no room, they do not overlap: how long it took is told."""
    needed = QImage(1, 1, QImage.Format.Format_RGB32)
    painter = QPainter(needed)
    metrics = painter.fontMetrics()
    room = metrics.horizontalAdvance(LAST) + metrics.horizontalAdvance("12:00:00")
    painter.end()
    assert ruler(room - 8, "12:00:00") == ruler(room - 8, "")
    assert ruler(room + 60, "12:00:00") != ruler(room + 60, "")
