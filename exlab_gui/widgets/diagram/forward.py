"""The transitions of the state that is pointed at, brought to the fore."""

from itertools import islice

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGraphicsScene

from exlab_gui.core.diagram_looks import Shape
from exlab_gui.core.layout.badges import place_labels
from exlab_gui.core.layout.geometry import Box, Layout
from exlab_gui.core.layout.shapes import outline
from exlab_gui.core.machine import Edge
from exlab_gui.core.overlay import Overlay
from exlab_gui.core.overlay_looks import TextLook
from exlab_gui.core.text.translation import tr
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.count_badges import FramedText
from exlab_gui.widgets.diagram.edge_item import EdgeItem

_HEIGHT, _SIZE = 16.0, 11
_CHARACTER, _INDENT = 6.6, 8.0
_ABOVE_BADGES = 30.0
_MOST = 40
"""Labels at once: of more, none could be read."""


class Forward(QObject):
    """Lets all transitions recede but those of the state under the pointer, or with the focus.

    Those have labels with their count and their median time, as far as there are figures.
    """

    pointed = Signal(str)
    """The state that is pointed at now."""

    def __init__(self, scene: QGraphicsScene, edges: dict[Edge, EdgeItem], theme: Theme) -> None:
        super().__init__(scene)
        self._scene = scene
        self._edges = edges
        self._theme = theme
        self._layout: Layout | None = None
        self._pointed: list[str] = []  # the latest is last: pointer and focus may be on two states
        self._figures: Overlay | None = None
        self.all_recede = False
        self.labels: dict[Edge, FramedText] = {}

    def begin(self, layout: Layout) -> None:
        """Take note of a new picture, whose scene has been cleared."""
        self._layout = layout
        self._pointed = []
        self._figures = None
        self.labels = {}

    @property
    def state(self) -> str | None:
        return self._pointed[-1] if self._pointed else None

    def point_at(self, state: str, pointed_at: bool) -> None:
        before = self.state
        self._pointed = [one for one in self._pointed if one != state]
        if pointed_at:
            self._pointed.append(state)
        if self.state != before:
            self.show()
            if self.state is not None:
                self.pointed.emit(self.state)

    def show_figures(self, figures: Overlay | None) -> None:
        """Take the labels from `figures` from now on."""
        self._figures = figures
        if self.state is not None:
            self._label()

    def let_recede(self, all_recede: bool) -> None:
        """Let even all transitions recede, while no state is pointed at."""
        self.all_recede = all_recede
        self.show()

    def show(self) -> None:
        state = self.state
        for edge, line in self._edges.items():
            line.fade(self.all_recede if state is None else state not in edge)
        self._label()

    def _label(self) -> None:
        state, figures, layout = self.state, self._figures, self._layout
        texts: dict[Edge, str] = {}
        if state is not None and figures is not None and layout is not None:
            marks = figures.edges.items()
            found = ((e, m) for e, m in marks if state in e and m.count and e in layout.routes)
            texts = {edge: mark.line for edge, mark in islice(found, _MOST)}
        for edge in [edge for edge in self.labels if edge not in texts]:
            self._scene.removeItem(self.labels.pop(edge))
        if not texts or layout is None or figures is None:
            return
        wanted = [
            (layout.routes[edge], len(text) * _CHARACTER + _INDENT) for edge, text in texts.items()
        ]
        for edge, box in place_labels(layout, wanted, _HEIGHT).items():
            label = self.labels.get(edge)
            if label is None:
                label = FramedText(f"label_{edge[0]}__{edge[1]}", box, _look(box), self._theme)
                label.setZValue(_ABOVE_BADGES)
                self._scene.addItem(label)
                self.labels[edge] = label
            label.show_text(texts[edge], box, _look(box))
            label.tell(tr(figures.edges[edge].told))


def _look(box: Box) -> TextLook:
    frame = Shape(outline(box, _HEIGHT / 2), "surface", "accent", 1.25)
    return TextLook(frame, "text", _SIZE, bold=False)
