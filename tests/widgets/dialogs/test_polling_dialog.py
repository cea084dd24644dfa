"""How often servers are asked: chosen, kept, and never beyond the limits."""

import pytest
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QPushButton

from exlab_gui.settings import Settings
from exlab_gui.sources.live.polling.intervals import PollIntervals
from exlab_gui.widgets.dialogs.polling_dialog import LIST_S, SESSION_S, kept_intervals
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import POPUPS

pytestmark = POPUPS


def open_dialog(window: MonitorWindow) -> QDialog:
    window.actions_by_name["actionPace"].trigger()
    return window.findChild(QDialog, "paceDialog")


def test_what_is_chosen_is_kept(window: MonitorWindow) -> None:
    """The dialog comes up with what was chosen last, and a server is asked so often."""
    assert kept_intervals(window.settings) == PollIntervals()
    dialog = open_dialog(window)
    dialog.findChild(QDoubleSpinBox, "paceSession").setValue(2)
    dialog.findChild(QDoubleSpinBox, "paceList").setValue(30)
    dialog.findChild(QPushButton, "endConfirm").click()
    assert kept_intervals(window.settings) == PollIntervals(session_s=2.0, list_s=30.0)


def test_what_is_not_confirmed_changes_nothing(window: MonitorWindow) -> None:
    """Leaving the dialog leaves the pace."""
    dialog = open_dialog(window)
    dialog.findChild(QDoubleSpinBox, "paceList").setValue(30)
    dialog.findChild(QPushButton, "endReject").click()
    assert kept_intervals(window.settings) == PollIntervals()


@pytest.mark.parametrize(
    ("kept", "interval"),
    [("0.01", 0.05), ("-3", 0.05), ("1e9", 60.0), ("often", 0.25), ("nan", 0.25)],
)
def test_whatever_is_kept_is_within_the_limits(
    settings: Settings, kept: str, interval: float
) -> None:
    """A server is not asked without a pause because of what stands in a file."""
    settings.keep(SESSION_S, kept)
    settings.keep(LIST_S, kept)
    intervals = kept_intervals(settings)
    assert intervals.session_s == interval
    assert intervals.list_s is None or 0.05 <= intervals.list_s <= 600.0


def test_the_list_is_polled_automatically_at_first(window: MonitorWindow) -> None:
    """The dialog says so, and what that is; it can be chosen again."""
    for _ in range(2):
        dialog = open_dialog(window)
        box = dialog.findChild(QDoubleSpinBox, "paceList")
        assert box.text() == "Automatic"
        box.setValue(0.05)
        assert box.text() == "0.05 s"
        dialog.findChild(QPushButton, "endConfirm").click()
        assert kept_intervals(window.settings).list_s == 0.05
        dialog = open_dialog(window)
        dialog.findChild(QDoubleSpinBox, "paceList").setValue(0)
        dialog.findChild(QPushButton, "endConfirm").click()
        assert kept_intervals(window.settings).list_s is None
