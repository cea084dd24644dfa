"""The sessions that are open, as rows."""

from datetime import timedelta
from enum import IntEnum
from typing import Any, cast
from weakref import WeakSet

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from exlab_gui.core.durations import duration
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns of the list, in their order."""

    SESSION = 0
    STATE = 1
    TIME = 2


_HEADERS = ("Session", "State", "For")


class SessionListModel(QAbstractTableModel):
    """Every open session, each with its own history, in the order in which they were opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions: list[SessionModel] = []
        self._closed = WeakSet[SessionModel]()  # what still ends in them keeps them alive
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._time_passed)

    def add(self, session: SessionModel) -> int:
        """Append `session`, which the list owns from now on, and return its row."""
        row = len(self._sessions)
        self.beginInsertRows(_ROOT, row, row)
        session.setParent(self)
        self._sessions.append(session)
        self.endInsertRows()
        session.changed.connect(self._session_changed)
        self._tick.start()
        return row

    def remove(self, session: SessionModel) -> None:
        """Close `session` and take it off the list, which does not own it any more.

        Raises ValueError where it is not in the list.
        """
        row = self.row_of(session)
        self.beginRemoveRows(_ROOT, row, row)
        self._sessions.pop(row)
        self.endRemoveRows()
        session.close()
        session.changed.disconnect(self._session_changed)
        session.setParent(None)
        self._closed.add(session)
        if not self._sessions:
            self._tick.stop()

    @property
    def open_sessions(self) -> list[SessionModel]:
        """Every session, in the order of their rows."""
        return list(self._sessions)

    def session(self, row: int) -> SessionModel:
        """Return the session of `row`."""
        return self._sessions[row]

    def row_of(self, session: SessionModel) -> int:
        """Return the row of `session`; raises ValueError where it is not in the list."""
        return self._sessions.index(session)

    async def close(self) -> None:
        """Close every session, and return when all that they began has ended."""
        self._tick.stop()
        for session in self._sessions:
            session.close()
        for session in (*self._sessions, *self._closed):
            await session.ended()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of sessions."""
        return 0 if parent.isValid() else len(self._sessions)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return a column's name."""
        if orientation != Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        return _HEADERS[section] if 0 <= section < len(Column) else None

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows."""
        if not 0 <= index.row() < len(self._sessions):
            return None
        session = self._sessions[index.row()]
        if role == _DISPLAY:
            return self._cell(session, index.column())
        if role == _ALIGNMENT and index.column() == Column.TIME:
            return _RIGHT
        if role == _TOOL_TIP:
            return plain_tip(f"{session.label}: {session.state}, {session.count} events")
        return None

    def _cell(self, session: SessionModel, column: int) -> str:
        match column:
            case Column.SESSION:
                return session.label
            case Column.STATE:
                return session.state
        if session.is_over:
            return ""
        return duration(max(session.now() - session.entered.at, timedelta(0)), 0)

    def _session_changed(self) -> None:
        # A slot that held the session would keep it alive after its end.
        row = self.row_of(cast("SessionModel", self.sender()))
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def _time_passed(self) -> None:
        last = len(self._sessions) - 1
        self.dataChanged.emit(self.index(0, Column.TIME), self.index(last, Column.TIME))
