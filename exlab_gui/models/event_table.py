"""The events of a session as the rows of the log."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QElapsedTimer,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QBrush, QFont

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.log_columns import COLUMNS, kind
from exlab_gui.core.text.translation import told, tr
from exlab_gui.models.cells import (
    ALIGNMENT,
    DISPLAY,
    FONT,
    FOREGROUND,
    LEFT,
    OWN,
    RIGHT,
    ROOT,
    TOOL_TIP,
    Index,
)
from exlab_gui.models.log_rows import CopiedRows, LoggedEvents
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel

SLICE_MS = 8
"""The longest time that filtering blocks the window at once."""

_ROLES = {DISPLAY, ALIGNMENT, FONT, FOREGROUND, TOOL_TIP}
"""The roles in which a cell has anything."""


class EventTableModel(QAbstractTableModel):
    """The events of one session, all or filtered.

    Cells are made on demand, so that a million events cost no more than a thousand. Filtering runs
    in slices; `filtering` tells whether it still runs.
    """

    filtering = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: SessionModel | None = None
        # Those of the rows; the session may have others by now.
        self._events = LoggedEvents()
        self._words: list[str] = []
        self._hidden_kinds: frozenset[str] = frozenset()
        self._range: range | None = None  # of the indices of events that are shown
        self._first = 0  # events before this one were cleared from the view
        self._seen = 0  # events before this one are in the rows, or were left out of them
        self._kept: array[int] | None = None  # the events in the rows; None: all from `_first`
        self._slice = QTimer(self, singleShot=True)
        self._slice.timeout.connect(self._go_on)
        self._fixed_font = QFont()
        self._brushes: dict[str, QBrush] = {}

    def set_style(self, fixed_font: QFont, brushes: dict[str, QBrush]) -> None:
        """Set the font of numbers and times, and the text brush for each kind."""
        self._fixed_font = fixed_font
        self._brushes = brushes
        if rows := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, self.columnCount() - 1))

    def set_session(self, session: SessionModel | None) -> None:
        if self.session is not None:
            self.session.changed.disconnect(self._session_changed)
        self.session = session
        if session is not None:
            session.changed.connect(self._session_changed)
        self.show_cleared()

    def set_filter(self, text: str, hidden_kinds: frozenset[str] = frozenset()) -> None:
        """Show rows that have every word of `text` in any column, and no hidden kind."""
        words = text.casefold().split()
        if (words, hidden_kinds) != (self._words, self._hidden_kinds):
            self._words, self._hidden_kinds = words, hidden_kinds
            self._refill(self._first)

    def set_range(self, chosen: range | None) -> None:
        """Show only the events with these indices; None: all."""
        if chosen != self._range:
            self._range = chosen
            self._refill(self._first)

    def clear_view(self) -> None:
        """Hide all events so far."""
        self._refill(self.event_count)

    def show_cleared(self) -> None:
        self._refill(0)

    def event_index(self, row: int) -> int:
        """Return the index in the history of the event in `row`."""
        return self._first + row if self._kept is None else self._kept[row]

    @property
    def event_count(self) -> int:
        return self.session.count if self.session else 0

    @property
    def filtered(self) -> bool:
        return self._kept is not None

    @property
    def events(self) -> LoggedEvents:
        return self._events

    def event_at(self, row: int) -> Event:
        return self._events.history[self.event_index(row)]

    def row_of(self, index: int) -> int | None:
        """Return the row of the event at `index` in the history, or the last row before it."""
        if self._kept is None:
            row = min(index, self._seen - 1) - self._first
        else:
            row = bisect_right(self._kept, index) - 1
        return row if row >= 0 else None

    def text(self, row: int, column: int) -> str:
        return self._cell(self.event_index(row), column)

    def copied(self, rows: Iterable[int]) -> CopiedRows:
        """Return `rows` to be copied, whatever becomes of this model meanwhile."""
        return CopiedRows(self._events, array("I", map(self.event_index, rows)))

    def rowCount(self, parent: Index = ROOT) -> int:
        if parent.isValid():
            return 0
        return self._seen - self._first if self._kept is None else len(self._kept)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == DISPLAY:
            return tr(COLUMNS[section].title)
        if role == OWN:
            return COLUMNS[section].title
        if role == ALIGNMENT:
            return RIGHT if COLUMNS[section].numeric else LEFT
        if role == TOOL_TIP:
            return tr(COLUMNS[section].hint)
        return None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        # A view asks for others, too, for each cell that it paints.
        if role not in _ROLES or not 0 <= index.row() < self.rowCount():
            return None
        column = index.column()
        if role == DISPLAY:
            return self._cell(self.event_index(index.row()), column)
        if role == ALIGNMENT:
            return RIGHT if COLUMNS[column].numeric else LEFT
        if role == FONT:
            return self._fixed_font if COLUMNS[column].numeric else None
        if role == FOREGROUND:
            return self._brush(self.event_index(index.row()))
        if role == TOOL_TIP:
            return self._tip(index.row(), column)
        return None

    def _cell(self, index: int, column: int) -> str:
        return told(COLUMNS[column].text(self._events.entry(index)))

    def _kind(self, index: int) -> str:
        return kind(self._events.history[index], self._events.machine)

    def _brush(self, index: int) -> QBrush | None:
        found = self._events.findings.get(index, ())
        if any(finding.rule.is_problem for finding in found):
            return self._brushes.get("problem")
        return self._brushes.get(self._kind(index))

    def _tip(self, row: int, column: int) -> str:
        """Return the exact value, or the full text, which the cell may cut."""
        if exact := COLUMNS[column].exact:
            title, text = exact
            value = text(self._events.entry(self.event_index(row)))
            return value and f"{tr(title)}: {value}"
        return plain_tip(self.text(row, column))

    def _passes(self, index: int) -> bool:
        if self._kind(index) in self._hidden_kinds:
            return False
        if not self._words:
            return True
        entry = self._events.entry(index)
        row = "\n".join(told(column.text(entry)) for column in COLUMNS).casefold()
        return all(word in row for word in self._words)

    def _session_changed(self) -> None:
        events = self._logged()
        if events.history is self._events.history:
            self._events = events
            self._go_on()
        else:
            self.show_cleared()

    def _logged(self) -> LoggedEvents:
        """Return the events of the session, with all findings about them."""
        if (session := self.session) is None:
            return LoggedEvents()
        return LoggedEvents(session.history, session.findings, session.machine)

    def _refill(self, first: int) -> None:
        self.beginResetModel()
        self._events = self._logged()
        self._first = self._seen = first
        filtered = self._words or self._hidden_kinds or self._range is not None
        self._kept = array("I") if filtered else None
        if self._range is not None:
            self._seen = max(first, self._range.start)
        self.endResetModel()
        self._go_on()

    def _go_on(self) -> None:
        """Take events into the rows for at most one slice."""
        if self._kept is None:
            self._insert_all()
        else:
            self._insert_passing(self._kept)
        more = self._seen < self._end
        if more:
            self._slice.start(0)
        self.filtering.emit(more)

    def _insert_all(self) -> None:
        count = self.event_count
        if count > self._seen:
            self.beginInsertRows(ROOT, self._seen - self._first, count - self._first - 1)
            self._seen = count
            self.endInsertRows()

    @property
    def _end(self) -> int:
        """The index behind the last event that may be shown."""
        count = self.event_count
        return count if self._range is None else min(count, self._range.stop)

    def _insert_passing(self, kept: "array[int]") -> None:
        time = QElapsedTimer()
        time.start()
        found = array("I")
        while self._seen < self._end and not time.hasExpired(SLICE_MS):
            until = min(self._seen + 256, self._end)
            found.extend(i for i in range(self._seen, until) if self._passes(i))
            self._seen = until
        if found:
            self.beginInsertRows(ROOT, len(kept), len(kept) + len(found) - 1)
            kept.extend(found)
            self.endInsertRows()
