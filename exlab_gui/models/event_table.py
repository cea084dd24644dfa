"""The events of a session as the rows of the log."""

from array import array
from bisect import bisect_right
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QElapsedTimer,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QBrush, QFont

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.analysis.rules import Severity
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.describe import describe, one_line
from exlab_gui.core.text.durations import duration, time_of_day
from exlab_gui.core.text.event_lines import reservation
from exlab_gui.core.trace.header import MAX_NAME
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SLICE_MS = 8
"""How long filtering may keep the window waiting at a time."""

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns of the log, in their order."""

    NUMBER = 0
    TIME = 1
    DELTA = 2
    STATE = 3
    KIND = 4
    PHASE = 5
    DETAIL = 6


_HEADERS = ("#", "Time", "Δ", "State", "Kind", "Phase", "Detail")
_HINTS = (
    "Number of the event",
    "Local time of arrival",
    "Time since the event before, in minutes and seconds",
    "State after the event",
    "Kind of the envelope; transition: a change of state that emits none",
    "Phase that the state reports",
    "What the event says",
)
_NUMERIC = (Column.NUMBER, Column.TIME, Column.DELTA)


class EventTableModel(QAbstractTableModel):
    """The log: every event of one session, or those that pass a filter.

    Rows are made as they are looked at, so that a million events cost no more than a thousand.
    Filtering goes on in slices beside everything else; `filtering` says whether it still does.
    """

    filtering = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: SessionModel | None = None
        # Those of the rows; the session may have others by now.
        self._history: Sequence[Event] = ()
        self._phases: Mapping[str, str | None] = {}
        self._findings: Mapping[int, Sequence[Finding]] = {}
        self._words: list[str] = []
        self._hidden_kinds: frozenset[str] = frozenset()
        self._first = 0  # events before this one were cleared from the view
        self._seen = 0  # events before this one are in the rows, or were left out of them
        self._kept: array[int] | None = None  # the events in the rows; None: all from `_first`
        self._slice = QTimer(self, singleShot=True)
        self._slice.timeout.connect(self._go_on)
        self._fixed_font = QFont()
        self._brushes: dict[str, QBrush] = {}

    def set_style(self, fixed_font: QFont, brushes: dict[str, QBrush]) -> None:
        """Draw numbers and times in `fixed_font`, and a kind that has a brush with it."""
        self._fixed_font = fixed_font
        self._brushes = brushes
        if rows := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(Column) - 1))

    def set_session(self, session: SessionModel | None) -> None:
        """Show `session` from now on, all of it."""
        if self._session is not None:
            self._session.changed.disconnect(self._session_changed)
        self._session = session
        if session is not None:
            session.changed.connect(self._session_changed)
        self.show_cleared()

    def set_filter(self, text: str, hidden_kinds: frozenset[str] = frozenset()) -> None:
        """Show only rows that hold every word of `text`, in any column, and no hidden kind."""
        words = text.casefold().split()
        if (words, hidden_kinds) != (self._words, self._hidden_kinds):
            self._words, self._hidden_kinds = words, hidden_kinds
            self._refill(self._first)

    def clear_view(self) -> None:
        """Leave what happened so far out of the rows; nothing is deleted."""
        self._refill(self._count())

    def show_cleared(self) -> None:
        """Show again what `clear_view` left out."""
        self._refill(0)

    @property
    def session(self) -> SessionModel | None:
        """The session whose log it is."""
        return self._session

    def event_index(self, row: int) -> int:
        """Return the place in the history of the event of `row`."""
        return self._first + row if self._kept is None else self._kept[row]

    @property
    def event_count(self) -> int:
        """How many events the session has, shown or not."""
        return self._count()

    @property
    def filtered(self) -> bool:
        """Whether a filter is set."""
        return self._kept is not None

    def event_at(self, row: int) -> Event:
        """Return the event of `row`."""
        return self._history[self.event_index(row)]

    def row_of(self, index: int) -> int | None:
        """Return the row of the event at `index` in the history, or of the last row before it."""
        if self._kept is None:
            row = min(index, self._seen - 1) - self._first
        else:
            row = bisect_right(self._kept, index) - 1
        return row if row >= 0 else None

    def text(self, row: int, column: int) -> str:
        """Return what the cell shows."""
        return self._cell(self.event_index(row), column)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many events are shown."""
        if parent.isValid():
            return 0
        return self._seen - self._first if self._kept is None else len(self._kept)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return a column's name, its alignment, or what it means."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == _DISPLAY:
            return _HEADERS[section]
        if role == _ALIGNMENT:
            return _RIGHT if section in _NUMERIC else _LEFT
        if role == _TOOL_TIP:
            return _HINTS[section]
        return None

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows, and how."""
        column = index.column()
        if not 0 <= index.row() < self.rowCount():
            return None
        if role == _DISPLAY:
            return self._cell(self.event_index(index.row()), column)
        if role == _ALIGNMENT:
            return _RIGHT if column in _NUMERIC else _LEFT
        if role == _FONT:
            return self._fixed_font if column in _NUMERIC else None
        if role == _FOREGROUND:
            event_index = self.event_index(index.row())
            kind = "problem" if self._breaks(event_index) else self._history[event_index].kind
            return self._brushes.get(kind)
        if role == _TOOL_TIP:
            return self._tip(index.row(), column)
        return None

    def _cell(self, index: int, column: int) -> str:
        history = self._history
        event = history[index]
        match column:
            case Column.NUMBER:
                return str(event.seq)
            case Column.TIME:
                return time_of_day(event.at, "milliseconds")
            case Column.DELTA:
                return duration(event.at - history[index - 1].at, 3) if index else ""
            case Column.STATE:
                return event.state
            case Column.KIND:
                return one_line(event.kind, MAX_NAME)
            case Column.PHASE:
                return self._phases.get(event.state) or ""
        return self._detail(index)

    def _breaks(self, index: int) -> bool:
        """Return whether the event at `index` violates the machine."""
        found = self._findings.get(index, ())
        return any(finding.severity is Severity.VIOLATION for finding in found)

    def _detail(self, index: int) -> str:
        """Return what is to be said of the event, and what it says itself."""
        history = self._history
        told = describe(history[index], history[index - 1].state if index else None)
        told += reservation(history[index])
        return "  ".join((*map(_remark, self._findings.get(index, ())), told)).strip()

    def _tip(self, row: int, column: int) -> str:
        """Return the time to the microsecond, or the whole of a text that may be cut."""
        if column == Column.TIME:
            return self.event_at(row).at.isoformat()
        return plain_tip(self.text(row, column))

    def _passes(self, index: int) -> bool:
        event = self._history[index]
        if event.kind in self._hidden_kinds:
            return False
        if not self._words:
            return True
        row = "\n".join(self._cell(index, column) for column in Column).casefold()
        return all(word in row for word in self._words)

    def _count(self) -> int:
        return self._session.count if self._session else 0

    def _session_changed(self) -> None:
        if self._session is not None and self._session.history is not self._history:
            self.show_cleared()
        else:
            self._go_on()

    def _refill(self, first: int) -> None:
        """Fill the rows anew, beginning with event `first`."""
        self.beginResetModel()
        self._history = self._session.history if self._session else ()
        self._phases = self._session.machine.phases if self._session else {}
        self._findings = self._session.findings if self._session else {}
        self._first = self._seen = first
        self._kept = array("I") if self._words or self._hidden_kinds else None
        self.endResetModel()
        self._go_on()

    def _go_on(self) -> None:
        """Take in the events that are not in the rows yet, as many as there is time for."""
        if self._kept is None:
            self._insert_all()
        else:
            self._insert_passing(self._kept)
        more = self._seen < self._count()
        if more:
            self._slice.start(0)
        self.filtering.emit(more)

    def _insert_all(self) -> None:
        count = self._count()
        if count > self._seen:
            self.beginInsertRows(_ROOT, self._seen - self._first, count - self._first - 1)
            self._seen = count
            self.endInsertRows()

    def _insert_passing(self, kept: "array[int]") -> None:
        time = QElapsedTimer()
        time.start()
        found = array("I")
        while self._seen < self._count() and not time.hasExpired(SLICE_MS):
            until = min(self._seen + 256, self._count())
            found.extend(i for i in range(self._seen, until) if self._passes(i))
            self._seen = until
        if found:
            self.beginInsertRows(_ROOT, len(kept), len(kept) + len(found) - 1)
            kept.extend(found)
            self.endInsertRows()


def _remark(finding: Finding) -> str:
    mark = "⚠" if finding.severity is Severity.VIOLATION else "Note:"
    return f"{mark} {finding.sentence}"
