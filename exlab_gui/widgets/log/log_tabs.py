"""The log, the problems and the messages of a session, one behind the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.log_pane import LogPane
from exlab_gui.widgets.log.problem_list import ProblemList
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.sequence.sequence_pane import SequencePane

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class LogTabs(QWidget):
    """The tabs Log, Problems and Sequence; a chosen problem shows its row in the log.

    What is selected in the log or in the sequence is selected in the other one, too.

    A QTabWidget would paint all of itself again whenever a text in it changes.
    """

    event_chosen = Signal(int)
    """Index of the event to move the position to."""
    wanted = Signal(str)
    """The pane, ``log``, ``problems`` or ``sequence``, that the user wants to see."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "logTabs", "Log, problems and sequence")
        self.log = LogPane(theme)
        self.problems = ProblemList(theme)
        self.sequence = SequencePane(theme)
        self.bar = named(QTabBar(), "logTabBar", "Log, problems and sequence")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideRight)
        self._pages = QStackedWidget()
        self._tabs: dict[QWidget, str] = {
            self.log: tr("Log"),
            self.problems: tr("Problems"),
            self.sequence: tr("Sequence"),
        }
        for page, text in self._tabs.items():
            self.bar.addTab(text)
            self._pages.addWidget(page)
        self._beside: QWidget | None = None
        self._row = QBoxLayout(_BESIDE)
        self._row.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self._pages, 1)
        self.bar.currentChanged.connect(self._show_page)
        self.log.event_chosen.connect(self.event_chosen)
        self.problems.event_chosen.connect(self.show_event)
        self.sequence.event_chosen.connect(self.event_chosen)
        self.sequence.event_selected.connect(self.log.select_event)
        self.log.event_selected.connect(self.sequence.select)
        rows = self.problems.rows
        for changed in (rows.rowsInserted, rows.modelReset):
            changed.connect(self._show_count)

    def put_beside(self, widget: QWidget) -> None:
        """Put `widget` at the right of the tabs; below them if they could not be read there."""
        self._beside = widget
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_session(self, session: SessionModel) -> None:
        self.log.set_session(session)
        self.problems.set_session(session)
        self.sequence.set_session(session)

    def show_log(self) -> None:
        self.bar.setCurrentIndex(0)
        self.wanted.emit("log")

    def show_problems(self) -> None:
        self._show("problems", self.problems)

    def show_sequence(self) -> None:
        self._show("sequence", self.sequence)

    def show_tab(self, page: QWidget, shown: bool) -> None:
        """Show the tab of `page`, or take it away: it is closed, or stands elsewhere."""
        tab = [*self._tabs].index(page)
        self.bar.setTabVisible(tab, shown)
        if not shown and self.bar.currentIndex() == tab:
            self.bar.setCurrentIndex(0)
        self._fit()

    def put_back(self, page: QWidget) -> None:
        self._pages.addWidget(page)
        self.show_tab(page, True)
        self._show_page(self.bar.currentIndex())

    def _show(self, name: str, page: QWidget) -> None:
        self.wanted.emit(name)
        self.bar.setCurrentIndex([*self._tabs].index(page))
        page.setFocus()

    def _show_page(self, tab: int) -> None:
        page = [*self._tabs][tab]
        if self._pages.indexOf(page) >= 0:
            self._pages.setCurrentWidget(page)

    def show_event(self, index: int) -> None:
        """Show the row of the event at `index` in the log, even if a filter hides it."""
        self.show_log()
        self.log.show_event(index)
        self.log.table.setFocus()

    def _show_count(self) -> None:
        count = self.problems.rows.rowCount()
        self.bar.setTabText(1, tr("Problems {count:,}", count=count) if count else tr("Problems"))
        self._fit()

    def _fit(self) -> None:
        # Not by `itemAt`: what Python gets for an item outlives it, and is found for what takes its
        # place in memory, of whatever class.
        needed, beside = self.bar.sizeHint().width(), self._beside
        if beside is not None and self._row.indexOf(beside) >= 0 and not beside.isHidden():
            needed += beside.sizeHint().width()
        self._row.setDirection(_BESIDE if needed <= self.width() else _BELOW)
