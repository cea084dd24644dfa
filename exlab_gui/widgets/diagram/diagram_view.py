"""The diagram of the machine, with the state of the session."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsObject, QWidget

from exlab_gui.core.analysis.status import edge_status, session_meaning, state_status
from exlab_gui.core.layout.arc import arc_route
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.geometry import area
from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.overlay import Overlay
from exlab_gui.core.text.translation import tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.count_badges import CountBadges
from exlab_gui.widgets.diagram.edge_item import EdgeItem
from exlab_gui.widgets.diagram.forward import Forward
from exlab_gui.widgets.diagram.keyboard import DIRECTIONS, TypedName, neighbour
from exlab_gui.widgets.diagram.on_top import OnTop
from exlab_gui.widgets.diagram.state_item import StateItem
from exlab_gui.widgets.diagram.zoomable_view import ZoomableView
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView


class DiagramView(ZoomableView, SessionView):
    """All states and transitions of the session's machine.

    The wheel zooms, dragging pans, a double click fits the diagram; one that is zoomed follows the
    session, or a marker at the edge leads to it. The arrow keys and the first letters of a name
    move the focus between states. Transitions of a state under the pointer, or with the focus, come
    to the fore. A click goes to a legal state; `key_pressed` gives the state at which Enter or
    Space was pressed, and `menu_wanted` a state and a position on the screen.
    """

    key_pressed = Signal(str)
    menu_wanted = Signal(str, QPoint)
    synchronized = Signal()
    """It shows the session as it is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "diagramView", "State diagram")
        self._theme = theme
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the layout is drawn
        self._machine: StateMachine | None = None
        self.breakpoints: frozenset[str] = frozenset()
        self._typed = TypedName()
        self._ignores_text = False
        self._current: str | None = None
        self.states: dict[str, StateItem] = {}
        self.edges: dict[Edge, EdgeItem] = {}
        self.counts = CountBadges(self.scene(), theme)
        self.forward = Forward(self.scene(), self.edges, theme)
        self.pointed = self.forward.pointed
        self.on_top = OnTop(self, self.states, self.counts, self.forward, theme)
        self.on_top.search_ended.connect(self._end_search)
        theme.changed.connect(self._repaint)
        self._repaint()

    def set_session(self, session: SessionModel) -> None:
        if session.machine != self._machine:
            self._build(session.machine)
        super().set_session(session)

    def set_breakpoints(self, states: frozenset[str]) -> None:
        self.breakpoints = states
        self.synchronize()

    def synchronize(self) -> None:
        session = self.session
        if session is None:
            return
        visits, colours = session.visits, self._theme.colours
        meaning = session_meaning(visits, session.position)
        for state, item in self.states.items():
            reason = session.why_not(Step(state))
            item.show_status(
                state_status(visits, state, session.position),
                colours,
                stops_here=state in self.breakpoints,
                tip=plain_tip(self._tip(state, reason)),
                known=visits.known(state, session.position),
                is_past=session.is_past,
                meaning=meaning if state == session.state else None,
            )
        position = session.position
        self._show_extra(visits.off_table(position))
        for edge, line in self.edges.items():
            line.show_status(
                edge_status(visits, edge, position), colours, visits.known(edge, position)
            )
        told = tr("The session is in {state}", state=session.state)
        overlay = self.counts.overlay
        self.setAccessibleDescription(f"{told}. {tr(overlay.description)}" if overlay else told)
        if session.state != self._current:
            self._current = session.state
            self._follow()
        self.on_top.show_session(session.machine, session.state)
        self.synchronized.emit()

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Show `overlay`, which is of the machine of the diagram, on top of it, or nothing."""
        self.counts.show(overlay)
        self.on_top.show_overlay(overlay)
        self.synchronize()

    @property
    def pointed_state(self) -> str | None:
        """The state under the pointer, or with the focus."""
        return self.forward.state

    @property
    def parts(self) -> list[QGraphicsObject]:
        """Return all states, then all transitions, then the counts on them."""
        return [*self.states.values(), *self.edges.values(), *self.counts.badges.values()]

    @property
    def chosen_state(self) -> str | None:
        item = self.scene().focusItem()
        return item.state if isinstance(item, StateItem) else None

    def state_at(self, place: QPoint) -> StateItem | None:
        """Return the state at a place of the viewport, whatever is on top of it."""
        return next((item for item in self.items(place) if isinstance(item, StateItem)), None)

    def take_focus(self) -> None:
        """Take the focus, with no state chosen: keys that were meant for another widget are lost.

        That goes on until an arrow key, a click or Tab is meant for the diagram.
        """
        self.setFocus()
        if (item := self.scene().focusItem()) is not None:  # it was the last one to have it
            item.clearFocus()
        self._ignores_text = True

    def focus_on(self, state: str) -> None:
        """Choose `state` and bring it into sight; the keys then go to it."""
        self.setFocus()
        self.states[state].setFocus()
        self.ensureVisible(self.states[state])

    def show_actual_size(self) -> None:
        super().show_actual_size()
        if self.session is not None and (here := self.states.get(self.session.state)) is not None:
            self.centerOn(here)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.state_at(event.position().toPoint()) is not None:
            super().mouseDoubleClickEvent(event)
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.scene().focusItem()
        text = event.text()
        match event.key():  # a letter that Qt has no name for is a number only
            case key if key in DIRECTIONS:
                self._ignores_text = False
                self._typed = TypedName()
                self._move_focus(DIRECTIONS[Qt.Key(key)])
            case _ if text.isprintable() and (text.strip() or (text and self._typed.going_on)):
                if not self._ignores_text:
                    self._find(text)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if isinstance(
                item, StateItem
            ):
                if not event.isAutoRepeat():
                    self.key_pressed.emit(item.state)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._ignores_text = False
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ignores_text = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)  # Qt leaves an open hand

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.state_at(event.pos()) if mouse else self.scene().focusItem()
        if isinstance(item, StateItem):
            middle = self.mapFromScene(item.sceneBoundingRect().center())
            place = event.globalPos() if mouse else self.viewport().mapToGlobal(middle)
            self.menu_wanted.emit(item.state, place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._machine is not None:
            overlay = self.counts.overlay
            self._build(self._machine)
            self.show_overlay(overlay)

    def _build(self, machine: StateMachine) -> None:
        self._machine = machine
        self.scene().clear()
        self.states.clear()
        self.edges.clear()
        layout = self._layout = lay_out(machine)
        for route in layout.routes.values():
            self._add_edge(EdgeItem(route))
        for state, box in layout.boxes.items():
            item = StateItem(box, terminal=state in machine.terminal)
            item.chosen.connect(self._go)
            item.pointed_at.connect(self.forward.point_at)
            self.states[state] = item
            self.scene().addItem(item)
        self.counts.begin(layout)
        self.forward.begin(layout)
        self.fitted = True
        self._show_area()

    def _show_extra(self, taken: Sequence[Edge]) -> None:
        """Draw the `taken` transitions that are not in the table, if both states are."""
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
        if self.fitted:
            self.fit()

    def _add_edge(self, line: EdgeItem) -> None:
        self.edges[line.route.edge] = line
        self.scene().addItem(line)

    def _end_search(self, state: str) -> None:
        if state:
            self.focus_on(state)
        else:
            self.setFocus()

    def _tip(self, state: str, reason: str | None) -> str:
        """Return what a click on `state` does, or the `reason` why it does not, and its figures.

        If not all of the name is shown, it stands above that.
        """
        does = reason or tr("Click to go to {state}", state=state)
        if self.states[state].text != state:
            does = f"{state}\n{does}"
        overlay = self.counts.overlay
        mark = overlay.states.get(state) if overlay is not None else None
        return does if mark is None else f"{does}\n{tr(mark.told)}"

    def _go(self, state: str) -> None:
        if self.session is not None:
            self.session.request(Step(state))

    def _move_focus(self, direction: tuple[int, int]) -> None:
        """Move the focus to the next state in `direction`; at first, to the current one."""
        if (chosen := self.chosen_state) is not None:
            boxes = {state: item.rect for state, item in self.states.items()}
            self.focus_on(neighbour(boxes, chosen, direction) or chosen)
        elif self._current in self.states:
            self.focus_on(self._current)
        elif self.states:
            self.focus_on(next(iter(self.states)))

    def _find(self, letter: str) -> None:
        if found := self._typed.find(letter, [*self.states], self.chosen_state):
            self.focus_on(found)

    def _follow(self) -> None:
        """Bring the current state into sight, if the diagram is zoomed and nobody looks about."""
        looks_about = self.on_top.is_searching or QApplication.mouseButtons()
        if not self.fitted and self._current in self.states and not looks_about:
            self.ensureVisible(self.states[self._current])

    def _repaint(self) -> None:
        self.setBackgroundBrush(QColor(self._theme.colours.surface))
        self.synchronize()
