"""The table of the problems of a session."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.models.problem_table import ProblemTableModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.brushes import solid
from exlab_gui.theme.fonts import monospace
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import RowTable

_WIDEST = ("0000", "00:00:00.000", "Violation", "input_required")
_PADDING = 10


class ProblemList(RowTable):
    """One row per problem; a click or Enter gives the index of its event to `event_chosen`."""

    event_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        rows = self.rows = ProblemTableModel()
        super().__init__(rows, parent=parent)
        named(self, "problemList", "Problems")
        rows.setParent(self)
        self.empty_text = tr("No violation, no warning and no note so far.")
        self._theme = theme
        columns = self.horizontalHeader()
        columns.setStretchLastSection(True)
        digits = QFontMetrics(monospace())
        for column, widest in enumerate(_WIDEST):
            metrics = digits if column < 2 else self.fontMetrics()
            columns.resizeSection(column, metrics.horizontalAdvance(widest) + _PADDING)
        self.clicked.connect(self._choose)
        theme.changed.connect(self._style)
        self._style()

    def set_session(self, session: SessionModel) -> None:
        self.rows.set_session(session)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        event = self.rows.event_index(index.row())
        if event is not None:
            self.event_chosen.emit(event)

    def _style(self) -> None:
        colours = self._theme.colours
        self.rows.set_style(
            monospace(),
            {
                "violation": solid(colours.failure),
                "warning": solid(colours.warning),
            },
        )
