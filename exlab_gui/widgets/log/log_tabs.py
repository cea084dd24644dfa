"""The log and the problems of a session, one behind the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.log_pane import LogPane
from exlab_gui.widgets.log.problem_list import ProblemList
from exlab_gui.widgets.object_names import named


class LogTabs(QTabWidget):
    """The tabs Log and Problems; a chosen problem shows its row in the log."""

    event_chosen = Signal(int)
    """Index of the event to move the position to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "logTabs", "Log and problems")
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName("Log and problems")
        self.log = LogPane(theme)
        self.problems = ProblemList(theme)
        self.addTab(self.log, "Log")
        self.addTab(self.problems, "Problems")
        self.log.event_chosen.connect(self.event_chosen)
        self.problems.event_chosen.connect(self.show_event)
        rows = self.problems.rows
        for changed in (rows.rowsInserted, rows.modelReset):
            changed.connect(self._show_count)

    def set_session(self, session: SessionModel) -> None:
        self.log.set_session(session)
        self.problems.set_session(session)

    def show_event(self, index: int) -> None:
        """Show the row of the event at `index` in the log, even if a filter hides it."""
        self.setCurrentWidget(self.log)
        self.log.show_event(index)
        self.log.table.setFocus()

    def show_problems(self) -> None:
        self.setCurrentWidget(self.problems)
        self.problems.setFocus()

    def _show_count(self) -> None:
        count = self.problems.rows.rowCount()
        self.setTabText(1, f"Problems {count:,}" if count else "Problems")
