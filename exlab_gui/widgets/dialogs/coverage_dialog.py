"""How often each state and transition was taken, as a table."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHeaderView, QWidget

from exlab_gui.core.analysis.coverage import NEVER, Coverage
from exlab_gui.core.text.translation import tr, translatable
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import ReadOnlyTable

_HEADERS = translatable(("State or transition", "Times", "Share"))


class CoverageDialog(Dialog):
    """Counts of the shown session or of all: states first, then transitions.

    A share is that of all state visits, or of all transitions taken. `scope_chosen` is True for
    all open sessions.
    """

    scope_chosen = Signal(bool)
    save_requested = Signal()

    def __init__(self, of_all: bool, parent: QWidget) -> None:
        super().__init__("Coverage", "coverageDialog", parent)
        self._scope = named(ElidingComboBox(), "coverageScope", "Sessions counted")
        self._scope.addItems(
            [tr("All open sessions of this state machine"), tr("The shown session")]
        )
        self._scope.setCurrentIndex(0 if of_all else 1)
        self._summary = WrappingLabel(name="coverageSummary")
        self._table = ReadOnlyTable(_HEADERS, "coverageTable", "Coverage")
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        save = self.buttons.addButton(tr("Save as JSON…"), QDialogButtonBox.ButtonRole.ActionRole)
        named(save, "coverageSave")
        save.setAutoDefault(False)
        save.clicked.connect(self.save_requested)
        self.add(form_rows(("Count", self._scope)), self._summary, self._table)
        self.add_close()
        self.resize(560, 600)
        self._scope.currentIndexChanged.connect(lambda place: self.scope_chosen.emit(place == 0))

    def show_coverage(self, coverage: Coverage) -> None:
        self._summary.setText(tr(coverage.summary()))
        edges = {" → ".join(edge): times for edge, times in coverage.transitions.items()}
        self._table.setRowCount(0)
        self._add(coverage.states.items())
        self._add(edges.items())

    def _add(self, counts: Iterable[tuple[str, int]]) -> None:
        rows = list(counts)
        total = sum(times for _, times in rows)
        for name, times in rows:
            counted = f"{times:,}" if times else tr(NEVER)
            for cell in self._table.add_row(name, counted, _share(times, total))[1:]:
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _share(times: int, total: int) -> str:
    return tr("{share:.1f} %", share=100 * times / total if total else 0.0)
