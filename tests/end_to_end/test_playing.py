"""Sessions that go on by themselves, in the real window, on the loop that the program runs on."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.scenario.scenario import Answer, Scenario
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.names import find, seen
from tests.helpers.sessions import until
from tests.helpers.window import OpenWindow


@pytest.fixture
async def window(open_window: OpenWindow) -> AsyncIterator[MonitorWindow]:
    """Yield a window, and close it before the loop is: nothing of it may go on."""
    window = open_window()
    yield window
    await close_window(window)


def quick(name: str, *, answered_after: float = 0.001) -> Scenario:
    """Return a scenario of the program with hardly any time between its steps."""
    scenario = find_scenario(name)
    steps = [
        msgspec.structs.replace(step, after=answered_after if isinstance(step, Answer) else 0.001)
        for step in scenario.steps
    ]
    return msgspec.structs.replace(scenario, steps=tuple(steps))


def trigger(name: str) -> None:
    find(QAction, name).trigger()


async def test_a_plugin_asks_and_the_user_answers(window: MonitorWindow) -> None:
    """The play brings up the form that the plugin asks for, and goes on after the answer."""
    window.session_actions.play(quick("asks_once", answered_after=3600))
    session = window.session
    trigger("actionPlay")
    await until(session, lambda: seen().form)
    assert seen().current == "input_required"
    assert session.playing
    find(QLineEdit, "field_sample_id").setText("S-7")
    find(QAbstractButton, "pendingInputSubmit").click()
    assert not seen().form
    await until(session, lambda: not session.playing)
    now = seen()
    assert (now.current, now.form) == ("done", False)
    assert [row.kind for row in now.rows] == [
        *("transition", "phase", "phase", "phase", "progress", "input_required"),
        *("phase", "progress", "progress", "phase", "phase", "phase", "done"),
    ]
    assert now.rows[6].detail.startswith("resumed: sample_id = S-7, library_kit = Nextera XT, ")


async def test_a_breakpoint_pauses_the_play(window: MonitorWindow) -> None:
    """Playing pauses on entering a state with a breakpoint, and goes on when told to."""
    window.session_actions.play(quick("happy_path"))
    session = window.session
    window.playback.toggle_breakpoint("cache_write")
    trigger("actionPlay")
    await until(session, lambda: not session.playing)
    assert seen().current == "cache_write"
    assert find(QAction, "actionPlay").isEnabled()
    trigger("actionPlay")
    await until(session, lambda: not session.playing)
    assert seen().current == "done"


async def test_playing_can_be_paused_stepped_and_reset(window: MonitorWindow) -> None:
    """While it plays there is a pause, when it does not a step; a reset begins anew."""
    window.session_actions.play(find_scenario("happy_path"))
    session = window.session
    buttons = {name: find(QAction, f"action{name}") for name in ("Play", "Pause", "Step", "Reset")}

    def enabled() -> set[str]:
        return {name for name, action in buttons.items() if action.isEnabled()}

    assert enabled() == {"Play", "Step"}
    trigger("actionPlay")
    assert (session.playing, enabled()) == (True, {"Pause", "Step", "Reset"})
    trigger("actionPause")
    assert (session.playing, enabled()) == (False, {"Play", "Step"})
    trigger("actionStep")
    assert (seen().current, enabled()) == ("validating", {"Play", "Step", "Reset"})
    trigger("actionPlay")
    trigger("actionReset")
    assert (session.playing, seen().current, enabled()) == (False, "pending", {"Play", "Step"})


async def test_playing_can_be_failed_and_cancelled(window: MonitorWindow) -> None:
    """A session that plays can be ended by hand; then nothing plays any more."""
    for ending in ("failed", "aborted"):
        window.session_actions.play(find_scenario("happy_path"))
        session = window.session
        trigger("actionPlay")
        trigger(f"actionGoTo_{ending}")
        assert (session.playing, seen().current) == (False, ending)


async def test_two_sessions_play_side_by_side(window: MonitorWindow) -> None:
    """Each session plays its own scenario; the window shows the one that is chosen."""
    window.session_actions.play(quick("happy_path"))
    first = window.session
    trigger("actionPlay")
    second = window.session_actions.open(quick("internal_error"))
    trigger("actionPlay")
    assert first.playing
    assert second.playing
    for session in (first, second):
        await until(session, lambda session=session: not session.playing)
    assert (first.state, second.state) == ("done", "failed")
    assert seen().current == "failed"
    trigger("actionPreviousSession")
    assert seen().current == "done"
    assert len(seen().rows) == first.count != second.count


async def test_a_window_is_closed_while_it_plays(open_window: OpenWindow) -> None:
    """Closing the window in the middle of playing ends what goes on, in every session."""
    window = open_window()
    for scenario in (find_scenario("happy_path"), find_scenario("asks_once")):
        window.session_actions.open(scenario)
        trigger("actionPlay")
    playing = asyncio.all_tasks() - {asyncio.current_task()}
    assert len(playing) == 2
    await close_window(window)
    assert all(task.cancelled() for task in playing)


async def test_a_session_is_closed_while_it_plays(window: MonitorWindow) -> None:
    """Closing a session in the middle of playing ends its play, and shows another one."""
    window.session_actions.play(find_scenario("happy_path"))
    closing = window.session
    trigger("actionPlay")
    assert closing.playing
    trigger("actionCloseSession")
    assert (closing.playing, window.session.label) == (False, "sim-2")
    await closing.ended()
