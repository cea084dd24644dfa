"""A tour in the window, on the loop that the program runs on."""

import asyncio
from collections.abc import AsyncIterator, Callable

import networkx  # noqa: F401  # imported in a thread otherwise, when the first tour starts
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from exlab_gui.controllers import tour as tour_actions
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import along
from exlab_gui.testing import assert_conforms
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.drawings import machine_of
from tests.helpers.names import find
from tests.helpers.window import OpenWindow

MACHINE = machine_of({"a": "b", "b": "x c", "x": "b", "c": ""}, "oops")

Open = Callable[[StateMachine], MonitorWindow]


@pytest.fixture
async def open_on(open_window: OpenWindow) -> AsyncIterator[Open]:
    """Yield what opens a window that plays fast, and close it before the loop is."""
    opened = []

    def open_it(machine: StateMachine) -> MonitorWindow:
        window = open_window(machine)
        window.play_bar.set_factor(16)
        opened.append(window)
        return window

    yield open_it
    for window in opened:
        await close_window(window)


async def until(window: MonitorWindow, holds: Callable[[], bool]) -> None:
    """Return once `holds` gives true, after a change of any session."""
    shown_count = asyncio.get_running_loop().create_future()

    def look() -> None:
        if holds() and not shown_count.done():
            shown_count.set_result(None)

    window.sessions.dataChanged.connect(look)
    find(QAction, "actionPlayTour").toggled.connect(look)
    look()
    await asyncio.wait_for(shown_count, 20)
    window.sessions.dataChanged.disconnect(look)
    find(QAction, "actionPlayTour").toggled.disconnect(look)


def taken(window: MonitorWindow) -> set[tuple[str, str]]:
    """Return the transitions that the open sessions took."""
    return {
        edge
        for session in window.sessions.open_sessions
        for edge in window.machine.edges
        if session.visits.taken(edge)
    }


def over() -> bool:
    return not find(QAction, "actionPlayTour").isChecked()


async def test_every_legal_transition_is_taken(open_on: Open) -> None:
    """A tour is played to its end: each walk in a session of its own, none of which breaks a rule.

    The session that had not begun is the first of them.
    """
    window = open_on(MACHINE)
    find(QAction, "actionPlayTour").trigger()
    await until(window, over)
    assert taken(window) == set(MACHINE.edges)
    for session in window.sessions.open_sessions:
        assert session.count > 1
        assert_conforms(session)
    count = window.sessions.rowCount()
    assert window.panes.messages.text == (
        f"Tour finished: {count} sessions, {len(MACHINE.edges)} transitions."
    )


async def test_its_action_starts_and_stops_it(open_on: Open) -> None:
    """Its action starts it; once more, it stops: what is played is paused, and none follows."""
    window = open_on(MACHINE)
    find(QAction, "actionPlayTour").trigger()
    assert window.session.playing
    find(QAction, "actionPlayTour").trigger()
    assert over()
    assert not window.session.playing
    assert window.panes.messages.text.startswith("Tour stopped in session 1 of ")


async def test_its_message_stops_it(open_on: Open) -> None:
    """While it is played a message says how far it is, with a button that stops it."""
    window = open_on(MACHINE)
    find(QAction, "actionPlayTour").trigger()
    assert window.panes.messages.text.startswith("Tour: session 1 of ")
    find(QToolButton, "messageDismiss").click()
    assert over()
    assert not window.session.playing


async def test_a_pause_holds_it_up(open_on: Open) -> None:
    """A paused session holds up the tour; played on, the tour goes on too."""
    window = open_on(MACHINE)
    find(QAction, "actionPlayTour").trigger()
    await until(window, lambda: window.session.count > 1)
    find(QAction, "actionPause").trigger()
    assert not window.session.playing
    assert not over()
    assert window.sessions.rowCount() == 1
    find(QAction, "actionPlay").trigger()
    await until(window, over)
    assert taken(window) == set(MACHINE.edges)


async def test_a_closed_session_is_skipped(open_on: Open) -> None:
    """Where the session that is played gets closed, the tour goes on with the next one."""
    window = open_on(MACHINE)
    find(QAction, "actionPlayTour").trigger()
    await until(window, lambda: window.session.count > 1)
    first = window.session
    find(QAction, "actionCloseSession").trigger()
    assert first not in window.sessions.open_sessions
    assert window.session.playing
    await until(window, over)


async def test_it_is_stopped_while_it_is_planned(
    open_on: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first tour waits for what plans it, the window goes on, and the tour can stop."""
    monkeypatch.setattr(tour_actions, "is_loaded", lambda _: False)
    planned = asyncio.Event()

    async def waits(_module: str) -> None:
        await planned.wait()

    monkeypatch.setattr(tour_actions, "loaded", waits)
    window = open_on(MACHINE)
    for text in ("Planning the tour…", "Tour stopped."):
        find(QAction, "actionPlayTour").trigger()
        await asyncio.sleep(0)
        assert window.panes.messages.text == text
    find(QAction, "actionPlayTour").trigger()
    planned.set()
    await until(window, over)
    assert taken(window) == set(MACHINE.edges)


async def test_a_machine_without_transitions_has_none(open_on: Open) -> None:
    """Where there is nothing to take, the window says so."""
    window = open_on(machine_of({"only": ""}))
    find(QAction, "actionPlayTour").trigger()
    assert over()
    assert window.panes.messages.text == "The state machine has no transitions to play."


async def test_the_speed_is_the_sliders(open_on: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions are played at the speed that is set, and their ends are seen accordingly long."""
    monkeypatch.setattr(tour_actions, "LINGER_MS", 16_000)
    window = open_on(machine_of({"a": "b c", "b": "", "c": ""}))
    find(QAction, "actionPlayTour").trigger()
    await until(window, lambda: window.session.is_over)
    assert window.tour._linger.interval() == 1000


async def test_a_window_is_closed_in_the_middle(open_window: OpenWindow) -> None:
    """Closing the window ends the tour: nothing of it goes on."""
    window = open_window(MACHINE)
    find(QAction, "actionPlayTour").trigger()
    assert window.session.playing
    await close_window(window)


async def test_what_was_chosen_before_is_played_after(open_on: Open) -> None:
    """A session that is opened after a tour plays the scenario that was chosen before it."""
    window = open_on(machine_of({"a": "b", "b": ""}))
    scenario = along(["b"], "Chosen")
    window.session_actions.play(scenario)
    find(QAction, "actionPlayTour").trigger()
    await until(window, over)
    find(QAction, "actionNewSession").trigger()
    assert window.session.source.info.scenario == scenario
