"""The messages that were shown, the newest first."""

from collections import deque
from datetime import datetime
from typing import Any, NamedTuple
from weakref import ref

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtGui import QBrush

from exlab_gui.core.clock import utc_now
from exlab_gui.core.text.durations import time_of_day
from exlab_gui.core.text.translation import tr, translatable
from exlab_gui.models.cells import DISPLAY, FOREGROUND, ROOT, TOOL_TIP, Index
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.brushes import solid

MOST = 200
"""How many notices are kept; the oldest goes first."""

TITLES = translatable(("Time", "Kind", "Session", "Message"))


class Notice(NamedTuple):
    at: datetime
    text: str
    is_error: bool
    label: str
    about: "ref[SessionModel]"

    @property
    def session(self) -> SessionModel | None:
        """The session that it is about, or that was shown then; None if that is not open."""
        session = self.about()
        return session if session is not None and session.parent() is not None else None


class Notices(QAbstractTableModel):
    """The last notices; `changed` if there is another one, or if some were read."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = deque[Notice](maxlen=MOST)
        self._brush = QBrush()
        self.unread = 0

    def show_errors_in(self, colour: str) -> None:
        self._brush = solid(colour)
        if self._notices:
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, len(TITLES) - 1)
            )

    def add(self, text: str, session: SessionModel, *, is_error: bool) -> None:
        """Put `text` at the top, unread, unless it is there already for this moment."""
        notice = Notice(utc_now(), text, is_error, session.label, ref(session))
        if self._notices and self._is_again(notice):
            return
        if len(self._notices) == MOST:
            self.beginRemoveRows(ROOT, MOST - 1, MOST - 1)
            self._notices.pop()
            self.endRemoveRows()
        self.beginInsertRows(ROOT, 0, 0)
        self._notices.appendleft(notice)
        self.endInsertRows()
        self.unread = min(self.unread + 1, MOST)
        self.changed.emit()

    def read(self, count: int = MOST) -> None:
        """Take note that so many of the newest were read."""
        if self.unread:
            self.unread = max(self.unread - count, 0)
            self.changed.emit()

    def clear(self) -> None:
        self.beginResetModel()
        self._notices.clear()
        self.endResetModel()
        self.unread = 0
        self.changed.emit()

    def notice(self, row: int) -> Notice | None:
        return self._notices[row] if 0 <= row < len(self._notices) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._notices)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != DISPLAY:
            return None
        return tr(TITLES[section])

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        notice = self.notice(index.row())
        if notice is None:
            return None
        if role == DISPLAY:
            kind = tr("Error") if notice.is_error else tr("Message")
            return (time_of_day(notice.at), kind, notice.label, notice.text)[index.column()]
        if role == TOOL_TIP:
            return plain_tip(notice.text)
        return self._brush if role == FOREGROUND and notice.is_error else None

    def _is_again(self, notice: Notice) -> bool:
        """Return whether it is told twice: a notification without a tray is a message, too."""
        last = self._notices[0]
        return last.text == notice.text and (notice.at - last.at).total_seconds() < 1
