"""The history: all sessions of the archive, in a window beside the main one."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QWidget,
)

from exlab_gui.archive.days import Day
from exlab_gui.archive.search import Facet, Query, Row
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.models.archive.archive_model import ArchiveModel, Asked
from exlab_gui.models.archive.archive_table import ArchiveTableModel
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.history.history_filter import HistoryFilter
from exlab_gui.widgets.history.history_table import HistoryTable
from exlab_gui.widgets.history.unreadable_label import UnreadableLabel
from exlab_gui.widgets.labels import WrappingLabel, plain_label
from exlab_gui.widgets.object_names import named

if TYPE_CHECKING:
    from array import array

_EMPTY = phrase(
    "The archive is empty. Sessions of a server are recorded into it by themselves: connect to one "
    "with Server → Connect…"
)
_READING = phrase("Reading the archive …")
_NONE_MATCHES = phrase("No session matches. Search for less, or choose other values.")

_MOST_SELECTED_AGAIN = 100

REFRESH_MS = 5000
"""So often what was recorded meanwhile is taken in, while the history is shown."""

_SHOWN_FROM = 20
"""The progress of reading fewer recordings is over before it is read."""

_LEAST_SHARE = 30
"""Of a large archive, an update takes one part of so many of the time."""


class HistoryDialog(Dialog):
    """Shows the sessions of `archive`; signals give the numbers of the selected ones."""

    open_requested = Signal(object)
    compare_requested = Signal(object)
    """The numbers of two sessions."""
    export_requested = Signal(object)
    delete_requested = Signal(object)
    charts_requested = Signal(object)
    """The query whose sessions charts are to be about."""
    times_requested = Signal()

    def __init__(self, archive: ArchiveModel, parent: QWidget) -> None:
        super().__init__("History", "historyDialog", parent)
        # No dialog: that would stay above the main window, where the opened sessions are shown.
        self.setWindowFlags(Qt.WindowType.Window)
        self.archive = archive
        self.filter = HistoryFilter()
        self._sessions = ArchiveTableModel(archive, self)
        self.table = HistoryTable(self._sessions)
        self._unreadable = UnreadableLabel("historyUnreadable")
        self._count = named(plain_label(), "historyCount", "Number of sessions")
        self._told = named(WrappingLabel(), "historyMessage", "Message")
        self._progress = named(QProgressBar(textVisible=False), "historyProgress", "Progress")
        self._progress.setMaximumWidth(200)
        self._progress.hide()
        self._alike = self._button(tr("Failed like this"), "historyAlike", self._ask_for_alike)
        self._alike.setToolTip(tr("What else failed like the selected session?"))
        self._open = self._button(
            tr("Open"), "historyOpen", lambda: self._tell(self.open_requested)
        )
        self._compare = self._button(
            tr("Compare"), "historyCompare", lambda: self._tell(self.compare_requested)
        )
        self._compare.setToolTip(tr("Open the two selected sessions, and compare them"))
        self._export = self._button(
            tr("Export…"), "historyExport", lambda: self._tell(self.export_requested)
        )
        times = self._button(tr("On diagram"), "historyTimes", self.times_requested.emit)
        times.setToolTip(tr("Show on the diagram how long the sessions in this filter took"))
        self._delete = self._button(
            tr("Delete…"), "historyDelete", lambda: self._tell(self.delete_requested)
        )
        charts = self._button(
            tr("Charts…"), "historyCharts", lambda: self.charts_requested.emit(self.filter.query)
        )
        charts.setToolTip(tr("Show charts of the listed sessions"))
        below = QHBoxLayout()
        below.addWidget(self._count)
        below.addWidget(self._told, 1)
        below.addWidget(self._progress)
        self.add(self.filter, self.table, self._unreadable, below)
        self.add_close()
        for button in self.buttons.buttons():
            cast("QPushButton", button).setAutoDefault(False)  # Enter opens the selected sessions
        self.resize(1100, 640)
        self.setSizeGripEnabled(True)
        self.filter.asked.connect(self._ask_anew)
        self.table.sorted_anew.connect(self._ask)
        self.table.opened.connect(self._open.click)
        self.table.deleted.connect(self._delete.click)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        archive.found.connect(self._show)
        archive.updated.connect(self._updated)
        archive.progressed.connect(self._show_progress)
        archive.failed.connect(self._failed)
        self._enable()
        archive.offered.connect(self._offer)
        archive.unreadable.connect(self._unreadable.show_paths)
        self._since = QElapsedTimer()
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._refresh)
        self.table.empty_text = tr(_READING)
        self._was_updated = False
        self._why_failed = ""
        self._ask()
        self.filter.text.setFocus()

    def ask_for(self, query: Query) -> None:
        self.filter.ask_for(query)

    def tell(self, sentence: str) -> None:
        """Show what was done with sessions, or why not, until something else is asked for."""
        self._told.setText(tr(sentence))

    def changeEvent(self, event: QEvent) -> None:
        """Take in what was recorded while another window was active."""
        super().changeEvent(event)
        is_due = event.type() is QEvent.Type.ActivationChange and self._was_updated
        if is_due and self.isActiveWindow():
            self._update()

    def _refresh(self) -> None:
        """Take in what was recorded meanwhile, unless that would be in the user's way."""
        is_used = QApplication.activePopupWidget() or QApplication.mouseButtons()
        selects_many = self.table.selected_count > _MOST_SELECTED_AGAIN
        if is_used or selects_many or not self.isVisible():
            self._due.start(REFRESH_MS)
        else:
            self._update()

    def _update(self) -> None:
        self._since.start()
        self.archive.update()

    def _button(self, text: str, name: str, do: Callable[[], object]) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _: do())
        return button

    def _ask_anew(self) -> None:
        self.tell("")
        self._ask()

    def _ask(self) -> None:
        order, descending = self.table.order
        self.archive.ask(Asked(self.filter.query, order, descending))

    def _show(self, numbers: "array[int]", total: int, days: Sequence[Day]) -> None:
        selected = self.table.selected_numbers()
        first, row = self.table.first_shown(), self.table.currentIndex().row()
        self._sessions.show(numbers)
        self.table.show_days(days)
        if total:
            self.table.empty_text = tr(_NONE_MATCHES)
        elif self.archive.is_updating:
            self.table.empty_text = tr(_READING)
        elif self._was_updated:
            self.table.empty_text = self._why_failed or tr(_EMPTY)
        if selected and len(selected) <= _MOST_SELECTED_AGAIN:
            self.table.select(selected)
        self.table.go_on_from(row)
        self.table.show_first(first)
        count = tr("{n:,} session", "{n:,} sessions", n=total)
        self._count.setText(
            count
            if len(numbers) == total
            else tr("{numbers:,} of {count}", numbers=len(numbers), count=count)
        )
        self._enable()

    def _offer(self, values: Mapping[Facet, Sequence[str]]) -> None:
        """Offer values to choose; with the first ones, the list is there, and can be updated."""
        self.filter.offer(values)
        if not self._was_updated:
            self._was_updated = True
            self._update()

    def _updated(self) -> None:
        self._progress.hide()
        if self._told.text() == self._why_failed:
            self.tell("")
        self._why_failed = ""
        self._ask()
        took_ms = self._since.elapsed() if self._since.isValid() else 0
        self._due.start(max(REFRESH_MS, _LEAST_SHARE * took_ms))

    def _show_progress(self, done: int, total: int) -> None:
        if total >= _SHOWN_FROM:  # the folder has been looked through
            self._progress.setMaximum(1000)
            self._progress.setValue(1000 * done // total)
            self._progress.show()

    def _failed(self, why: str) -> None:
        self._progress.hide()
        self._due.start(_LEAST_SHARE * REFRESH_MS)
        self.table.empty_text = self._why_failed = tr(why)
        self.tell(why)
        self.table.viewport().update()

    def _enable(self) -> None:
        count, focused = self.table.selected_count, self.focusWidget()
        for button in (self._open, self._export, self._delete):
            button.setEnabled(count > 0)
        self._compare.setEnabled(count == 2)
        self._alike.setEnabled(self._failed_one() is not None)
        if focused is not None and not focused.isEnabled():  # else Qt goes to the next button
            self.table.setFocus()

    def _failed_one(self) -> Row | None:
        """Return the selected session, if it is one and failed."""
        if self.table.selected_count != 1:
            return None
        session = self._sessions.session(self.table.selected_rows()[0].start)
        return session if session is not None and session.error_code else None

    def _ask_for_alike(self) -> None:
        session = self._failed_one()
        if session is not None:
            self.ask_for(Query(error_code=session.error_code))

    def _tell(self, signal: SignalInstance) -> None:
        if numbers := self.table.selected_numbers():
            signal.emit(numbers)
