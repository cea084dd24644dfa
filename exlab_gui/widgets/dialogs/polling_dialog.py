"""The polling intervals: kept in the settings, and set in a dialog."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.settings import Settings
from exlab_gui.sources.live.polling.intervals import (
    BUSY_S,
    QUIET_S,
    REMOTE_S,
    PollIntervals,
)
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named

SESSION_S, LIST_S = "live/session_s", "live/list_s"
SESSION_LIMITS, LIST_LIMITS = (0.05, 60.0), (0.05, 600.0)
"""The shortest and the longest interval, in seconds."""

_AUTOMATIC = 0.0
_EXPLANATION = phrase(
    "Automatic: every {busy:.0f} ms while sessions change, else every {quiet:.0f} ms; on "
    "another computer every {remote:.0f} s. Polling misses sessions that are shorter than the "
    "interval; they are found later by their results.",
    busy=BUSY_S * 1000,
    quiet=QUIET_S * 1000,
    remote=REMOTE_S,
)


def kept_intervals(settings: Settings) -> PollIntervals:
    """Return the polling intervals from the settings, within the limits."""
    usual = PollIntervals()
    session_s = _within(settings.number(SESSION_S, usual.session_s), SESSION_LIMITS)
    list_s = settings.number(LIST_S, _AUTOMATIC)
    return PollIntervals(session_s, None if list_s == _AUTOMATIC else _within(list_s, LIST_LIMITS))


class PollingDialog(Dialog):
    """Sets the polling intervals; `chosen` gives them as PollIntervals."""

    chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__("Polling interval", "paceDialog", parent)
        self._settings = settings
        intervals = kept_intervals(settings)
        self._session = named(
            _seconds(intervals.session_s, SESSION_LIMITS), "paceSession", "Session"
        )
        shortest_s, longest_s = _AUTOMATIC, LIST_LIMITS[1]
        self._list = named(
            _seconds(intervals.list_s or _AUTOMATIC, (shortest_s, longest_s)),
            "paceList",
            "List of sessions",
        )
        self._list.setSpecialValueText(tr("Automatic"))
        rows = form_rows(
            ("Shown session, every", self._session),
            ("List of sessions, every", self._list),
        )
        self.add(
            WrappingLabel(tr("How often to poll the server")), rows, WrappingLabel(tr(_EXPLANATION))
        )
        self.add_choice("Apply", "Cancel", ("endConfirm", "endReject"))
        self.accepted.connect(self._keep)

    def _keep(self) -> None:
        self._settings.keep(SESSION_S, self._session.value())
        self._settings.keep(LIST_S, self._list.value())
        self.chosen.emit(kept_intervals(self._settings))


def _seconds(value: float, limits: tuple[float, float]) -> QDoubleSpinBox:
    box = QDoubleSpinBox(decimals=2, singleStep=0.05, suffix=" s")
    box.setRange(*limits)
    box.setValue(value)
    return box


def _within(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])
