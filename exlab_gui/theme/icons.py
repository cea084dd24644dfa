"""The icons, drawn as lines in the colour of the text.

The SVG files in ``resources/icons`` are 24 units square; ``currentColor`` is the colour of the
theme. An icon is loaded and rendered when it is painted first, and kept in Qt's pixmap cache.
"""

from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from exlab_gui import paths

IconName = Literal[
    "about",
    "aborted",
    "app",
    "back",
    "breakpoint",
    "cancel",
    "clear",
    "connect",
    "copy",
    "done",
    "export-diagram",
    "export-log",
    "fail",
    "failed",
    "filter",
    "first",
    "flawed",
    "follow",
    "fork",
    "forward",
    "input",
    "latest",
    "live",
    "new-session",
    "open",
    "pause",
    "play",
    "presentation",
    "replay",
    "reset",
    "save",
    "settings",
    "simulated",
    "step",
    "theme",
    "warning",
    "zoom-fit",
]


def icon(name: IconName, colour: str | None = None) -> QIcon:
    """Return the icon `name` in `colour` (``#RRGGBB``), or in the palette's text colour.

    Without `colour`, it follows the theme, and the disabled one is lighter.
    """
    return QIcon(_LineIconEngine(name, colour))


_copies: list[QIconEngine] = []


class _LineIconEngine(QIconEngine):
    """Renders one drawing at any size, scale and colour."""

    def __init__(self, name: str, colour: str | None) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def clone(self) -> QIconEngine:
        copy = _LineIconEngine(self._name, self._colour)
        # Qt owns the copy, but Python would collect it.
        _copies.append(copy)
        return copy

    def key(self) -> str:
        return f"exlab-gui {self._name} {self._colour or ''}"

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.pixmap(rect.size() * scale, mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        pixmap = QPixmap()
        if size.isEmpty():  # of a button that has no room for an icon
            return pixmap
        colour = self._colour or _palette_colour(mode)
        key = f"{self.key()} {colour} {size.width()}×{size.height()}"
        if not QPixmapCache.find(key, pixmap):
            pixmap = _render(_drawing(self._name).replace("currentColor", colour), size)
            QPixmapCache.insert(key, pixmap)
        return pixmap


def _palette_colour(mode: QIcon.Mode) -> str:
    # Disabled lines in the colour of disabled text would look enabled.
    disabled = mode == QIcon.Mode.Disabled
    role = QPalette.ColorRole.Dark if disabled else QPalette.ColorRole.ButtonText
    return QGuiApplication.palette().color(QPalette.ColorGroup.Active, role).name()


@cache
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _render(svg: str, size: QSize) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    side = min(size.width(), size.height())
    square = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, square)
    painter.end()
    return pixmap
