"""The polling intervals: kept in the settings, and set in a dialog."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from exlab_gui.settings import Settings
from exlab_gui.sources.live.connection_state import PollIntervals
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named

SESSION_S, LIST_S = "live/session_s", "live/list_s"
SESSION_LIMITS, LIST_LIMITS = (0.1, 60.0), (0.25, 600.0)
"""The shortest and the longest interval, in seconds."""


def kept_intervals(settings: Settings) -> PollIntervals:
    """Return the polling intervals from the settings, within the limits."""
    usual = PollIntervals()
    session_s = _within(settings.number(SESSION_S, usual.session_s), SESSION_LIMITS)
    return PollIntervals(session_s, _within(settings.number(LIST_S, usual.list_s), LIST_LIMITS))


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
        self._list = named(_seconds(intervals.list_s, LIST_LIMITS), "paceList", "List of sessions")
        rows = form_rows(
            ("Shown session, every", self._session),
            ("List of sessions, every", self._list),
        )
        self.add(WrappingLabel("How often to poll the server"), rows)
        self.add_choice("Apply", "Cancel", ("endConfirm", "endReject"))
        self.accepted.connect(self._keep)

    def _keep(self) -> None:
        self._settings.keep(SESSION_S, self._session.value())
        self._settings.keep(LIST_S, self._list.value())
        self.chosen.emit(kept_intervals(self._settings))


def _seconds(value: float, limits: tuple[float, float]) -> QDoubleSpinBox:
    box = QDoubleSpinBox(decimals=2, singleStep=0.25, suffix=" s")
    box.setRange(*limits)
    box.setValue(value)
    return box


def _within(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])
