"""The log and the problems of a session, one behind the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.log_pane import LogPane
from exlab_gui.widgets.log.problem_list import ProblemList
from exlab_gui.widgets.object_names import named


class LogTabs(QWidget):
    """The tabs Log and Problems; a chosen problem shows its row in the log.

    A QTabWidget would paint all of itself again whenever a text in it changes.
    """

    event_chosen = Signal(int)
    """Index of the event to move the position to."""
    wanted = Signal(str)
    """The pane, ``log`` or ``problems``, that the user wants to see."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "logTabs", "Log and problems")
        self.log = LogPane(theme)
        self.problems = ProblemList(theme)
        self.bar = named(QTabBar(), "logTabBar", "Log and problems")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self._pages = QStackedWidget()
        for text, page in ((tr("Log"), self.log), (tr("Problems"), self.problems)):
            self.bar.addTab(text)
            self._pages.addWidget(page)
        self._row = QHBoxLayout()
        self._row.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self._pages, 1)
        self.bar.currentChanged.connect(self._pages.setCurrentIndex)
        self.log.event_chosen.connect(self.event_chosen)
        self.problems.event_chosen.connect(self.show_event)
        rows = self.problems.rows
        for changed in (rows.rowsInserted, rows.modelReset):
            changed.connect(self._show_count)

    def put_beside(self, widget: QWidget) -> None:
        """Put `widget` at the right of the tabs."""
        self._row.addWidget(widget)

    def set_session(self, session: SessionModel) -> None:
        self.log.set_session(session)
        self.problems.set_session(session)

    def show_log(self) -> None:
        self.bar.setCurrentIndex(0)
        self.wanted.emit("log")

    def show_problems(self) -> None:
        self.wanted.emit("problems")
        self.bar.setCurrentIndex(1)
        self.problems.setFocus()

    def show_tab_of_problems(self, shown: bool) -> None:
        """Show the tab of the problems, or take it away: they are closed, or stand elsewhere."""
        self.bar.setTabVisible(1, shown)
        if not shown:
            self.bar.setCurrentIndex(0)

    def put_problems_back(self) -> None:
        self._pages.insertWidget(1, self.problems)
        self.show_tab_of_problems(True)

    def show_event(self, index: int) -> None:
        """Show the row of the event at `index` in the log, even if a filter hides it."""
        self.show_log()
        self.log.show_event(index)
        self.log.table.setFocus()

    def _show_count(self) -> None:
        count = self.problems.rows.rowCount()
        self.bar.setTabText(1, tr("Problems {count:,}", count=count) if count else tr("Problems"))
