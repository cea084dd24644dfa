"""The state of the session in large letters, with its details."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.analysis.dwell_times import UsualTime, usual_time
from exlab_gui.core.analysis.outcome import NO_RESULT, headline
from exlab_gui.core.analysis.status import session_meaning
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.clock import utc_now
from exlab_gui.core.text.durations import last_seen
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.fonts import give_font, scaled, tabular
from exlab_gui.widgets.labels import (
    ClampedLabel,
    ElidingLabel,
    SteadyLabel,
    caption,
    show_meaning,
)
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

if TYPE_CHECKING:
    from exlab_gui.core.protocol.events import Event

_MS = timedelta(milliseconds=1)
_TICK = 100 * _MS
_TENTHS_UNTIL = timedelta(minutes=1)  # durations have tenths of seconds until then
_SCALES = {"currentStateLabel": 2.0, "timeInStateLabel": 1.2}
_BETWEEN = 4  # pixels between lines


class DetailsPanel(QWidget, SessionView):
    """State, dwell time, phase, next action, result or error of one session.

    `archived` gives the usual dwell time, which is shown below the current one; if that is not
    known, the histories that `others` gives do.
    """

    archived: Callable[[SessionModel], UsualTime | None] | None = None
    others: Callable[[SessionModel], Iterable[StateHistory]] | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "detailsPanel", "Session")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.state_label = named(ElidingLabel(), "currentStateLabel", "Current state")
        self._time = named(SteadyLabel(), "timeInStateLabel", "Time in the state")
        self._seen = named(ClampedLabel(), "lastSeenLabel", "Last seen")
        show_meaning(self._seen, "warning")
        self._usual = named(ClampedLabel(), "usualTimeLabel", "Usual time in the state")
        self._usual.hide()
        self._usual_of: tuple[SessionModel, Event] | None = None
        self._phase = named(ElidingLabel(), "phaseLabel", "Phase")
        self._next = named(ElidingLabel(), "nextActionLabel", "Next action")
        self._body = QWidget()
        self._steps = QWidget()
        self._outcome_name = caption("Outcome")
        self._outcome = named(ClampedLabel(), "outcomeLabel", "Outcome")
        self._names: dict[QLabel, QLabel] = {
            self._phase: caption("Phase"),
            self._next: caption("Next action"),
            self._outcome: self._outcome_name,
        }
        self._tick = QTimer(self, singleShot=True)
        self._tick.timeout.connect(self._time_passed)
        self._lay_out()
        self.enlarge(None)

    def enlarge(self, pixels: int | None) -> None:
        """Have letters of `pixels`, with the time below the state; None: as at first."""
        self._is_large = pixels is not None
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.LeftToRight if pixels is None else direction.TopToBottom)
        base = QApplication.font(self)
        if pixels is not None:
            base.setPixelSize(pixels)
        for label in self.findChildren(QLabel):
            font = scaled(base, _SCALES.get(label.objectName(), 1.0))
            font.setBold(label is self.state_label)
            give_font(label, tabular(font) if label is self._time else font)
        # The times stand on the line on which the state is written.
        deeper = self.state_label.fontMetrics().descent() - self._time.fontMetrics().descent()
        self._times.setContentsMargins(0, 0, 0, 0 if self._is_large else deeper)
        # What stands beside it does not move as the time goes on.
        self._time.keep_room_for(tr("for {lasted}", lasted="00:00 min"))
        # Of the same height in every state: nothing below moves while one looks at the past.
        lines = 3 if self._is_large else 2
        self._body.setFixedHeight(lines * self._outcome.fontMetrics().lineSpacing() + _BETWEEN)
        self.synchronize()

    def synchronize(self) -> None:
        session = self.session
        if session is None:
            return
        self.state_label.setText(session.state)
        show_meaning(self.state_label, session_meaning(session.visits, session.position))
        self._phase.setText(session.phase or tr("none"))
        self._next.setText(tr("awaiting input") if session.pending_input else tr("none"))
        waits_for = session.info.waits_for if session.position is None else ""
        told = headline(session.visits, session.position, waits_for)
        self._outcome_name.setText(tr(told.name))
        self._outcome.setText(tr(told.text))
        show_meaning(self._outcome, told.meaning)
        self._outcome.clamp(2 if session.is_over or self._is_large else 1)
        # What is over has neither a phase nor a next action: its end comes first.
        self._steps.setVisible(not session.is_over)
        # What is not known yet takes no words.
        for label, shown in (
            (self._phase, session.phase is not None),
            (self._next, session.pending_input is not None),
            (self._outcome, bool(told.text) and told is not NO_RESULT),
        ):
            for one in (self._names[label], label):
                one.setVisible(shown)
        self._tick.stop()
        self._time_passed()
        self._time.fit()
        self._show_usual(session)

    def show_usual_anew(self) -> None:
        """Show the usual dwell time as it is known now."""
        self._usual_of = None
        if self.session is not None:
            self._show_usual(self.session)

    def _time_passed(self) -> None:
        """Show the time, and again when its text will be another one."""
        if (session := self.session) is None:
            return
        self._show_time(session)
        if session.is_over:  # time only passes until then
            return
        lasted = session.now() - session.entered.at
        shows_tenths = session.info.seen is None and lasted < _TENTHS_UNTIL
        every = _TICK if shows_tenths else timedelta(seconds=1)
        self._tick.start((every - lasted % every) // _MS + 1)

    def _show_time(self, session: SessionModel) -> None:
        seen = session.info.seen if session.position is None else None
        self._seen.setText(
            tr("last seen {last_seen}", last_seen=last_seen(seen, utc_now())) if seen else ""
        )
        self._seen.setVisible(seen is not None)
        self._usual.setVisible(seen is None and bool(self._usual.text()))
        if session.is_by_result:
            self._time.setText(tr("known from its result"))
        elif session.is_over:
            self._time.setText(
                tr("after {lasted}", lasted=session.visits.lasted(session.position).text())
            )
        else:
            visit = session.visits.visit(
                session.visits.visit_count(session.position) - 1, session.position
            )
            now = session.now()
            now -= (now - session.entered.at) % _TICK  # not each millisecond: it is being read
            self._time.setText(tr("for {lasted}", lasted=visit.lasted(now).text()))

    def _show_usual(self, session: SessionModel) -> None:
        # Once per visit, since it goes through the histories of all other sessions.
        if self._usual_of == (session, session.entered):
            return
        self._usual_of = (session, session.entered)
        usual = None if session.is_over else self._usual_time(session)
        self._usual.setText(tr(usual.text()) if usual else "")
        self._usual.setVisible(usual is not None and self._seen.isHidden())

    def _usual_time(self, session: SessionModel) -> UsualTime | None:
        archived = self.archived(session) if self.archived else None
        others = self.others(session) if self.others and archived is None else ()
        return archived or usual_time(others, session.state)

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.state_label)
        times = self._times = QHBoxLayout()
        times.setSpacing(16)
        times.addWidget(self._time, 0, Qt.AlignmentFlag.AlignBottom)
        for label in (self._seen, self._usual):
            times.addWidget(label, 1, Qt.AlignmentFlag.AlignBottom)
        times.addStretch(0)
        head.addLayout(times, 1)
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(12)
        for step in (self._phase, self._next):
            steps.addWidget(self._names[step])
            steps.addWidget(step)
        steps.addStretch(1)
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self._outcome_name, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self._outcome, 1)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(_BETWEEN)
        body.addLayout(told)
        body.addWidget(self._steps)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_BETWEEN)
        column.addLayout(head)
        column.addWidget(self._body)
