"""The log of a session, with its filter and the details of the selected event."""

from collections.abc import Collection

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.text.log_columns import KINDS
from exlab_gui.core.text.translation import tr
from exlab_gui.models.event_table import EventTableModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.brushes import solid
from exlab_gui.theme.fonts import monospace
from exlab_gui.theme.icons import icon
from exlab_gui.theme.semantic_colours import kind_colour
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.filter_edit import FilterEdit
from exlab_gui.widgets.labels import ElidingLabel
from exlab_gui.widgets.log.event_pane import EventPane
from exlab_gui.widgets.log.kinds_menu import KindsMenu
from exlab_gui.widgets.log.log_table import LogTable
from exlab_gui.widgets.object_names import named

_BESIDE = 560
"""From which width on the details are beside the log."""


class LogPane(QWidget):
    """The log, with the filter above, and the details of the selected row beside or below."""

    event_chosen = Signal(int)
    """Index of the event to move the position to."""
    event_selected = Signal(int)
    """Index of the event whose row alone is selected."""
    range_dropped = Signal()
    """The user wants to see all events again, not only those of a range."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._position: int | None = None
        self.model = EventTableModel(self)
        self.table = LogTable(self.model)
        tip = tr("Show only the rows that contain each of these words")
        self.filter = named(FilterEdit(tr("Filter"), tip), "eventLogFilter", "Filter the log")
        self._kinds = KindsMenu(self)
        self._follow = named(QCheckBox(tr("Follow")), "eventLogFollow")
        self._switch = named(QCheckBox(tr("Details")), "eventLogJsonSwitch")
        self._count = named(ElidingLabel(), "eventLogCount")
        self.event_pane = EventPane()
        self._lay_out()
        self._connect()
        self._style()

    def set_session(self, session: SessionModel) -> None:
        if self.model.session is not None:
            self.model.session.changed.disconnect(self._follow_position)
        self.model.set_session(session)
        session.changed.connect(self._follow_position)
        self._position = None
        self.table.follow(True)
        self._show_selected()
        self._follow_position()

    def _follow_position(self) -> None:
        session = self.model.session
        position = session.position if session else None
        if position == self._position:
            return
        self._position = position
        if position is None:
            self.table.clearSelection()  # of the event at the position that was shown
            self.table.follow(True)
        else:
            self.table.show_event(position - 1)

    def select_event(self, index: int) -> None:
        """Select the row of the event at `index`, unless it is hidden."""
        row = self.model.row_of(index)
        if row is not None and self.model.event_index(row) == index:
            self.table.show_event(index)

    def show_event(self, index: int) -> None:
        """Select the row of the event at `index`; show all rows if it is hidden."""
        model = self.model
        row = model.row_of(index)
        if row is None or model.event_index(row) != index:
            self.filter.clear()
            self.hide_kinds(())
            self._drop_range()
            model.show_cleared()
        self.table.show_event(index)

    @property
    def shows_details(self) -> bool:
        return self._switch.isChecked()

    def show_details(self, shown: bool) -> None:
        """Show or hide the details of the selected event."""
        self._switch.setChecked(shown)

    def show_range(self, chosen: range | None, text: str = "") -> None:
        """Show only the events with these indices, which `text` describes; None: all."""
        self.model.set_range(chosen)
        self._range.setVisible(chosen is not None)
        self._range.setText(f"{text} ✕")
        self._follow.setVisible(chosen is None)  # no event comes into a range of the past

    def _drop_range(self) -> None:
        self.show_range(None)
        self.range_dropped.emit()

    @property
    def views_menu(self) -> QMenu:
        """The empty menu of the saved views."""
        return self._kinds.views

    @property
    def hidden_kinds(self) -> frozenset[str]:
        return self._kinds.hidden

    def hide_kinds(self, kinds: Collection[str]) -> None:
        self._kinds.hide_kinds(kinds)

    def _lay_out(self) -> None:
        self._kinds_button = named(QToolButton(), "eventLogKindsButton", "Kinds shown")
        self._kinds_button.setText(tr("Kinds"))
        self._kinds_button.setMenu(self._kinds)
        self._kinds_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._kinds_button.setIcon(icon("filter"))
        self._kinds_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._follow.setToolTip(tr("Keep the newest row in view"))
        self._range = named(QToolButton(), "eventLogRange", "Selected range")
        self._range.setToolTip(tr("Only events of the selected time are shown. Press to show all"))
        self._range.hide()
        self._switch.setToolTip(
            tr("Show all of the selected event; a click on a row shows it, too")
        )
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.filter, 1)
        for widget in (self._kinds_button, self._range, self._follow, self._switch, self._count):
            row.addWidget(widget)
        self.event_pane.hide()
        self.splitter = named(QSplitter(Qt.Orientation.Vertical), "eventLogSplitter")
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.event_pane)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self._kinds.changed.connect(self._filter)
        self._range.clicked.connect(self._drop_range)
        self.table.activated.connect(
            lambda index: self.event_chosen.emit(self.model.event_index(index.row()))
        )
        self._follow.setChecked(self.table.following)
        self._follow.toggled.connect(self.table.follow)
        self.table.following_changed.connect(self._follow.setChecked)
        self._switch.toggled.connect(self.event_pane.setVisible)
        self._switch.toggled.connect(self._show_selected)
        self.event_pane.closed.connect(lambda: self._switch.setChecked(False))
        self.table.clicked.connect(lambda: self._switch.setChecked(True))
        self.table.selectionModel().selectionChanged.connect(self._show_selected)
        self.model.modelReset.connect(self._show_selected)  # nothing is selected any more
        self.model.filtering.connect(self._show_count)
        self._theme.changed.connect(self._style)

    def _filter(self) -> None:
        self.model.set_filter(self.filter.text(), self.hidden_kinds)
        shown = len(KINDS) - len(self.hidden_kinds)
        self._kinds_button.setText(
            tr("{shown} of {kinds} kinds", shown=shown, kinds=len(KINDS))
            if self.hidden_kinds
            else tr("Kinds")
        )

    def _show_selected(self, _selected: QItemSelection | bool | None = None) -> None:
        rows, session = self.table.selected_rows(), self.model.session
        event = self.model.event_index(rows[0][0]) if sum(map(len, rows)) == 1 else None
        if event is not None:
            self.event_selected.emit(event)
        if self.event_pane.isHidden():
            return
        if session is not None and event is not None:
            self.event_pane.show_event(session, event)
        else:
            self.event_pane.show_hint(tr("Select one row to see all of its event."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the details beside the log if there is room for both, else below it."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        self.splitter.setOrientation(
            Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        )

    def _show_count(self, filtering: bool) -> None:
        shown, total = self.model.rowCount(), self.model.event_count
        events = tr("1 event") if total == 1 else tr("{total:,} events", total=total)
        self._count.setText(
            tr("{shown:,} of {total:,}", shown=shown, total=total) if shown < total else events
        )
        if filtering:
            self.table.empty_text = tr("Filtering…")
        elif self.model.filtered:
            self.table.empty_text = self._why_empty()
        else:
            self.table.empty_text = tr("The log was cleared. New events appear here.")
        if not shown:
            self.table.viewport().update()

    def _why_empty(self) -> str:
        """Return what hides all events: the text of the filter, the kinds, or both."""
        if not self._range.isHidden():
            return tr("No event of the selected time is shown. Press ✕ to show all times.")
        if not self.hidden_kinds:
            return tr("No event matches the filter. Clear the filter to show all.")
        if not self.filter.text().strip():
            return tr("All events are of kinds that are hidden. Show them with Kinds, Show all.")
        return tr("No event of the shown kinds matches the filter.")

    def _style(self) -> None:
        colours = self._theme.colours
        roles = {kind: kind_colour(kind) for kind in KINDS}
        brushes = {
            kind: solid(getattr(colours, role)) for kind, role in roles.items() if role != "text"
        }
        self.model.set_style(monospace(), brushes)
