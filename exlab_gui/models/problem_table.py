"""The problems of a session as rows."""

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QBrush, QFont

from exlab_gui.core.analysis.problems import Severity
from exlab_gui.core.text.durations import time_of_day
from exlab_gui.core.text.translation import told, tr, translatable
from exlab_gui.models.cells import (
    ALIGNMENT,
    DISPLAY,
    FONT,
    FOREGROUND,
    LEFT,
    RIGHT,
    ROOT,
    TOOL_TIP,
    Index,
)
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel

TITLES = translatable(("#", "Time", "Severity", "State", "Problem"))

SEVERITIES: dict[Severity, str] = translatable(
    {"violation": "Violation", "warning": "Warning", "note": "Note"}
)

_NUMERIC = 2  # the first columns


class _Shown(NamedTuple):
    """What the rows are of; a list grows at its end, and another one takes its place."""

    session: SessionModel
    listed: object
    unread: tuple[str, ...]


class ProblemTableModel(QAbstractTableModel):
    """What could not be read of one session, then its violations, warnings and notes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: SessionModel | None = None
        self._shown: _Shown | None = None
        self._count = 0  # of the listed problems that are rows
        self._fixed_font = QFont()
        self._brushes: dict[Severity, QBrush] = {}

    def set_style(self, fixed_font: QFont, brushes: dict[Severity, QBrush]) -> None:
        """Set the font of numbers and times, and the text brush for each severity."""
        self._fixed_font, self._brushes = fixed_font, brushes
        if rows := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(TITLES) - 1))

    def set_session(self, session: SessionModel) -> None:
        if self.session is not None:
            self.session.changed.disconnect(self._take_in)
        self.session = session
        session.changed.connect(self._take_in)
        self._take_in()

    def event_index(self, row: int) -> int | None:
        """Return the index of the event that `row` is about, or None if it is about none."""
        place = row - len(self._unread)
        if self.session is None or not 0 <= place < self._count:
            return None
        return self.session.listed_problems[place].event_index

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._unread) + self._count

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        if role == ALIGNMENT:
            return RIGHT if section < _NUMERIC else LEFT
        return tr(TITLES[section]) if role == DISPLAY else None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        row, column = index.row(), index.column()
        if not 0 <= row < self.rowCount():
            return None
        if role == DISPLAY:
            return self._cells(row)[column]
        if role == ALIGNMENT:
            return RIGHT if column < _NUMERIC else LEFT
        if role == FONT:
            return self._fixed_font if column < _NUMERIC else None
        if role == FOREGROUND:
            return self._brushes.get(self._severity(row))
        if role == TOOL_TIP:
            return plain_tip(self._cells(row)[column])
        return None

    @property
    def _unread(self) -> tuple[str, ...]:
        return self._shown.unread if self._shown else ()

    def _severity(self, row: int) -> Severity:
        place = row - len(self._unread)
        if self.session is None or place < 0:
            return "violation"
        return self.session.listed_problems[place].severity

    def _cells(self, row: int) -> tuple[str, ...]:
        index = self.event_index(row)
        severity = tr(SEVERITIES[self._severity(row)])
        if self.session is None or index is None:
            return "", "", severity, "", told(self._unread[row])
        history, problem = self.session.history, self.session.listed_problems
        event = history[index]
        text = problem[row - len(self._unread)].text(history)
        return (
            str(event.seq),
            time_of_day(event.at, "milliseconds"),
            severity,
            event.state,
            told(text),
        )

    def _take_in(self) -> None:
        session = self.session
        assert session is not None
        listed = session.listed_problems
        shown = _Shown(session, listed, tuple(session.info.problems))
        same = self._shown is not None and self._shown.listed is listed
        if not same or self._unread != shown.unread:
            self.beginResetModel()
            self._shown, self._count = shown, len(listed)
            self.endResetModel()
        elif len(listed) > self._count:
            first = self.rowCount()
            self.beginInsertRows(ROOT, first, first + len(listed) - self._count - 1)
            self._count = len(listed)
            self.endInsertRows()
