"""The last events before the position, in a few large lines."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from exlab_gui.core.meaning import kind_meaning
from exlab_gui.core.text.durations import time_of_day
from exlab_gui.core.text.log_columns import COLUMNS, Entry, kind
from exlab_gui.core.text.translation import told
from exlab_gui.theme.fonts import give_font, tabular
from exlab_gui.widgets.labels import (
    ClampedLabel,
    ElidingLabel,
    caption,
    plain_label,
    show_meaning,
)
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

_MOST_ROWS = 12
_BETWEEN = 6  # pixels between rows
_DETAIL = next(column for column in COLUMNS if column.key == "detail")


class LastEvents(QWidget, SessionView):
    """As many of the events before the position as fit, the newest at the bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "lastEvents", "Last events")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._rows: list[tuple[QLabel, QLabel, ClampedLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(_BETWEEN)
        self._grid.setColumnStretch(2, 1)
        self._grid.setRowStretch(_MOST_ROWS + 1, 1)
        self._grid.addWidget(caption("Last events"), 0, 0, 1, 3)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 2 * self._row_height)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.synchronize()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.synchronize()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for time, _, _ in self._rows:
                give_font(time, tabular(self.font()))
            self.updateGeometry()
            self.synchronize()

    def synchronize(self) -> None:
        session = self.session
        if session is None or not self.isVisible():
            return
        room = max(self.height() // self._row_height - 1, 1)  # below the caption
        last = session.shown_count
        first = max(last - min(room, _MOST_ROWS), 0)
        for index in range(first, last):
            event = session.history[index]
            before = session.history[index - 1] if index else None
            time, state, detail = self._row(index - first)
            time.setText(time_of_day(event.at))
            state.setText(event.state)
            detail.setText(told(_DETAIL.text(Entry(event, before, session.machine))))
            meaning = kind_meaning(kind(event, session.machine))
            for label in (state, detail):
                show_meaning(label, meaning)
        for number, row in enumerate(self._rows):
            for label in row:
                label.setVisible(number < last - first)

    @property
    def _row_height(self) -> int:
        return self.fontMetrics().lineSpacing() + _BETWEEN

    def _row(self, number: int) -> tuple[QLabel, QLabel, ClampedLabel]:
        if number == len(self._rows):
            row = plain_label(), ElidingLabel(), ClampedLabel()
            give_font(row[0], tabular(self.font()))
            for column, label in enumerate(row):
                top = Qt.AlignmentFlag.AlignTop if column < 2 else Qt.AlignmentFlag(0)
                self._grid.addWidget(label, number + 1, column, top)
            self._rows.append(row)
        return self._rows[number]
