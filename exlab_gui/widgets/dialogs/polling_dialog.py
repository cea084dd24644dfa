"""How often servers are polled: kept in the settings, and chosen in a dialog."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.settings import Settings
from exlab_gui.sources.live.connection import PollIntervals
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named

SESSION_S, LIST_S = "live/session_s", "live/list_s"
SESSION_LIMITS, LIST_LIMITS = (0.1, 60.0), (0.25, 600.0)
"""The least and the most seconds between two polls."""


def kept_intervals(settings: Settings) -> PollIntervals:
    """Return the intervals that the user wants, within the limits."""
    usual = PollIntervals()
    session_s = _within(settings.number(SESSION_S, usual.session_s), SESSION_LIMITS)
    return PollIntervals(session_s, _within(settings.number(LIST_S, usual.list_s), LIST_LIMITS))


class PollingDialog(QDialog):
    """Asks for the seconds between two polls; `chosen` gives the PollIntervals."""

    chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "paceDialog")
        self.setWindowTitle("Polling interval")
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
        buttons = QDialogButtonBox()
        accept = buttons.addButton("Apply", QDialogButtonBox.ButtonRole.AcceptRole)
        named(accept, "endConfirm").setDefault(True)
        named(buttons.addButton(QDialogButtonBox.StandardButton.Cancel), "endReject")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(WrappingLabel("How often to poll a server."))
        column.addLayout(rows)
        column.addWidget(buttons)
        self.accepted.connect(self._keep)
        self.finished.connect(self.deleteLater)

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
