"""What is asked for in the history: words, an outcome, an equipment, a plugin, an error, dates."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.archive.search import FACETS, NOT_ENDED, UNKNOWN_EQUIPMENT, Facet, Query
from exlab_gui.core.charts.table import UNKNOWN
from exlab_gui.core.clock import local_time
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.history.day_edit import DayEdit
from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.object_names import named

_TITLES: dict[Facet, tuple[str, str]] = {
    "outcome": (phrase("Outcome"), phrase("Any outcome")),
    "equipment": (phrase("Equipment"), phrase("Any equipment")),
    "plugin": (phrase("Plugin"), phrase("Any plugin")),
    "error_code": (phrase("Error code"), phrase("Any error code")),
}
_TEXTS = {NOT_ENDED: NOT_ENDED, UNKNOWN_EQUIPMENT: UNKNOWN}
"""What values that are no names are called."""


class FilterNames(NamedTuple):
    """The object names of a filter; `facets` in the order of the facets."""

    search: str
    facets: Sequence[str]
    since: str
    until: str
    clear: str


IN_HISTORY = FilterNames(
    "historySearch",
    ("historyOutcome", "historyEquipment", "historyPlugin", "historyErrorCode"),
    "historySince",
    "historyUntil",
    "historyClear",
)

_LONGEST_TEXT = 200
_WIDTH = 110


class HistoryFilter(QWidget):
    """`asked` is emitted with each change of what is asked for, as `query` gives it."""

    asked = Signal()

    def __init__(self, names: FilterNames = IN_HISTORY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = named(QLineEdit(), names.search, "Search the sessions")
        self.text.setPlaceholderText(tr("Search: names, operator, plugin, outcome, error …"))
        self.text.setToolTip(tr("Show only the sessions that contain each of these words"))
        self.text.setClearButtonEnabled(True)
        self.text.setMaxLength(_LONGEST_TEXT)
        self.text.textChanged.connect(self.asked)
        self._facets = {
            facet: self._made_facet(name, *_TITLES[facet])
            for facet, name in zip(FACETS, names.facets, strict=True)
        }
        self._since = DayEdit(names.since, tr("Began on this day or later"))
        self._until = DayEdit(names.until, tr("Began on this day or earlier"))
        for date in (self._since, self._until):
            date.dateChanged.connect(lambda _: self.asked.emit())
        self._clear = named(QPushButton(tr("Clear")), names.clear)
        self._clear.setToolTip(tr("Show all sessions again"))
        self._clear.setAutoDefault(False)
        self._clear.clicked.connect(self._ask_for_all)
        self.asked.connect(self._enable)
        self._enable()
        row = QHBoxLayout()
        for facet in self._facets.values():
            row.addWidget(facet, 1)
        for text, date in ((tr("From"), self._since), (tr("to"), self._until)):
            label = plain_label(text)
            label.setBuddy(date)
            row.addWidget(label)
            row.addWidget(date)
        row.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addLayout(row)

    @property
    def query(self) -> Query:
        since, until = self._since.begin, self._until.begin
        return Query(
            self.text.text(),
            **{facet: _chosen(box) for facet, box in self._facets.items()},
            since=since,
            until=until and local_time(until.replace(tzinfo=None) + timedelta(days=1)),
        )

    def offer(self, values: Mapping[Facet, Sequence[str]]) -> None:
        """Offer these values; what is chosen stays so."""
        for facet, box in self._facets.items():
            chosen = _chosen(box)
            kept = [chosen] if chosen and chosen not in values[facet] else []
            box.blockSignals(True)
            _keep_first(box)
            for value in (*values[facet], *kept):
                box.addItem(_text(value), value)
            box.setCurrentIndex(max(box.findData(chosen), 0) if chosen else 0)
            box.blockSignals(False)

    def ask_for(self, query: Query) -> None:
        """Ask for `query`, whose dates are days."""
        self.blockSignals(True)
        self.text.setText(query.text)
        for facet, box in self._facets.items():
            value = getattr(query, facet)
            if value and box.findData(value) < 0:
                box.addItem(_text(value), value)
            box.setCurrentIndex(max(box.findData(value), 0) if value else 0)
        self._since.choose(query.since)
        self._until.choose(query.until and query.until - timedelta(seconds=1))
        self.blockSignals(False)
        self.asked.emit()

    def _made_facet(self, name: str, title: str, everything: str) -> QComboBox:
        box = named(ElidingComboBox(), name, title)
        box.addItem(tr(everything), "")
        box.setToolTip(tr(title))
        box.setMinimumWidth(_WIDTH)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.currentIndexChanged.connect(lambda _: self.asked.emit())
        return box

    def _ask_for_all(self) -> None:
        self.ask_for(Query())
        self.text.setFocus()  # the button is disabled now

    def _enable(self) -> None:
        self._clear.setEnabled(self.query != Query())


def _chosen(box: QComboBox) -> str:
    return str(box.currentData() or "")


def _text(value: str) -> str:
    """Return `value` as it is offered."""
    return tr(_TEXTS[value]) if value in _TEXTS else value


def _keep_first(box: QComboBox) -> None:
    while box.count() > 1:
        box.removeItem(box.count() - 1)
