"""Notices on the desktop: shown where they are wanted, and where nobody has seen it."""

import pytest

from exlab_gui.controllers.notifier import Notifier
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.window import OpenWindow


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def notifier(window: MonitorWindow, shown: list[str]) -> Notifier:
    window.notifier.show = shown.append
    return window.notifier


def test_it_is_plain_text(notifier: Notifier, window: MonitorWindow, shown: list[str]) -> None:
    """A desktop that takes notices for markup finds none."""
    notifier.tell(window.session, "<b>x</b> needs input", seen=False)
    assert shown == ["‹b›x‹/b› needs input"]


def test_what_is_seen_is_not_told(
    notifier: Notifier, window: MonitorWindow, shown: list[str]
) -> None:
    """The session in the window that is in front needs no notice."""
    assert window.isActiveWindow()
    notifier.tell(window.session, "x", seen=True)
    assert shown == []


def test_it_can_be_switched_off_and_stays_so(
    notifier: Notifier, window: MonitorWindow, shown: list[str], open_window: OpenWindow
) -> None:
    """Also in the next window."""
    action = window.actions_by_name["actionNotify"]
    assert action.isChecked()
    action.trigger()
    notifier.tell(window.session, "x", seen=False)
    assert shown == []
    assert not open_window().actions_by_name["actionNotify"].isChecked()


def test_a_click_has_the_session_shown(notifier: Notifier, window: MonitorWindow) -> None:
    """The one that the latest notice was about, as long as it is open."""
    first = window.session
    notifier.show_latest()
    window.session_actions.open()
    notifier.tell(first, "x", seen=False)
    notifier.show_latest()
    assert window.session is first
    notifier.tell(SessionModel(SimulatedSource("closed")), "x", seen=False)
    notifier.show_latest()
    assert window.session is first


def test_without_a_tray_the_window_says_it(window: MonitorWindow) -> None:
    """Nothing gets lost on a desktop that has no place for notices."""
    window.notifier.tell(window.session, "sim-1 needs input", seen=False)
    assert window.panes.messages.text == "sim-1 needs input"
