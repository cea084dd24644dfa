"""Where each pane stands: at home in the centre, at an edge, or in a window of its own."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import partial

import msgspec
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.panes.screens import believed, fitted

_LEAST, _MOST = 60, 4000
_MARGINS = (8, 0, 8, 8)
_ASIDE = 32
"""How far from where it stood a pane goes that gets a window of its own."""

_Area = Qt.DockWidgetArea
_Feature = QDockWidget.DockWidgetFeature


class Place(StrEnum):
    """Where a pane can be; `HOME` is its place at first."""

    HOME = "home"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"
    WINDOW = "window"


AREAS = {
    Place.LEFT: _Area.LeftDockWidgetArea,
    Place.RIGHT: _Area.RightDockWidgetArea,
    Place.TOP: _Area.TopDockWidgetArea,
    Place.BOTTOM: _Area.BottomDockWidgetArea,
}


class Pane(msgspec.Struct, frozen=True):
    """A pane that can be moved; `put_home` puts it back to where it was at first.

    `moving` is the title of the menu that moves it. One that cannot be `closable` comes and goes by
    itself. `is_wanted` is False as long as the pane is of no use to the session. `show_at_home`
    shows or hides it at home, if Qt's own way is not enough.
    """

    name: str
    title: str
    moving: str
    widget: QWidget
    put_home: Callable[[], object]
    closable: bool = True
    is_wanted: Callable[[], bool] = lambda: True
    show_at_home: Callable[[bool], object] | None = None


class Kept(msgspec.Struct, array_like=True, frozen=True):
    """What is remembered of a pane: `frame` is its rectangle; at an edge only the size counts."""

    name: str
    place: Place
    shown: bool
    frame: tuple[int, int, int, int]


class Dock(QDockWidget):
    """A dock with a margin around its pane, that tells when its user closes it."""

    closed_by_user = Signal()

    def __init__(self, title: str, window: QMainWindow) -> None:
        super().__init__(title, window)
        frame = QWidget()
        self._room = QVBoxLayout(frame)
        self._room.setContentsMargins(*_MARGINS)
        self.setWidget(frame)

    def hold(self, pane: QWidget) -> None:
        self._room.addWidget(pane)

    def showEvent(self, event: QShowEvent) -> None:
        """Have window managers keep a pane in a window of its own above the main window."""
        super().showEvent(event)
        handle, around = self.windowHandle(), self.parentWidget()
        if handle is not None and around is not None:
            handle.setTransientParent(around.window().windowHandle())

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed_by_user.emit()


def place_of(window: QMainWindow, dock: QDockWidget) -> Place:
    if dock.isFloating():
        return Place.WINDOW
    area = window.dockWidgetArea(dock)
    return next((place for place, one in AREAS.items() if one == area), Place.LEFT)


def put_dock(window: QMainWindow, dock: QDockWidget, place: Place, frame: QRect) -> None:
    """Put `dock` to an edge of `window`, or on a screen, as large as `frame` if there is room."""
    if place is Place.WINDOW:
        dock.setFloating(True)
        if not frame.isEmpty():
            dock.setGeometry(fitted(frame))
        return
    dock.setFloating(False)
    window.addDockWidget(AREAS.get(place, _Area.LeftDockWidgetArea), dock)
    if frame.isEmpty():
        return
    beside = place in (Place.LEFT, Place.RIGHT)
    size = min(max(frame.width() if beside else frame.height(), _LEAST), _MOST)
    along = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
    window.resizeDocks([dock], [size], along)


def kept(name: str, window: QMainWindow, dock: QDockWidget, *, shown: bool) -> Kept:
    rect = dock.geometry().getRect()
    return Kept(name, place_of(window, dock), shown, rect)  # type: ignore[arg-type]


class PanePlaces(QObject):
    """Moves, closes and opens `panes` of `window`; `changed` after each."""

    changed = Signal()

    def __init__(self, window: QMainWindow, panes: Sequence[Pane]) -> None:
        super().__init__(window)
        self._window = window
        self._panes = {pane.name: pane for pane in panes}
        self._docks: dict[str, Dock] = {}
        self._closed: set[str] = set()
        self._lent = False
        self._frames: dict[str, QRect] = {}  # of panes with windows of their own that are lent
        window.installEventFilter(self)
        for pane in panes:
            pane.widget.installEventFilter(self)

    @property
    def panes(self) -> Iterable[Pane]:
        return self._panes.values()

    def place(self, name: str) -> Place:
        dock = self._docks.get(name)
        return place_of(self._window, dock) if dock else Place.HOME

    @property
    def has_docks(self) -> bool:
        """Whether an open pane is not at home."""
        return any(self.is_open(name) for name in self._docks)

    def is_open(self, name: str) -> bool:
        return name not in self._closed

    def open(self, name: str, opened: bool = True) -> None:
        """Show the pane of that name, in front of others; or close it."""
        if opened:
            self._closed.discard(name)
        elif self._panes[name].closable:
            self._closed.add(name)
        self.refresh()
        if opened and (dock := self._docks.get(name)) is not None:
            dock.raise_()

    def move(self, name: str, place: Place, frame: QRect | None = None) -> None:
        """Move the pane of that name, and open it."""
        pane = self._panes[name]
        hidden = pane.widget.isHidden()
        if place is Place.HOME:
            self._put_home(pane)
        else:
            frame = frame or (_aside(pane.widget) if place is Place.WINDOW else QRect())
            dock = self._docks.get(name) or self._made_dock(pane)
            put_dock(self._window, dock, place, frame)
        if not pane.show_at_home:
            pane.widget.setHidden(hidden)
        self._closed.discard(name)
        self.refresh()

    def reset(self) -> None:
        """Put every pane back to where it was at first, and open it."""
        self._closed.clear()
        for name in [*self._docks]:
            self.move(name, Place.HOME)
        self.refresh()

    def lend(self) -> None:
        """Hide all docks, whose panes another widget may take, until `take_back`."""
        self._lent = True
        self._frames = {n: dock.geometry() for n, dock in self._docks.items() if dock.isFloating()}
        for dock in self._docks.values():
            dock.hide()

    def take_back(self, names: Iterable[str]) -> None:
        """Put the panes of these names back to where they were when they were lent."""
        self._lent = False
        for name in names:
            pane, dock = self._panes[name], self._docks.get(name)
            hidden = pane.widget.isHidden()
            if dock is None:
                pane.put_home()
            else:
                dock.hold(pane.widget)
            pane.widget.setHidden(hidden)
        for name, frame in self._frames.items():
            self._docks[name].setGeometry(frame)
        self.refresh()

    def refresh(self) -> None:
        """Show the panes that are open and wanted, and the docks of those that are shown."""
        if self._lent:
            return
        for name, pane in self._panes.items():
            if pane.closable:
                shown = name not in self._closed and pane.is_wanted()
                at_home = name not in self._docks and pane.show_at_home
                (at_home or pane.widget.setVisible)(shown)
        for name in self._docks:
            self._show_dock(name)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have docks come and go with their panes, of which some do so by themselves."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and not self._lent:
            for name in self._docks:
                if watched in (self._panes[name].widget, self._window):
                    self._show_dock(name)
            self.changed.emit()
        return super().eventFilter(watched, event)

    def _show_dock(self, name: str) -> None:
        """Show the dock of that pane if the pane is; a window of its own, after the main window."""
        dock = self._docks[name]
        early = dock.isFloating() and self._window.isHidden()
        dock.setHidden(early or self._panes[name].widget.isHidden())

    def kept(self) -> list[Kept]:
        """Return what is to be remembered: all that is not as it was at first."""
        known = [
            kept(name, self._window, dock, shown=name not in self._closed)
            for name, dock in self._docks.items()
        ]
        closed = [name for name in sorted(self._closed) if name not in self._docks]
        return known + [Kept(name, Place.HOME, False, (0, 0, 0, 0)) for name in closed]

    def restore(self, remembered: Iterable[Kept]) -> None:
        for one in remembered:
            if one.name in self._panes:
                self.move(one.name, one.place, believed(one.frame))
                self.open(one.name, one.shown)

    def _put_home(self, pane: Pane) -> None:
        dock = self._docks.pop(pane.name, None)
        if dock is not None:
            pane.put_home()
            self._window.removeDockWidget(dock)
            dock.setObjectName("")
            dock.deleteLater()

    def _made_dock(self, pane: Pane) -> Dock:
        dock = named(Dock(tr(pane.title), self._window), f"dock_{pane.name}")
        movable = _Feature.DockWidgetMovable | _Feature.DockWidgetFloatable
        closable = _Feature.DockWidgetClosable if pane.closable else movable
        dock.setFeatures(movable | closable)
        dock.closed_by_user.connect(partial(self.open, pane.name, False))
        if pane.show_at_home is not None:
            pane.show_at_home(False)
        dock.hold(pane.widget)
        self._docks[pane.name] = dock
        return dock


def _aside(widget: QWidget) -> QRect:
    """Return the place for a window near to where `widget` stands."""
    return QRect(widget.mapToGlobal(QPoint(_ASIDE, _ASIDE)), widget.size())
