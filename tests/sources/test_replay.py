"""Replaying a recording: played, stepped, moved through, and never changed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace import Recording, new_header
from exlab_gui.sources.commands import (
    Cancel,
    Command,
    Fail,
    GoTo,
    Pause,
    Play,
    Reset,
    Resume,
    SetBreakpoints,
    SetCollapsing,
    SetSpeed,
    Step,
    StepOnce,
    WalkTo,
)
from exlab_gui.sources.replay import ReplaySource
from exlab_gui.sources.source import RefusedError
from tests.helpers.strategies import START, session_histories

HOURS = timedelta(hours=3)
FASTEST = SetSpeed(1e9)
"""So fast that hours pass between two turns of the loop."""


def replay(history: list[Event]) -> ReplaySource:
    header = new_header(CREATION_MACHINE, "a session", "simulated", history[0].at)
    return ReplaySource("a session", Recording(header, history))


def walked(*states: str, gap: timedelta = HOURS) -> list[Event]:
    return [
        Event(n, START + (n - 1) * gap, state, "simulated")
        for n, state in enumerate(("pending", *states), 1)
    ]


SHORT = walked("validating", "rendering", "failed")


async def play(source: ReplaySource) -> list[int | None]:
    """Play to the end, or to where it stops; return every moment that was shown."""
    shown: list[int | None] = []
    source.subscribe(lambda: shown.append(source.position))
    source.send(FASTEST)
    work = source.send(Play())
    assert work is not None
    await work
    return shown


def test_a_recording_is_opened_at_its_end() -> None:
    """What happened is what one wants to see first."""
    source = replay(SHORT)
    assert source.position is None
    assert source.now() == SHORT[-1].at
    assert list(source.history) == SHORT


@pytest.mark.parametrize("command", [Step("failed"), WalkTo("done"), Resume(), Cancel(), Fail()])
def test_nothing_in_a_recording_can_be_changed(command: Command) -> None:
    """A replay refuses every move, says what to do instead, and sends nothing."""
    source = replay(SHORT)
    reason = source.why_not(command)
    assert reason
    assert "Fork" in reason
    with pytest.raises(RefusedError, match="recording"):
        source.send(command)
    assert list(source.history) == SHORT


async def test_playing_shows_every_event_in_its_turn_and_ends_at_the_latest() -> None:
    """From the end it begins again at the first event."""
    shown = await play(replay(SHORT))
    positions = [
        position
        for before, position in zip(["-", *shown], shown, strict=False)
        if before != position
    ]
    assert positions == [None, 1, 2, 3, None]


async def test_playing_goes_on_from_the_moment_that_is_shown() -> None:
    """A user who has looked for a place plays from there."""
    source = replay(SHORT)
    source.send(GoTo(3))
    shown = await play(source)
    assert 1 not in shown
    assert 2 not in shown
    assert source.position is None


async def test_playing_stops_on_entering_a_state_with_a_breakpoint() -> None:
    """The breakpoints of the diagram hold for recordings, too."""
    source = replay(SHORT)
    source.send(SetBreakpoints(frozenset({"rendering"})))
    await play(source)
    assert source.position == 3
    assert not source.playing


async def test_events_of_one_instant_are_shown_together() -> None:
    """What came at once is not drawn out."""
    source = replay(walked("validating", "rendering", "failed", gap=timedelta(0)))
    shown = await play(source)
    assert set(shown) == {None, 1}


@given(session_histories(max_events=12), st.data())
def test_any_moment_can_be_shown_and_left_again(history: list[Event], data: st.DataObject) -> None:
    """Stepping forward and back moves by one event; the ends hold."""
    source = replay(history)
    position = data.draw(st.integers(-3, len(history) + 3))
    source.send(GoTo(position))
    reached = len(history) if source.position is None else source.position
    assert reached == min(max(position, 1), len(history))
    assert source.now() == history[reached - 1].at
    if source.why_not(StepOnce()) is None:
        source.send(StepOnce())
        after = len(history) if source.position is None else source.position
        assert after == reached + 1
    if source.why_not(Reset()) is None:
        source.send(Reset())
        assert source.position == (1 if len(history) > 1 else None)


def test_a_gap_is_waited_for_as_long_as_it_was_unless_gaps_are_collapsed() -> None:
    """Three hours of nothing need not be sat through."""
    source = replay(SHORT)
    source.send(GoTo(1))
    assert source._until_next() == pytest.approx(HOURS.total_seconds(), abs=1)
    source.send(SetCollapsing(True))
    assert source._until_next() <= 5


async def test_pausing_stops_at_once() -> None:
    """However long the gap is that is being waited for."""
    source = replay(SHORT)
    work = source.send(Play())
    assert work is not None
    assert source.playing
    source.send(Pause())
    await work
    assert not source.playing
    assert source.position == 1


async def test_times_that_run_backwards_do_not_stop_the_play() -> None:
    """A recording with a broken clock is played to its end."""
    history = walked("validating", "rendering", "failed")
    swapped = [history[0], *(Event(e.seq, START - HOURS, e.state, e.origin) for e in history[1:])]
    source = replay(swapped)
    await play(source)
    assert source.position is None
    assert not source.playing


def test_after_closing_nobody_is_told_of_anything() -> None:
    """A closed session leaves no trace in the window."""
    source = replay(SHORT)
    told: list[bool] = []
    source.subscribe(lambda: told.append(True))
    source.close()
    source.send(GoTo(1))
    assert told == []
