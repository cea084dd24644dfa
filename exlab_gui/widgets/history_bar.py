"""The position in the history, with buttons that move it."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from exlab_gui.core.text.durations import time_of_day
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.controls.action_button import ActionButton
from exlab_gui.widgets.labels import ClampedLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

MOVES = ("actionForkHere", "actionGoToLatest")


def shows_position(session: SessionModel) -> bool:
    """Return whether the position is worth telling: it is in the past, or in a recording."""
    return session.position is not None or not session.traits.grows


class HistoryBar(QFrame, SessionView):
    """Shows the position if it is in the past, or in a recording; hidden otherwise.

    The other buttons that move it are beside the timeline.
    """

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "pastBar", "Position")
        self.setProperty("role", "past")
        self._text = named(ClampedLabel(), "pastLabel")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 2)
        row.addWidget(self._text, 1)
        for name in MOVES:
            row.addWidget(named(ActionButton(actions[name]), f"past_{name}"))
        self.hide()

    def synchronize(self) -> None:
        session = self.session
        if session is None:
            return
        self.setVisible(shows_position(session))
        if self.isHidden():
            return
        at = time_of_day(session.history[session.shown_count - 1].at, "milliseconds")
        where = tr(
            "event {number:,} of {count:,}, at {time}",
            number=session.shown_count,
            count=session.count,
            time=at,
        )
        if not session.traits.grows:
            self._text.setText(tr("Recording: {where}", where=where))
        else:
            text = tr("Past: {where}.", where=where)
            if session.visits.state() not in session.machine.terminal:
                text += " " + tr("Still running.")
            self._text.setText(text)
