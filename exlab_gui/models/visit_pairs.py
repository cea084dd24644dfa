"""The visits of two sessions that are compared, as rows."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QBrush, QFont

from exlab_gui.models.cells import (
    ACCESSIBLE,
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

DIFFERS = "≠"
"""Stands in place of a difference in time where only one session has the visit."""

_COLUMNS = 4


class VisitPairs(QAbstractTableModel):
    """One row per visit of either session: its state, the two times, and their difference.

    `cells` makes the texts of a row when it is shown; `only` says which session alone has it.
    """

    def __init__(self, fixed_font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fixed_font = fixed_font
        self._differs = QBrush()
        self._titles: Sequence[str] = ("",) * _COLUMNS
        self._count = 0
        self._cells: Callable[[int], Sequence[str]] = lambda _row: ()
        self._only: Callable[[int], str] = lambda _row: ""

    def show(
        self,
        titles: Sequence[str],
        count: int,
        cells: Callable[[int], Sequence[str]],
        only: Callable[[int], str],
    ) -> None:
        self.beginResetModel()
        self._titles, self._count, self._cells, self._only = titles, count, cells, only
        self.endResetModel()

    def set_style(self, differs: QBrush) -> None:
        """Set the brush of the texts of visits that only one session has."""
        self._differs = differs

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < _COLUMNS:
            return None
        if role == ALIGNMENT:
            return RIGHT if section else LEFT
        return self._titles[section] if role in (DISPLAY, TOOL_TIP) else None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        row, column = index.row(), index.column()
        if not 0 <= row < self._count:
            return None
        if role == ALIGNMENT:
            return RIGHT if column else LEFT
        if role == FONT:
            return self._fixed_font if column else None
        only = self._only(row)
        if role == FOREGROUND:
            return self._differs if only else None
        if role in (DISPLAY, TOOL_TIP, ACCESSIBLE):
            text = self._cells(row)[column]
            if column == _COLUMNS - 1 and only:
                text = DIFFERS if role == DISPLAY else only
            return plain_tip(text) if role == TOOL_TIP else text
        return None
