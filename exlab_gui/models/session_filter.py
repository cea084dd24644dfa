"""The open sessions, filtered and sorted."""

from collections import Counter
from collections.abc import Set
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
)

from exlab_gui.core.meaning import Meaning
from exlab_gui.models.cells import DISPLAY, ROOT, Index
from exlab_gui.models.session_cells import TIMES, Column, meaning, words
from exlab_gui.models.session_list import ROLES, SORT_ROLE, SessionListModel
from exlab_gui.models.session_model import SessionModel

SOON_MS = 100
"""How soon a long list is put in order after a change; a very long one, a little later."""

_AT_ONCE = 100  # sessions of a list that is put in order at once
_ROWS_PER_MS = 25  # all that are seen are painted anew then, however many sessions come meanwhile
_ONE_BY_ONE = 20  # rows that come or go without a reset of the whole list


class SessionFilterModel(QAbstractTableModel):
    """The sessions with each word of the filter, by default in the order of opening.

    Of some statuses only, if any are chosen; `counts` tells how many open sessions have each.

    Qt's own model asks for the cells of ten thousand sessions again and again: this one keeps
    what it compares, and puts a long list in order at most once in `SOON_MS`.
    """

    counted = Signal()
    """The number of sessions of a status is another one."""

    def __init__(self, sessions: SessionListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._words: list[str] = []
        self._chosen: frozenset[Meaning | None] = frozenset()
        self._statuses: dict[SessionModel, Meaning | None] = {}
        self.counts = Counter[Meaning | None]()
        self._column, self._order = -1, Qt.SortOrder.AscendingOrder
        self._rows: list[SessionModel] = []
        self._places: dict[SessionModel, int] | None = {}  # their rows; None: to be counted anew
        self._texts: dict[SessionModel, str] = {}
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._arrange)
        self._tell_counts = QTimer(self, singleShot=True, interval=SOON_MS)
        self._tell_counts.timeout.connect(self.counted)
        sessions.rowsInserted.connect(self._take_in)
        sessions.rowsAboutToBeRemoved.connect(self._take_out)
        sessions.dataChanged.connect(self._note_change)
        sessions.modelReset.connect(self._take_all)
        self._take_all()

    def show_only(self, text: str) -> None:
        self._words = text.casefold().split()
        self._arrange()

    def show_statuses(self, chosen: Set[Meaning | None]) -> None:
        """Show the sessions of the statuses in `chosen`; all if it is empty."""
        self._chosen = frozenset(chosen)
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = column, order
        self._arrange()

    def session(self, row: int) -> SessionModel:
        return self._rows[row]

    def row_of(self, session: SessionModel) -> int | None:
        """Return the row of `session`, or None if it is filtered out."""
        if self._places is None:
            self._places = {one: row for row, one in enumerate(self._rows)}
        return self._places.get(session)

    def neighbour(self, session: SessionModel, by: int) -> SessionModel | None:
        """Return the session `by` rows below `session`, or the first if that is filtered out."""
        place = self.row_of(session)
        row = 0 if place is None else place + by
        return self.session(row) if 0 <= row < self.rowCount() else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        return self._sessions.headerData(section, orientation, role)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role not in ROLES or not 0 <= index.row() < len(self._rows):
            return None
        return self.value(index.row(), index.column(), role)

    def value(self, row: int, column: int, role: int) -> Any:
        """Return what a cell has in `role`, without the way through Qt, which takes longer."""
        return self._sessions.value(self._rows[row], column, role)

    def _take_all(self) -> None:
        sessions = self._sessions.open_sessions
        self._statuses = {session: meaning(session) for session in sessions}
        self.counts = Counter(self._statuses.values())
        self._texts = {one: text for one, text in self._texts.items() if one in self._statuses}
        self._arrange()
        self.counted.emit()

    def _count(self, session: SessionModel) -> None:
        status = meaning(session)
        if session in self._statuses:
            if (before := self._statuses[session]) == status:
                return
            self.counts[before] -= 1
        self._statuses[session] = status
        self.counts[status] += 1
        if self._is_short:
            self.counted.emit()
        elif not self._tell_counts.isActive():
            self._tell_counts.start()

    def _take_in(self, _parent: QModelIndex, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._count(self._sessions.session(row))
        if self._column >= 0 or not self._is_short:
            self._arrange_soon()
            return
        new = [self._sessions.session(row) for row in range(first, last + 1)]
        self._insert(len(self._rows), [session for session in new if self._passes(session)])

    def _take_out(self, _parent: QModelIndex, first: int, last: int) -> None:
        for place in range(first, last + 1):
            session = self._sessions.session(place)
            self._texts.pop(session, None)
            self.counts[self._statuses.pop(session)] -= 1
            if (row := self.row_of(session)) is not None:
                self._remove(row)
        self.counted.emit()

    def _note_change(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() < last.row():  # time has passed, or the colours are others
            self._tell(0, len(self._rows) - 1, first.column(), last.column())
            if self._column in TIMES:
                self._arrange_soon()
            return
        session = self._sessions.session(first.row())
        self._texts.pop(session, None)
        self._count(session)
        if (row := self.row_of(session)) is not None:
            self._tell(row, row, first.column(), last.column())
        if self._words or self._chosen or self._column >= 0:
            self._arrange_soon()

    def _tell(self, first: int, last: int, left: int, right: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.createIndex(first, left), self.createIndex(last, right))

    @property
    def _is_short(self) -> bool:
        return self._sessions.rowCount() <= _AT_ONCE

    def _arrange_soon(self) -> None:
        if self._is_short:
            self._arrange()
        elif not self._soon.isActive():
            self._soon.start(SOON_MS + len(self._rows) // _ROWS_PER_MS)

    def _arrange(self) -> None:
        """Make the rows what they should be; what stays a row stays selected."""
        self._soon.stop()
        wanted = self._sessions.open_sessions
        if self._words or self._chosen:
            wanted = [session for session in wanted if self._passes(session)]
        if self._column >= 0:
            value, column = self._sessions.value, self._column
            descending = self._order is Qt.SortOrder.DescendingOrder
            wanted.sort(key=lambda session: value(session, column, SORT_ROLE), reverse=descending)
        shown = len(self._rows)
        if wanted[:shown] == self._rows:
            self._insert(shown, wanted[shown:])
            return
        if len(set(wanted).symmetric_difference(self._rows)) > _ONE_BY_ONE:
            self.beginResetModel()
            self._rows, self._places = wanted, None
            self.endResetModel()
            return
        passing = set(wanted)
        for row in reversed(range(len(self._rows))):
            if self._rows[row] not in passing:
                self._remove(row)
        known = set(self._rows)
        self._reorder([session for session in wanted if session in known])
        for row, session in enumerate(wanted):
            if session not in known:
                self._insert(row, [session])

    def _reorder(self, rows: list[SessionModel]) -> None:
        if rows == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(self._rows[index.row()], index.column()) for index in before]
        self._rows, self._places = rows, None
        after = [self.index(self.row_of(session) or 0, column) for session, column in held]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert(self, row: int, sessions: list[SessionModel]) -> None:
        if not sessions:
            return
        self.beginInsertRows(ROOT, row, row + len(sessions) - 1)
        if row < len(self._rows):
            self._places = None
        elif self._places is not None:
            self._places.update(zip(sessions, range(row, row + len(sessions)), strict=True))
        self._rows[row:row] = sessions
        self.endInsertRows()

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(ROOT, row, row)
        del self._rows[row]
        self._places = None
        self.endRemoveRows()

    def _passes(self, session: SessionModel) -> bool:
        """Return whether `session` has a chosen status, and every word in cells but times."""
        if self._chosen and self._statuses.get(session) not in self._chosen:
            return False
        if not self._words:
            return True
        text = self._texts.get(session)
        if text is None:
            text = self._texts[session] = words(session).casefold()
        return all(word in text for word in self._words)
