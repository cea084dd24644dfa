"""A session of a kind that the program does not know, in the real window."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace import load
from exlab_gui.models.session_model import SessionModel
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.constant_source import ConstantSource
from tests.helpers.names import find, seen
from tests.helpers.sessions import until
from tests.helpers.strategies import START
from tests.helpers.window import OpenWindow

STATES = ("pending", "validating", "rendering", "plugin_pass", "failed")


@pytest.fixture
async def window(open_window: OpenWindow) -> AsyncIterator[MonitorWindow]:
    """Yield a window that shows a constant session."""
    window = open_window()
    events = [Event(n, START, state, "observed") for n, state in enumerate(STATES, 1)]
    window.session_actions.add(SessionModel(ConstantSource(CREATION_MACHINE, events)))
    yield window
    await close_window(window)


def trigger(name: str) -> None:
    find(QAction, name).trigger()


async def test_every_pane_shows_it(window: MonitorWindow) -> None:
    """It is named, stepped, played, looked back into and refused as it says itself."""
    assert find(QLabel, "originLabel").text() == "Constant · const-1"
    assert find(QLabel, "originLabel").toolTip() == "const-1: Constant session, not playing"
    assert find(QWidget, "pastBar").isHidden()
    assert find(QWidget, "connectionBar").isHidden()
    assert not find(QAction, "actionListen").isEnabled()
    assert seen().enabled == set()
    assert set(seen().tips.values()) == {"What happens to a constant session is fixed."}
    trigger("actionStep")
    assert (seen().current, len(seen().rows)) == ("validating", 2)
    trigger("actionGoToFirst")
    assert seen().current == "pending"
    assert find(QWidget, "pastBar").isVisible()
    trigger("actionPlay")
    await until(window.session, lambda: window.session.visits.state() == "failed")
    assert seen().current == "pending"
    trigger("actionGoToLatest")
    assert seen().current == "failed"
    assert not find(QAction, "actionPlay").isEnabled()


async def test_it_is_recorded_and_forked(window: MonitorWindow, tmp_path: Path) -> None:
    """What is done with any session is done with it."""
    trigger("actionStep")
    window.session.record(tmp_path / "c")
    trigger("actionStep")
    window.session.stop_recording()
    assert [event.state for event in load(tmp_path / "c").events] == list(STATES[:3])
    trigger("actionForkHere")
    assert "Fork of const-1 at event 3" in find(QLabel, "originLabel").text()
    trigger("actionGoTo_plugin_pass")
    assert seen().current == "plugin_pass"
