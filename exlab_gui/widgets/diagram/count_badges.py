"""Counts of visits and transitions on the diagram."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsObject,
    QGraphicsScene,
)

from exlab_gui.core.analysis.coverage import NEVER, Coverage
from exlab_gui.core.layout.badges import HEIGHT, WIDTH, place_badges, short_count
from exlab_gui.core.layout.geometry import Layout, Point
from exlab_gui.core.text.translation import tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.object_names import named

_ABOVE_STATES = 20.0
_TEXT_SIZE, _SMALL_TEXT_SIZE = 10, 8  # of up to two characters, and of three


class CountBadge(QGraphicsObject):
    """A count: bold in a solid frame, or 0 in a dashed one."""

    def __init__(self, name: str, middle: Point, theme: Theme) -> None:
        super().__init__()
        named(self, name)
        self._theme = theme
        self._times = 0
        self.text = ""
        self.rect = QRectF(middle.x - WIDTH / 2, middle.y - HEIGHT / 2, WIDTH, HEIGHT)
        self.setZValue(_ABOVE_STATES)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def count(self, what: str, times: int) -> None:
        count = tr("{n:,} time", "{n:,} times", n=times) if times else NEVER
        self._times = times
        self.text = f"{what}: {count}"
        self.setProperty("times", times)
        self.setToolTip(plain_tip(self.text))
        self.update()

    def boundingRect(self) -> QRectF:
        return self.rect.adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, *_: object) -> None:
        colours, taken = self._theme.colours, self._times > 0
        colour = QColor(colours.text if taken else colours.muted)
        pen = QPen(colour, 1.25 if taken else 1.0)
        if not taken:
            pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(QColor(colours.raised if taken else colours.surface))
        painter.drawRoundedRect(self.rect, HEIGHT / 2, HEIGHT / 2)
        font = QFont()
        text = short_count(self._times)
        font.setPixelSize(_TEXT_SIZE if len(text) < 3 else _SMALL_TEXT_SIZE)
        font.setBold(taken)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(self.rect, Qt.AlignmentFlag.AlignCenter, text)


class CountBadges:
    """The badges of a diagram, made when they are first shown."""

    def __init__(self, scene: QGraphicsScene, theme: Theme) -> None:
        self._scene = scene
        self._theme = theme
        self._layout: Layout | None = None
        self.badges: dict[str, CountBadge] = {}

    def begin(self, layout: Layout) -> None:
        self._layout = layout
        self.badges = {}

    def show(self, coverage: Coverage | None) -> None:
        if coverage is None:
            for badge in self.badges.values():
                self._scene.removeItem(badge)
            self.badges = {}
            return
        if not self.badges and self._layout is not None:
            self._make(self._layout, coverage)
        for state, times in coverage.states.items():
            self.badges[f"count_{state}"].count(state, times)
        for (a, b), times in coverage.transitions.items():
            self.badges[f"count_{a}__{b}"].count(f"{a} → {b}", times)

    def _make(self, layout: Layout, coverage: Coverage) -> None:
        """Make a badge for all that is counted, which is not all that is drawn."""
        places = place_badges(layout)
        for state in coverage.states:
            self._add(f"count_{state}", places.states[state])
        for a, b in coverage.transitions:
            self._add(f"count_{a}__{b}", places.edges[a, b])

    def _add(self, name: str, place: Point) -> None:
        badge = self.badges[name] = CountBadge(name, place, self._theme)
        self._scene.addItem(badge)
