"""The open sessions, filtered and sorted."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from exlab_gui.models.session_list import SORT_ROLE, Column, SessionListModel
from exlab_gui.models.session_model import SessionModel

_ROOT = QModelIndex()


class SessionFilterModel(QSortFilterProxyModel):
    """The sessions with each word of the filter, by default in the order of opening."""

    def __init__(self, sessions: SessionListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._words: list[str] = []
        self.setSortRole(SORT_ROLE)
        self.setSourceModel(sessions)

    def show_only(self, text: str) -> None:
        self._words = text.casefold().split()
        self.invalidate()

    def session(self, row: int) -> SessionModel:
        return self._sessions.session(self.mapToSource(self.index(row, 0)).row())

    def row_of(self, session: SessionModel) -> int | None:
        """Return the row of `session`, or None if it is filtered out."""
        index = self.mapFromSource(self._sessions.index(self._sessions.row_of(session), 0))
        return index.row() if index.isValid() else None

    def neighbour(self, session: SessionModel, by: int) -> SessionModel | None:
        """Return the session `by` rows below `session`, or the first if that is filtered out."""
        place = self.row_of(session)
        row = 0 if place is None else place + by
        return self.session(row) if 0 <= row < self.rowCount() else None

    def filterAcceptsRow(
        self, row: int, parent: QModelIndex | QPersistentModelIndex = _ROOT
    ) -> bool:
        if not self._words:
            return True
        cells = (self._sessions.index(row, column).data() for column in Column)
        text = "\n".join(cells).casefold()
        return all(word in text for word in self._words)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        """Return a column's name, even if there is no row."""
        return self._sessions.headerData(section, orientation, role)
