"""Why the session ended so, below its details."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from exlab_gui.core.analysis.outcome import Line, outcome
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.fitting_area import FittingArea
from exlab_gui.widgets.labels import WrappingLabel, caption, show_meaning
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

_HIGHEST = 200
_LEAST = 40


class OutcomePanel(QFrame, SessionView):
    """Plugins, findings, sync, README, details of an error, log; hidden if there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "outcomePanel", "Why it ended so")
        self.setProperty("role", "card")
        self._shown: list[Line] = []
        self._area = FittingArea(_LEAST)
        self._area.setMaximumHeight(_HIGHEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 4, 8)
        column.addWidget(self._area)
        self.hide()

    def synchronize(self) -> None:
        session = self.session
        lines = outcome(session.visits, session.position) if session else []
        if lines != self._shown:
            self._shown = lines
            self._build(lines)
        self.setVisible(bool(lines))

    def _build(self, lines: list[Line]) -> None:
        page = QWidget()
        rows = QGridLayout(page)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(4)
        rows.setColumnStretch(1, 1)
        for row, line in enumerate(lines):
            rows.addWidget(caption(line.name), row, 0, Qt.AlignmentFlag.AlignTop)
            text = WrappingLabel(tr(line.text), f"outcome_{row}")
            if line.is_bad:
                show_meaning(text, "failure")
            rows.addWidget(text, row, 1)
        rows.setRowStretch(len(lines), 1)
        self._area.show_page(page)
