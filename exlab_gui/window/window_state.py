"""Save and restore the layout of the window, as plain numbers and names.

Qt's own `restoreState` takes all memory if a byte is damaged.
"""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QSplitter, QStyle

from exlab_gui.settings import Settings
from exlab_gui.widgets.panes.places import Kept
from exlab_gui.widgets.panes.screens import believed, is_better_maximised, moved_into, screen_of

if TYPE_CHECKING:
    from exlab_gui.window.monitor_window import MonitorWindow

FIRST_SIZE = (1280, 800)

_FIRST_PANES, _FIRST_LOG = [370, 630], [600, 400]  # their ratios
_FIRST = "first_columns"  # the property of a header with its columns at first

_WIDTHS = (16, 4000)

_MOST_ASIDE = 8
"""After so many windows, the next one is at the place of the first again."""


class _Column(msgspec.Struct, array_like=True, frozen=True):
    title: str
    width: int
    shown: bool


class _Columns(msgspec.Struct, frozen=True):
    """The columns of a table in visual order, and its sort order."""

    columns: tuple[_Column, ...]
    sorted_by: str | None = None
    descending: bool = False


def restore(window: "MonitorWindow") -> None:
    """Restore the layout that `remember` saved."""
    settings, panes = window.settings, window.panes
    for header in _headers(window):
        header.setProperty(_FIRST, msgspec.json.encode(_columns_of(header)))
    _restore_frame(window, settings)
    _restore_splitter(panes.splitter, settings, "window/panes")
    window.places.restore(settings.value("window/places", list[Kept]) or ())
    if (dock := settings.value("window/session_list", Kept)) is not None:
        window.session_dock.restore(dock)
    _restore_splitter(panes.log.splitter, settings, "log/panes")
    _restore_columns(panes.log.table.horizontalHeader(), settings, "log/columns")
    _restore_columns(window.session_list.horizontalHeader(), settings, "sessions/columns")
    window.session_list.sort_as_indicated()
    panes.log.hide_kinds(frozenset(settings.names("log/hidden_kinds")))
    panes.log.show_details(bool(settings.value("log/details", bool)))
    window.coverage.show_on_diagram(bool(settings.value("diagram/counts", bool)))
    window.playback.collapse_gaps(bool(settings.value("session/collapse_gaps", bool)))
    window.play_bar.set_factor(settings.number("session/speed", 1.0))


def reset(window: "MonitorWindow") -> None:
    """Put panes and columns back to where they were at first; the window keeps its size."""
    panes = window.panes
    for header in _headers(window):
        first = msgspec.json.decode(bytes(header.property(_FIRST)), type=_Columns)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        _put_columns(header, first)
    window.session_list.sort_as_indicated()
    panes.log.table.lay_out_anew()
    window.places.reset()
    panes.splitter.setSizes(_FIRST_PANES)
    panes.log.splitter.setSizes(_FIRST_LOG)
    panes.log.show_details(False)
    panes.log.hide_kinds(())
    panes.tabs.show_log()
    panes.diagram.fit()
    window.session_dock.reset(shown=window.sessions.rowCount() > 1)


def _headers(window: "MonitorWindow") -> tuple[QHeaderView, QHeaderView]:
    return window.panes.log.table.horizontalHeader(), window.session_list.horizontalHeader()


def remember(window: "MonitorWindow") -> None:
    """Save the layout of `window`; in the presentation, the layout before it."""
    settings, panes = window.settings, window.panes
    sizes = panes.sizes_to_keep
    window.presenting.present(False)
    frame = window.normalGeometry()
    frame.translate(window.pos() - window.geometry().topLeft())  # where its title bar begins
    settings.keep("window/frame", frame.getRect())
    settings.keep("window/maximised", window.isMaximized())
    settings.keep("window/panes", sizes)
    settings.keep("window/places", window.places.kept())
    if not window.session_dock.isHidden():  # else as it was found
        settings.keep("window/session_list", window.session_dock.kept() or "")
    settings.keep("log/details", panes.log.shows_details)
    settings.keep("diagram/counts", window.coverage.on_diagram)
    settings.keep("session/collapse_gaps", window.playback.collapsing)
    settings.keep("log/panes", panes.log.splitter.sizes())
    settings.keep("log/columns", _columns_of(panes.log.table.horizontalHeader()))
    settings.keep("sessions/columns", _columns_of(window.session_list.horizontalHeader()))
    settings.keep("log/hidden_kinds", sorted(panes.log.hidden_kinds))
    settings.keep("session/speed", window.play_bar.factor)
    settings.save()


def _restore_frame(window: "MonitorWindow", settings: Settings) -> None:
    """Restore position and size, if they fit on a screen."""
    kept = settings.value("window/frame", tuple[int, int, int, int])
    frame = QRect(0, 0, *FIRST_SIZE) if kept is None else believed(kept)
    screen = QGuiApplication.primaryScreen() if kept is None else screen_of(frame)
    if kept is not None:
        window.move(frame.topLeft())
    room = screen.availableGeometry().adjusted(0, 0, 0, -_title_bar(window))
    window.resize(frame.size().boundedTo(room.size()))
    window.move(moved_into(room, QRect(window.pos(), window.size())))
    maximised = settings.value("window/maximised", bool)
    if maximised is None:
        maximised = is_better_maximised(frame.size(), room, QGuiApplication.platformName())
    if maximised:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def stand_aside(window: "MonitorWindow", others: int) -> None:
    """Move `window` away from the `others` that opened at its place, each by a title bar more."""
    step = others % _MOST_ASIDE * _title_bar(window)
    if not step or window.isMaximized():
        return
    frame = QRect(window.pos(), window.size())
    room = screen_of(frame).availableGeometry().adjusted(0, 0, 0, -_title_bar(window))
    down = moved_into(room, frame.translated(step, step))
    up = moved_into(room, frame.translated(-step, -step))
    apart = [(place - window.pos()).manhattanLength() for place in (down, up)]
    window.move(down if apart[0] >= apart[1] else up)


def _title_bar(window: "MonitorWindow") -> int:
    return window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)


def _restore_splitter(splitter: QSplitter, settings: Settings, key: str) -> None:
    sizes = settings.value(key, list[int]) or []
    if len(sizes) == splitter.count() and all(0 <= size <= _WIDTHS[1] for size in sizes):
        splitter.setSizes(sizes)


def _restore_columns(header: QHeaderView, settings: Settings, key: str) -> None:
    kept = settings.value(key, _Columns)
    if kept is not None:
        _put_columns(header, kept)


def _put_columns(header: QHeaderView, kept: _Columns) -> None:
    sections = _sections(header)
    place = 0
    # The last one takes the room that is left: with a width of its own, it would keep that.
    shown = [column.title for column in kept.columns if column.shown]
    stretched = shown[-1:] if header.stretchLastSection() else []
    for column in kept.columns:
        section = sections.pop(column.title, None)
        if section is None:
            continue
        header.moveSection(header.visualIndex(section), place)
        if column.width and column.title not in stretched:  # one that was hidden has none
            header.resizeSection(section, max(_WIDTHS[0], min(column.width, _WIDTHS[1])))
        header.setSectionHidden(section, not column.shown)
        place += 1
    if all(header.isSectionHidden(section) for section in range(header.count())):
        header.setSectionHidden(header.logicalIndex(0), False)
    if kept.sorted_by in (titles := _sections(header)):
        order = Qt.SortOrder.DescendingOrder if kept.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(titles[kept.sorted_by], order)


def _columns_of(header: QHeaderView) -> _Columns:
    titles = {section: title for title, section in _sections(header).items()}
    shown = [header.logicalIndex(place) for place in range(header.count())]
    columns = (
        _Column(titles[section], header.sectionSize(section), not header.isSectionHidden(section))
        for section in shown
    )
    sorted_by = titles.get(header.sortIndicatorSection()) if header.isSortIndicatorShown() else None
    descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    return _Columns(tuple(columns), sorted_by, descending)


def _sections(header: QHeaderView) -> dict[str, int]:
    """Return the sections by the English titles of their columns, whatever the language is."""
    model, english = header.model(), Qt.ItemDataRole.UserRole
    return {
        str(model.headerData(section, Qt.Orientation.Horizontal, english)): section
        for section in range(header.count())
    }
