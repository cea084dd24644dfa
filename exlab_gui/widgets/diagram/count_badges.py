"""Counts of visits and transitions on the diagram, and times in its states."""

from collections.abc import Collection

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QGraphicsObject, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from exlab_gui.core.layout.badges import TEXT_SIZE, WIDTH, Place, badge_text, place_badges
from exlab_gui.core.layout.badges import time_strip as strip_of
from exlab_gui.core.layout.geometry import Box, Layout
from exlab_gui.core.overlay import Mark, Overlay
from exlab_gui.core.overlay_looks import TextLook, badge_look, strip_look
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.shapes import RECEDED, QtShape, draw, qt_shapes
from exlab_gui.widgets.object_names import named

_ABOVE_STATES = 20.0
_LEGIBLE = 0.3
"""The scale below which no text could be read."""


class FramedText(QGraphicsObject):
    """A short text in a frame, on top of the diagram; clicks go to what is below."""

    is_seen_from_far = False
    """Whether the frame is painted even where the text could not be read."""

    def __init__(self, name: str, box: Box, look: TextLook, theme: Theme) -> None:
        super().__init__()
        named(self, name)
        self._theme = theme
        self._box = box
        self._look = look
        self.rect = _rect(box)
        self._colours: object = None  # those of what is drawn
        self._drawn: tuple[QtShape, ...] = ()
        self.text = ""
        """What is told of it in words."""
        self.shown = ""
        self.setZValue(_ABOVE_STATES)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_text(self, shown: str, box: Box, look: TextLook) -> None:
        if (shown, box, look) != (self.shown, self._box, self._look):
            self.prepareGeometryChange()
            self.shown, self._box, self._look = shown, box, look
            self.rect = _rect(box)
            self._colours = None
            self.update()

    def tell(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.setToolTip(plain_tip(text))

    def boundingRect(self) -> QRectF:
        return self.rect.adjusted(-1, -1, 1, 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _: QWidget | None = None
    ) -> None:
        is_legible = option.levelOfDetailFromTransform(painter.worldTransform()) >= _LEGIBLE
        if not is_legible and not self.is_seen_from_far:
            return
        colours, look = self._theme.colours, self._look
        if self._colours is not colours:
            self._colours, self._drawn = colours, qt_shapes((look.frame,), colours)
        draw(painter, self._drawn)
        if not is_legible:
            return
        font = QFont()
        font.setPixelSize(look.size)
        font.setBold(look.bold)
        painter.setFont(font)
        painter.setPen(QColor(getattr(colours, look.ink)))
        painter.drawText(self.rect, Qt.AlignmentFlag.AlignCenter, self.shown)


class CountBadge(FramedText):
    """A count: bold in a solid frame, or 0 in a dashed one."""

    def __init__(self, name: str, place: Place, theme: Theme) -> None:
        box = place.box(WIDTH)
        super().__init__(name, box, badge_look(box, 0, TEXT_SIZE), theme)
        self._place = place

    def show_mark(self, mark: Mark) -> None:
        text, size, width = badge_text(mark.count, self._place.room)
        box = self._place.box(width)
        self.setProperty("times", mark.count)
        self.show_text(text, box, badge_look(box, mark.count, size))
        self.tell(tr(mark.told))


class TimeStrip(FramedText):
    """The median and the 90th percentile of the time in a state, in its box."""

    is_seen_from_far = True  # slow states are shaded

    def __init__(self, name: str, box: Box, theme: Theme) -> None:
        super().__init__(name, box, strip_look(box, Mark(0, phrase(""))), theme)

    def show_mark(self, mark: Mark) -> None:
        self.setProperty("slowness", mark.slowness.name.lower())
        self.setProperty("estimate", mark.estimate)
        self.show_text(mark.times, self._box, strip_look(self._box, mark))
        self.tell(tr(mark.told))
        self.setVisible(bool(mark.times))


class CountBadges:
    """The counts and times on a diagram, made when they are first shown."""

    def __init__(self, scene: QGraphicsScene, theme: Theme) -> None:
        self._scene = scene
        self._theme = theme
        self._layout: Layout | None = None
        self.badges: dict[str, CountBadge] = {}
        self.strips: dict[str, TimeStrip] = {}
        """The times, by state."""
        self.overlay: Overlay | None = None
        """What is shown."""
        self._kept: frozenset[str] | None = None

    def begin(self, layout: Layout) -> None:
        self._layout = layout
        self.badges, self.strips = {}, {}
        self.overlay = None

    def show(self, overlay: Overlay | None) -> None:
        """Show `overlay`, which is of the machine of the diagram, or nothing."""
        self.overlay = overlay
        if overlay is None or self._layout is None:
            for item in (*self.badges.values(), *self.strips.values()):
                self._scene.removeItem(item)
            self.badges, self.strips = {}, {}
            return
        if not self.badges:
            self._make(self._layout, overlay)
        for state, mark in overlay.states.items():
            self.badges[f"count_{state}"].show_mark(mark)
            self._show_times(state, mark)
        for (a, b), mark in overlay.edges.items():
            self.badges[f"count_{a}__{b}"].show_mark(mark)
        if self._kept is not None:
            self.let_recede(self._kept)

    def let_recede(self, kept: Collection[str] | None) -> None:
        """Let all recede but what is at the states that are `kept`; None: nothing recedes."""
        self._kept = None if kept is None else frozenset(kept)
        clear = {name for state in kept or () for name in (f"count_{state}", f"time_{state}")}
        for item in (*self.badges.values(), *self.strips.values()):
            item.setOpacity(1.0 if kept is None or item.objectName() in clear else RECEDED)

    def _make(self, layout: Layout, overlay: Overlay) -> None:
        """Make a badge for all that is counted, which is not all that is drawn."""
        places = place_badges(layout)
        for state in overlay.states:
            self._add(CountBadge(f"count_{state}", places.states[state], self._theme))
        for a, b in overlay.edges:
            self._add(CountBadge(f"count_{a}__{b}", places.edges[a, b], self._theme))

    def _show_times(self, state: str, mark: Mark) -> None:
        strip = self.strips.get(state)
        if strip is None and mark.times and self._layout is not None:
            strip = TimeStrip(f"time_{state}", strip_of(self._layout.boxes[state]), self._theme)
            self.strips[state] = strip
            self._scene.addItem(strip)
        if strip is not None:
            strip.show_mark(mark)

    def _add(self, badge: CountBadge) -> None:
        self.badges[badge.objectName()] = badge
        self._scene.addItem(badge)


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
