"""The events of a session as messages, one a row."""

from typing import Any

from PySide6.QtCore import Qt

from exlab_gui.core.analysis.sequence import Message, message
from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.translation import told, tr
from exlab_gui.models.cells import DISPLAY, FOREGROUND, ROOT, TOOL_TIP, Index
from exlab_gui.models.event_table import EventTableModel
from exlab_gui.models.plain_tip import plain_tip


class MessageTableModel(EventTableModel):
    """All events of one session; rows are made on demand, as those of the log are."""

    def message(self, row: int) -> Message:
        index = self.event_index(row)
        history = self.events.history
        return message(history[index], history[index - 1] if index else None)

    def since(self, row: int) -> str:
        """Return how long after the first event that of `row` came."""
        history = self.events.history
        return tr(duration(history[self.event_index(row)].at - history[0].at))

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == DISPLAY and not section:
            return tr("Messages")
        return None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        row = index.row()
        if not 0 <= row < self.rowCount():
            return None
        if role == FOREGROUND:
            return super().data(index, role)
        if role in (DISPLAY, TOOL_TIP):
            text = f"{self.since(row)}  {told(self.message(row).spoken)}"
            return plain_tip(text) if role == TOOL_TIP else text
        return None
