"""The dialog that compares two sessions."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from exlab_gui.core.analysis.compare import Comparison, Side, compare
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.progress import Progress, no_progress, step
from exlab_gui.core.text.translation import tr
from exlab_gui.models.background.jobs import Jobs
from exlab_gui.models.session_cells import is_over
from exlab_gui.models.session_model import SessionModel
from exlab_gui.models.visit_pairs import VisitPairs
from exlab_gui.theme.brushes import solid
from exlab_gui.theme.fonts import monospace
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.comparing import texts
from exlab_gui.widgets.comparing.tracks import Tracks
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import RowTable

_AT_ONCE = 2_000
"""Comparing so many visits takes about 20 ms."""


class CompareDialog(Dialog):
    """Where two sessions diverge, their timelines on one axis, and the times of their visits."""

    def __init__(
        self,
        session: SessionModel,
        others: list[SessionModel],
        theme: Theme,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        super().__init__(tr("Compare {session}", session=session.label), "compareDialog", parent)
        self._session = session
        self._others = others
        self._theme = theme
        self._jobs = jobs
        self._asked = 0  # how often a comparison was asked for; only the last one is shown
        self._other = named(ElidingComboBox(), "compareOther", "Other session")
        self._other.addItems([other.label for other in others])
        self._align = named(ElidingComboBox(), "compareAlign", "Align the timelines at")
        self._summary = WrappingLabel(name="compareWays")
        self._tracks = Tracks(theme)
        self._legend = WrappingLabel(
            tr("Underlined visits (≠) are in one of the two sessions only."), name="compareLegend"
        )
        self._rows = VisitPairs(monospace(), self)
        self._table = named(RowTable(self._rows), "compareTable", "Time of each visit")
        self._table.empty_text = tr("Comparing…")
        columns = self._table.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names begin alike
        self.add(
            form_rows(
                (tr("Compare {session} with", session=session.label), self._other),
                ("Align the timelines at", self._align),
            ),
            self._summary,
            self._tracks,
            self._legend,
            self._table,
        )
        self.add_close()
        self.resize(760, 600)
        self.finished.connect(self._forget)
        theme.changed.connect(self._style)
        self._style()
        self._table.selectionModel().currentRowChanged.connect(
            lambda index, _before: self._tracks.select(index.row() if index.isValid() else None)
        )
        self._tracks.chosen.connect(self._table.selectRow)
        self._align.currentIndexChanged.connect(
            lambda place: self._tracks.align(self._align.itemText(place) if place > 0 else None)
        )
        self._other.currentIndexChanged.connect(self._compare)
        if session.info.fork is not None:
            self._other.setCurrentText(session.info.fork.of)
        self._compare()

    def _compare(self) -> None:
        self._asked += 1
        asked, other = self._asked, self._others[self._other.currentIndex()]
        labels = self._session.label, other.label
        first, second = _side(self._session), _side(other)
        if self._session.count + other.count <= _AT_ONCE:
            self._show(labels, compare(first(no_progress), second(no_progress)))
            return
        self._clear()

        def work(progress: Progress) -> Comparison:
            sides = first(step(progress, 0, of=3)), second(step(progress, 1, of=3))
            return compare(*sides, step(progress, 2, of=3))

        def then(result: Comparison) -> None:
            if asked == self._asked:
                self._show(labels, result)

        self._jobs.run("Comparing sessions", work, then)

    def _forget(self) -> None:
        """Leave what is still computed alone: the dialog is closed."""
        self._asked += 1

    def _clear(self) -> None:
        """Show nothing of the session that was compared before."""
        self._summary.clear()
        self._tracks.clear()
        self._tracks.setAccessibleDescription("")
        self._legend.hide()
        self._align.clear()
        self._rows.show(("",) * 4, 0, lambda _row: (), lambda _row: "")

    def _show(self, labels: tuple[str, str], result: Comparison) -> None:
        said = texts.summary(result, labels)
        self._summary.setText(said)
        self._tracks.setAccessibleDescription(said)
        self._legend.setVisible(result.diverged)
        self._tracks.compare(result, labels)
        both = [
            state
            for state in result.sides[0].visits.machine.states
            if all(side.visits.visited(state) for side in result.sides)
        ]
        self._align.clear()
        self._align.addItems([tr("Start"), *both])

        def cells(row: int) -> tuple[str, ...]:
            apart = texts.difference(result.difference(row))
            return result.state(row), *texts.lasted(result, row), apart

        titles = (tr("State"), *labels, tr("Difference"))
        self._rows.show(
            titles, len(result.pairs), cells, lambda row: texts.only_in(result, labels, row)
        )

    def _style(self) -> None:
        self._rows.set_style(solid(self._theme.colours.warning))
        self._table.viewport().update()


def _side(session: SessionModel) -> Callable[[Progress], Side]:
    """Return what makes a side of `session` as it is now; that may be called in any thread."""
    visits = session.visits
    if not session.traits.grows:
        return lambda _progress: Side(visits, visits.history[-1].at)
    history, machine = visits.history[: visits.count], session.machine
    until = history[-1].at if is_over(session) else session.latest()
    return lambda progress: Side(StateHistory(machine, history, progress), until)
