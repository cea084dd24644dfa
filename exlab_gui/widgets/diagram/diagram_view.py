"""The diagram: the machine, and where the session is in it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from exlab_gui.core.analysis.status import edge_status, state_status
from exlab_gui.core.layout.arc import arc_route
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.geometry import area
from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.count_badges import CountBadges
from exlab_gui.widgets.diagram.edge_item import EdgeItem
from exlab_gui.widgets.diagram.state_item import StateItem
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

_ZOOM_STEP = 1.2
_LARGEST, _SMALLEST = 8.0, 0.1


class DiagramView(QGraphicsView, SessionView):
    """Every state and every transition of the session's machine, drawn from the table.

    The wheel zooms, dragging pans, a double click fits all into the view. A legal next state can
    be clicked. `menu_wanted` asks for the context menu of a state at a place on the screen.
    """

    menu_wanted = Signal(str, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "diagramView", "State diagram")
        self._theme = theme
        self._machine: StateMachine | None = None
        self._breakpoints: frozenset[str] = frozenset()
        self._fitted = True
        self.states: dict[str, StateItem] = {}
        self.edges: dict[Edge, EdgeItem] = {}
        self.setScene(QGraphicsScene(self))
        self.counts = CountBadges(self.scene(), theme)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setMinimumSize(352, 280)
        theme.changed.connect(self._paint_anew)
        self._paint_anew()

    def set_session(self, session: SessionModel) -> None:
        """Show `session` from now on."""
        if session.machine != self._machine:
            self._build(session.machine)
        super().set_session(session)

    def set_breakpoints(self, states: frozenset[str]) -> None:
        """Mark the states at which playing stops."""
        self._breakpoints = states
        self.synchronize()

    def synchronize(self) -> None:
        """Show the session as it is now."""
        session = self.session
        if session is None:
            return
        visits, colours = session.visits, self._theme.colours
        for state, item in self.states.items():
            reason = session.why_not(Step(state))
            item.show_status(
                state_status(visits, state, session.position),
                colours,
                stops_here=state in self._breakpoints,
                tip=plain_tip(reason or f"Click to go to {state}"),
                known=visits.known(state, session.position),
            )
        position = session.position
        self._show_extra(visits.off_table(position))
        for edge, line in self.edges.items():
            line.show_status(
                edge_status(visits, edge, position), colours, visits.known(edge, position)
            )
        self.setAccessibleDescription(f"The session is in {session.state}")

    @property
    def chosen_state(self) -> str | None:
        """The state that has the focus, or None."""
        item = self.scene().focusItem()
        return item.state if isinstance(item, StateItem) else None

    def fit(self) -> None:
        """Show the whole diagram, as large as the view allows."""
        self._fitted = True
        self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)

    def zoom(self, factor: float) -> None:
        """Show the diagram `factor` times as large as now, within limits."""
        scale = self.transform().m11() * factor
        if _SMALLEST <= scale <= _LARGEST:
            self._fitted = False
            self.scale(factor, factor)

    def zoom_in(self) -> None:
        """Show the diagram one step larger."""
        self.zoom(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show the diagram one step smaller."""
        self.zoom(1 / _ZOOM_STEP)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom, at the place under the pointer."""
        self.zoom(_ZOOM_STEP ** (event.angleDelta().y() / 120))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the diagram into the view, unless a state was meant."""
        if isinstance(self.itemAt(event.position().toPoint()), StateItem):
            super().mouseDoubleClickEvent(event)
        else:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all of it in sight, unless the user has zoomed."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the diagram into the view once its size is known."""
        super().showEvent(event)
        if self._fitted:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the focus among the states, Enter goes to the one that has it."""
        item = self.scene().focusItem()
        match event.key():  # a letter that Qt has no name for is a number only
            case Qt.Key.Key_Down | Qt.Key.Key_Right:
                self._move_focus(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Left:
                self._move_focus(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if isinstance(
                item, StateItem
            ):
                self._go(item.state)
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the state under the pointer, or of the one that has the focus."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            item = self.itemAt(event.pos())
        else:
            item = self.scene().focusItem()
        if isinstance(item, StateItem):
            below = self.mapFromScene(item.sceneBoundingRect().center())
            mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            place = event.globalPos() if mouse else self.viewport().mapToGlobal(below)
            self.menu_wanted.emit(item.state, place)

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the new font where the system's changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._machine is not None:
            self._build(self._machine)
            self.synchronize()

    def _build(self, machine: StateMachine) -> None:
        self._machine = machine
        self.scene().clear()
        self.states, self.edges = {}, {}
        layout = self._layout = lay_out(machine)
        for route in layout.routes.values():
            self._add_edge(EdgeItem(route))
        for state, box in layout.boxes.items():
            item = StateItem(box, terminal=state in machine.terminal)
            item.chosen.connect(self._go)
            self.states[state] = item
            self.scene().addItem(item)
        self.counts.begin(layout)
        self._fitted = True
        self._show_area()

    def _show_extra(self, taken: Sequence[Edge]) -> None:
        """Draw the transitions that were taken though the table has them not, and only those.

        One that leads to what is no state of the machine has no place in the picture.
        """
        gone = self.edges.keys() - self._layout.routes.keys() - set(taken)
        new = [e for e in taken if e not in self.edges and self.states.keys() >= set(e)]
        for edge in gone:
            self.scene().removeItem(self.edges.pop(edge))
        for edge in new:
            self._add_edge(EdgeItem(arc_route(self._layout, edge)))
        if gone or new:
            self._show_area()

    def _show_area(self) -> None:
        shown = area(self._layout, (line.route for line in self.edges.values()))
        self.setSceneRect(QRectF(shown.x, shown.y, shown.width, shown.height))
        if self._fitted:
            self.fit()

    def _add_edge(self, line: EdgeItem) -> None:
        self.edges[line.route.edge] = line
        self.scene().addItem(line)

    def _go(self, state: str) -> None:
        if self.session is not None:
            self.session.request(Step(state))

    def _move_focus(self, by: int) -> None:
        items = list(self.states.values())
        if not items:
            return
        focused = self.scene().focusItem()
        if isinstance(focused, StateItem) and focused in items:
            items[(items.index(focused) + by) % len(items)].setFocus()
        elif self.session is not None:
            self.states.get(self.session.state, items[0]).setFocus()

    def _paint_anew(self) -> None:
        self.setBackgroundBrush(QColor(self._theme.colours.surface))
        self.synchronize()
