"""The open sessions as rows."""

from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakMethod, WeakSet

from PySide6.QtCore import (
    QAbstractTableModel,
    QObject,
    Qt,
    QTimer,
)
from PySide6.QtGui import QBrush

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.text.translation import tr
from exlab_gui.models import session_cells as cells
from exlab_gui.models.cells import (
    ACCESSIBLE,
    ALIGNMENT,
    DECORATION,
    DISPLAY,
    FOREGROUND,
    OWN,
    RIGHT,
    ROOT,
    TOOL_TIP,
    Index,
)
from exlab_gui.models.closed_sessions import ClosedSessions
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_cells import HEADERS, STALE, TIMES, Column
from exlab_gui.models.session_model import Follower, SessionModel
from exlab_gui.theme.brushes import solid
from exlab_gui.theme.icons import icon

SORT_ROLE = OWN
"""The sort key of a cell: text, or seconds."""

LINES_ROLE = SORT_ROLE + 1
"""The two lines of a session's name and of its state; None for other columns."""

MEANING_ROLE = SORT_ROLE + 2
"""What the session's state means; a warning if only the last known one is shown."""


ROLES = {DISPLAY, DECORATION, ACCESSIBLE, FOREGROUND, TOOL_TIP, ALIGNMENT}
ROLES |= {SORT_ROLE, LINES_ROLE, MEANING_ROLE}
"""The roles in which a cell has anything: a view asks for others at each repaint."""


class SessionListModel(QAbstractTableModel):
    """The open sessions, in the order in which they were opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions: list[SessionModel] = []
        self._warning = QBrush()
        self._rows: dict[SessionModel, int] = {}
        self._follower: Follower = WeakMethod(self._session_changed)
        self.closed = ClosedSessions()
        self._ending = WeakSet[SessionModel]()  # what still ends in them keeps them alive
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._time_passed)

    def show_warnings_in(self, colour: str) -> None:
        """Show sessions that are not seen any more in `colour`."""
        self._warning = solid(colour)
        if self._sessions:
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, len(Column) - 1)
            )

    def add(self, *sessions: SessionModel) -> int:
        """Append `sessions`, reopen the closed ones, and own them; return the first row."""
        for session in sessions:
            if session.is_closed:
                self.closed.take(session)
        row = len(self._sessions)
        self.beginInsertRows(ROOT, row, row + len(sessions) - 1)
        for place, session in enumerate(sessions, row):
            session.setParent(self)
            self._sessions.append(session)
            self._rows[session] = place
        self.endInsertRows()
        for session in sessions:
            session.followers.append(self._follower)
        self._tick.start()
        return row

    def remove(self, session: SessionModel) -> None:
        """Close, remove and disown `session`. Raises ValueError if it is not in the list."""
        row = self.row_of(session)
        self.beginRemoveRows(ROOT, row, row)
        self._sessions.pop(row)
        self._rows = {session: row for row, session in enumerate(self._sessions)}
        self.endRemoveRows()
        self._disown(session)

    def remove_all(self, closing: Sequence[SessionModel]) -> None:
        """Close, remove and disown sessions of the list, as `remove` does, all at once."""
        self.beginResetModel()
        leaving = set(closing)
        self._sessions = [session for session in self._sessions if session not in leaving]
        self._rows = {session: row for row, session in enumerate(self._sessions)}
        self.endResetModel()
        for session in closing:
            self._disown(session)

    @property
    def open_sessions(self) -> list[SessionModel]:
        return list(self._sessions)

    def why_no_other(self) -> str | None:
        """Return why there is no session beside the shown one; None if there is."""
        return "Only one session is open" if self.rowCount() < 2 else None

    def session(self, row: int) -> SessionModel:
        return self._sessions[row]

    def has(self, session: SessionModel) -> bool:
        return session in self._rows

    def row_of(self, session: SessionModel) -> int:
        """Return the row of `session`. Raises ValueError if it is not in the list."""
        try:
            return self._rows[session]
        except KeyError:
            raise ValueError("The session is not in the list.") from None

    def comparable_histories(self, session: SessionModel) -> Iterator[StateHistory]:
        """Yield the other histories of the same machine and origin, the newest session first."""
        for other in reversed(self._sessions):
            same = other.traits == session.traits and other.machine == session.machine
            if same and other is not session:
                yield other.visits

    async def close(self) -> None:
        self._tick.stop()
        self.closed.clear()
        for session in self._sessions:
            session.close()
        for session in (*self._sessions, *self._ending):
            await session.ended()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._sessions)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        titles = {DISPLAY: tr(HEADERS[section]), SORT_ROLE: HEADERS[section]}
        return titles.get(role)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not 0 <= index.row() < len(self._sessions):
            return None
        return self.value(self._sessions[index.row()], index.column(), role)

    def value(self, session: SessionModel, column: int, role: int) -> Any:
        """Return what the cell of an open session has in `role`."""
        if role == DISPLAY:
            return cells.cell(session, column)
        if role == SORT_ROLE:
            return cells.sort_key(session, column)
        if role == LINES_ROLE:
            return cells.lines(session, column)
        if role == MEANING_ROLE:
            return cells.meaning(session)
        if role == ALIGNMENT and column in TIMES:
            return RIGHT
        if role == TOOL_TIP:
            return plain_tip(cells.tip(session))
        if role == ACCESSIBLE:
            return cells.spoken(session, column)
        if session.info.standing in STALE:
            return self._stale(session, column, role)
        waits = column == Column.SESSION and cells.meaning(session) == "input"
        if role == DECORATION and waits:
            return icon("input")
        return None

    def _stale(self, session: SessionModel, column: int, role: int) -> Any:
        """Return how a session that is not seen any more looks; a question may be gone."""
        if role == FOREGROUND:
            return self._warning
        if column == Column.SESSION and role == DECORATION:
            return icon("warning", self._warning.color().name())
        return None

    def _disown(self, session: SessionModel) -> None:
        session.close()
        session.followers.remove(self._follower)
        session.setParent(None)
        self._ending.add(session)
        self.closed.keep(session)
        if not self._sessions:
            self._tick.stop()

    def _session_changed(self, session: SessionModel) -> None:
        row = self.row_of(session)
        self.dataChanged.emit(self.createIndex(row, 0), self.createIndex(row, len(Column) - 1))

    def _time_passed(self) -> None:
        last = len(self._sessions) - 1
        self.dataChanged.emit(self.createIndex(0, Column.STATE), self.createIndex(last, Column.AGE))
