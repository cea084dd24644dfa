"""Two sessions side by side."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.analysis.compare import Comparison, Divergence, compare
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import TellingTable


class CompareDialog(QDialog):
    """Where `session` and another one part, what each did after, and their time per state."""

    def __init__(self, session: SessionModel, others: list[SessionModel], parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "compareDialog")
        self.setWindowTitle(f"Compare {session.label}")
        self._session = session
        self._others = others
        self._other = named(QComboBox(), "compareOther", "Other session")
        self._other.addItems([other.label for other in others])
        self._told = WrappingLabel(name="compareWays")
        self._table = TellingTable(("State", "", ""), "compareTable", "Time in each state")
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        choice = form_rows((f"Compare {session.label} with", self._other))
        buttons = QDialogButtonBox()
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(choice)
        column.addWidget(self._told)
        column.addWidget(self._table, 1)
        column.addWidget(buttons)
        self.resize(560, 480)
        self.finished.connect(self.deleteLater)
        self._other.currentIndexChanged.connect(self._compare)
        if session.info.fork is not None:
            self._other.setCurrentText(session.info.fork.of)
        self._compare()

    def _compare(self) -> None:
        other = self._others[self._other.currentIndex()]
        result = compare(self._session.visits, other.visits)
        self._told.setText(self._words(result, other))
        self._table.setHorizontalHeaderLabels(["State", self._session.label, other.label])
        self._table.setRowCount(0)
        for spent in result.spent:
            self._table.add_row(spent.state, spent.first.text(3), spent.second.text(3))

    def _words(self, result: Comparison, other: SessionModel) -> str:
        if not result.diverged:
            return f"Both entered the same states: {_path(result.common)}."
        where = f"after {result.common[-1]}" if result.common else "from the start"
        return "\n".join(
            (
                f"They diverge {where}.",
                _went(self._session.label, result.first),
                _went(other.label, result.second),
            )
        )


_SHOWN = 20


def _went(label: str, way: Divergence) -> str:
    if not way.states:
        return f"{label} has no later states."
    return f"{label} then entered {_path(way.states)}."


def _path(states: Sequence[str]) -> str:
    more = f" → … ({len(states) - _SHOWN:,} more)" if len(states) > _SHOWN else ""
    return f"{' → '.join(states[:_SHOWN])}{more}"
