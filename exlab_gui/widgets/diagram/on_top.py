"""The small widgets on top of the diagram, and the search."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.overlay import Overlay
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.caption import Caption
from exlab_gui.widgets.diagram.count_badges import CountBadges
from exlab_gui.widgets.diagram.forward import Forward
from exlab_gui.widgets.diagram.marker import Marker
from exlab_gui.widgets.diagram.minimap import Minimap
from exlab_gui.widgets.diagram.state_item import Match, StateItem
from exlab_gui.widgets.diagram.state_search import StateSearch, matches
from exlab_gui.widgets.diagram.zoomable_view import ZoomableView

_ASIDE = 60
"""How far from the edge a match is brought into sight: the search itself is there."""


class OnTop(QObject):
    """Keeps the widgets on top of `view` where they cover neither each other nor the session."""

    search_ended = Signal(str)
    """The state that was chosen, or nothing."""

    def __init__(
        self,
        view: ZoomableView,
        states: Mapping[str, StateItem],
        counts: CountBadges,
        forward: Forward,
        theme: Theme,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._states = states
        self._counts = counts
        self._forward = forward
        self._machine: StateMachine | None = None
        self._current = ""
        self._found: list[str] = []
        self._place = 0
        self._caption = Caption(view)
        self.marker = Marker(view)
        self.minimap = Minimap(view, states, theme)
        self.search = StateSearch(view)
        self.marker.clicked.connect(self._show_current)
        self.search.asked.connect(self._search)
        self.search.moved.connect(self._go_on)
        self.search.ended.connect(self._end_search)
        view.sight_changed.connect(self.arrange)

    def show_session(self, machine: StateMachine, state: str) -> None:
        """Take note of the machine, whose states may look different now, and the current state."""
        is_new = machine is not self._machine
        self._machine, self._current = machine, state
        if is_new and not self.search.isHidden():
            self.search.begin()
        self.minimap.refresh()
        self.arrange()

    def show_overlay(self, overlay: Overlay | None) -> None:
        self._caption.tell(overlay)
        self.arrange()

    def want_minimap(self, wanted: bool) -> None:
        self.minimap.wanted = wanted
        self.arrange()

    def arrange(self) -> None:
        """Place everything anew: something else is in sight, or is the current state."""
        current = self._states.get(self._current)
        here = None if current is None else current.sceneBoundingRect()
        clear = [] if here is None else [self._view.rect_of(here).toAlignedRect()]
        below = 0
        if not self.search.isHidden():
            self.search.put()
            clear.append(self.search.geometry())
            below = self.search.geometry().bottom()
        self.marker.point_to(self._current, here, below)
        clear.append(self.marker.place)
        self.minimap.put(clear)
        clear.append(self.minimap.place)
        self._caption.put(clear)

    @property
    def is_searching(self) -> bool:
        return not self.search.isHidden()

    def _show_current(self) -> None:
        if (current := self._states.get(self._current)) is not None:
            self._view.centerOn(current)

    def _search(self, text: str) -> None:
        self._found = [] if self._machine is None else matches(self._machine, text)
        self._place = 0
        self._show_matches(searching=bool(text.strip()))
        if self._found:
            self._view.ensureVisible(self._states[self._found[0]], _ASIDE, _ASIDE)

    def _go_on(self, by: int) -> None:
        if not self._found:
            return
        self._place = (self._place + by) % len(self._found)
        self._show_matches(searching=True)
        if not self._view.shows_all:
            self._view.centerOn(self._states[self._found[self._place]])

    def _show_matches(self, *, searching: bool) -> None:
        found = set(self._found)
        chosen = self._found[self._place] if self._found else None
        for state, item in self._states.items():
            if not searching:
                item.show_match(None)
            elif state == chosen:
                item.show_match(Match.CHOSEN)
            else:
                item.show_match(Match.ONE if state in found else Match.NONE)
        self._counts.let_recede(found if searching else None)
        self._forward.let_recede(searching)
        self.search.tell(self._place, len(self._found))

    def _end_search(self) -> None:
        chosen = self._found[self._place] if self._found else ""
        self._found = []
        self._show_matches(searching=False)
        self.search_ended.emit(chosen)  # the focus goes there before the search is hidden
        self.search.hide()
        self.arrange()
