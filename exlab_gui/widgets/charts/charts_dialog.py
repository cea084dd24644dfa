"""Charts about the sessions of the archive, in a window beside the main one."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton, QTabWidget, QWidget

from exlab_gui.archive.charts.failures import failures
from exlab_gui.archive.charts.sessions import sessions_over_time
from exlab_gui.archive.charts.state_times import state_times
from exlab_gui.archive.search import Facet, Query
from exlab_gui.core.charts import failures as failures_chart
from exlab_gui.core.charts import sessions as sessions_chart
from exlab_gui.core.charts import state_times as state_times_chart
from exlab_gui.core.charts.state_times import StateTimes
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.models.archive.archive_model import ArchiveModel
from exlab_gui.models.archive.charts_model import AskedChart, ChartsModel, Make
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.charts.chart_page import ChartPage
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.history.history_filter import FilterNames, HistoryFilter
from exlab_gui.widgets.history.unreadable_label import UnreadableLabel
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named

_READING = phrase("Reading the archive …")

_NAMES = FilterNames(
    "chartsSearch",
    ("chartsOutcome", "chartsEquipment", "chartsPlugin", "chartsErrorCode"),
    "chartsSince",
    "chartsUntil",
    "chartsClear",
)

REFRESH_MS = 10_000
"""So often what was recorded meanwhile is taken in, while charts are shown."""


class Kind(NamedTuple):
    """A kind of chart: its object name, its title, and what makes it."""

    name: str
    title: str
    make: Make


KINDS: tuple[Kind, ...] = (
    Kind("sessions", sessions_chart.TITLE, sessions_over_time),
    Kind("times", state_times_chart.TITLE, state_times),
    Kind("failures", failures_chart.TITLE, failures),
)


class ChartsDialog(Dialog):
    """Shows charts of the sessions of `archive` that the filter asks for, made by `charts`."""

    chosen = Signal(object)
    """What the user has chosen in a chart."""
    history_requested = Signal(object)
    """The query whose sessions are to be listed."""
    export_requested = Signal(object)
    """The page whose chart is to be written."""

    def __init__(
        self, archive: ArchiveModel, charts: ChartsModel, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__("Charts", "chartsDialog", parent)
        self.setWindowFlags(Qt.WindowType.Window)  # sessions are opened in the main window
        self._archive = archive
        self._charts = charts
        self.filter = HistoryFilter(_NAMES)
        self._told = named(WrappingLabel(), "chartsMessage", "Message")
        self._told.hide()
        unreadable = UnreadableLabel("chartsUnreadable")
        self.tabs = named(QTabWidget(), "chartsTabs", "Charts")
        self._stale = set[ChartPage]()
        self._was_updated = False
        self._marked: Mapping[str, Sequence[int]] = {}
        for kind in KINDS:
            page = ChartPage(theme, kind.name, kind.title)
            page.tell(tr(_READING))
            page.chosen.connect(self.chosen)
            self.tabs.addTab(page, tr(kind.title))
        history = self._button(tr("Show in history"), "chartsHistory")
        history.setToolTip(tr("List the sessions that these charts are about"))
        history.clicked.connect(lambda: self.history_requested.emit(self.filter.query))
        self._export = self._button(tr("Export…"), "chartsExport")
        self._export.setToolTip(tr("Save this chart as a picture, or its table"))
        self._export.clicked.connect(lambda: self.export_requested.emit(self._page()))
        self.add(self.filter, self.tabs, unreadable, self._told)
        self.add_close()
        for button in self.buttons.buttons():
            cast("QPushButton", button).setAutoDefault(False)  # Enter chooses in a chart
        self.resize(1100, 680)
        self.setSizeGripEnabled(True)
        self.filter.asked.connect(self._ask_anew)
        self.tabs.currentChanged.connect(lambda _: self._ask())
        archive.updated.connect(self._updated)
        archive.progressed.connect(self._show_progress)
        archive.failed.connect(self.tell)
        charts.offered.connect(self._offer)
        charts.unreadable.connect(unreadable.show_paths)
        charts.made.connect(self._show)
        charts.failed.connect(self.tell)
        self._due = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._due.timeout.connect(self._refresh)
        self._ask_anew()
        archive.update()
        self.tabs.setFocus()

    def ask_for(self, query: Query) -> None:
        self.filter.ask_for(query)

    def mark(self, times: Mapping[str, Sequence[int]]) -> None:
        """Mark the times of a session's finished visits, by state, in the time per state."""
        self._marked = times
        for page in self._pages():
            if isinstance(page.chart, StateTimes):
                page.show_chart(page.chart.with_shown(times))

    def tell(self, sentence: str) -> None:
        """Show what was done, or why not, until something else is asked for."""
        self._told.setText(tr(sentence))
        self._told.setVisible(bool(sentence))
        self._is_reading = False

    def changeEvent(self, event: QEvent) -> None:
        """Take in what was recorded while another window was active."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._refresh()

    def _page(self) -> ChartPage:
        return cast("ChartPage", self.tabs.currentWidget())

    def _button(self, text: str, name: str) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        return named(button, name)

    def _offer(self, values: Mapping[Facet, Sequence[str]]) -> None:
        self.filter.offer(values)

    def _refresh(self) -> None:
        """Take in what was recorded meanwhile, unless that would be in the user's way."""
        if QApplication.activePopupWidget() or QApplication.mouseButtons() or not self.isVisible():
            self._due.start()
        else:
            self._archive.update()

    def _show_progress(self, done: int, total: int) -> None:
        if total:  # the folder has been looked through
            read = tr(
                "Reading the archive: {done:,} of {total:,} recordings", done=done, total=total
            )
            self.tell(read)
            self._is_reading = True

    def _updated(self) -> None:
        self._due.start()
        if not self._was_updated or any(self._archive.changes):
            self._was_updated = True
            if self._is_reading:
                self.tell("")
            self._stale.update(self._pages())
            self._ask()

    def _ask_anew(self) -> None:
        self.tell("")
        self._stale.update(self._pages())
        self._ask()

    def _ask(self) -> None:
        """Make the chart that is seen, if it is not of these sessions."""
        self._export.setEnabled(self._page().chart is not None)
        if self._page() in self._stale:
            self._charts.ask(AskedChart(KINDS[self.tabs.currentIndex()].make, self.filter.query))

    def _show(self, asked: AskedChart, chart: Any) -> None:
        if not chart.sessions and not self._was_updated:
            return  # what there is may not be in the index yet
        for kind, page in zip(KINDS, self._pages(), strict=True):
            if kind.make is asked.make and asked.query == self.filter.query:
                is_marked = isinstance(chart, StateTimes)
                page.show_chart(chart.with_shown(self._marked) if is_marked else chart)
                self._stale.discard(page)
        self._export.setEnabled(self._page().chart is not None)

    def _pages(self) -> list[ChartPage]:
        return [cast("ChartPage", self.tabs.widget(place)) for place in range(self.tabs.count())]
