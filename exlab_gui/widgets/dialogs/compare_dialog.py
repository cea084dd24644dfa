"""Two sessions side by side."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from exlab_gui.core.analysis.compare import Comparison, Divergence, Spent, compare
from exlab_gui.core.text.durations import Span, duration
from exlab_gui.core.text.translation import told, tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.fonts import monospace
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import ReadOnlyTable

_SHOWN = 20


class CompareDialog(Dialog):
    """Where two sessions diverge, their states after that, and their dwell times."""

    def __init__(self, session: SessionModel, others: list[SessionModel], parent: QWidget) -> None:
        super().__init__(tr("Compare {session}", session=session.label), "compareDialog", parent)
        self._session = session
        self._others = others
        self._other = named(ElidingComboBox(), "compareOther", "Other session")
        self._other.addItems([other.label for other in others])
        self._paths = WrappingLabel(name="compareWays")
        self._table = ReadOnlyTable(("State", "", "", ""), "compareTable", "Time in each state")
        columns = self._table.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names begin alike
        self.add(
            form_rows((tr("Compare {session} with", session=session.label), self._other)),
            self._paths,
            self._table,
        )
        self.add_close()
        self.resize(640, 480)
        self._other.currentIndexChanged.connect(self._compare)
        if session.info.fork is not None:
            self._other.setCurrentText(session.info.fork.of)
        self._compare()

    def _compare(self) -> None:
        other = self._others[self._other.currentIndex()]
        until = (_until(self._session), _until(other))
        result = compare(self._session.visits, other.visits, until=until)
        self._paths.setText(self._words(result, other))
        titles = [tr("State"), self._session.label, other.label, tr("Difference")]
        self._table.setHorizontalHeaderLabels(titles)
        self._table.setRowCount(0)
        for spent in result.spent:
            first = _lasted(self._session, spent.state, spent.first)
            second = _lasted(other, spent.state, spent.second)
            difference = "" if spent.state in other.machine.terminal else _difference(spent)
            for time in self._table.add_row(spent.state, first, second, difference)[1:]:
                time.setFont(monospace())
                time.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _words(self, result: Comparison, other: SessionModel) -> str:
        if not result.diverged:
            return tr("Both entered the same states: {path}.", path=_path(result.common))
        where = (
            tr("after {common}", common=result.common[-1])
            if result.common
            else tr("from the start")
        )
        first = _rest(self._session.label, result.first)
        return tr(
            "They diverge {where}.\n{first}\n{rest}",
            where=where,
            first=first,
            rest=_rest(other.label, result.second),
        )


def _until(session: SessionModel) -> datetime | None:
    """Return the time of a session that goes on, or None."""
    is_over = session.visits.state() in session.machine.terminal
    return session.latest() if session.traits.grows and not is_over else None


def _lasted(session: SessionModel, state: str, spent: Span | None) -> str:
    """Return the time in a state, or why there is none."""
    if spent is None:
        return tr("not entered")
    if state in session.machine.terminal:
        return tr("ended")
    goes_on = _until(session) is not None and state == session.visits.state()
    return tr("{time} so far", time=spent.text(3)) if goes_on else told(spent.text(3))


def _difference(spent: Spent) -> str:
    """Return how much longer the second session took; "≈" if a time is not known exactly."""
    if spent.first is None or spent.second is None or spent.difference is None:
        return ""
    is_exact = all(one.least == one.most for one in (spent.first, spent.second))
    sign = "+" if spent.difference > timedelta(0) else ""
    return ("" if is_exact else "≈ ") + sign + told(duration(spent.difference, 3))


def _rest(label: str, rest: Divergence) -> str:
    if not rest.states:
        return tr("{label} has no later states.", label=label)
    return tr("{label} then entered {path}.", label=label, path=_path(rest.states))


def _path(states: Sequence[str]) -> str:
    more = tr(" → … ({more:,} more)", more=len(states) - _SHOWN) if len(states) > _SHOWN else ""
    return f"{' → '.join(states[:_SHOWN])}{more}"
