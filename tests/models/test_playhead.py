"""The playhead: moved by the user to any position of a history, and by playing to the next."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.protocol.events import Event
from exlab_gui.models.playhead import Playhead
from exlab_gui.sources.commands import (
    Pause,
    Play,
    Reset,
    SetBreakpoints,
    SetCollapsing,
    SetSpeed,
    StepOnce,
)
from tests.helpers.strategies import START, session_histories

HOURS = timedelta(hours=3)
FASTEST = SetSpeed(1e9)
"""So fast that hours pass between two turns of the loop."""


def walked(*states: str, gap: timedelta = HOURS) -> list[Event]:
    return [
        Event(n, START + (n - 1) * gap, state, "simulated")
        for n, state in enumerate(("pending", *states), 1)
    ]


SHORT = walked("validating", "rendering", "failed")


async def play(playhead: Playhead) -> list[int | None]:
    """Play to the end, or to where it stops; return every position that was shown."""
    shown: list[int | None] = []
    playhead.subscribe(lambda: shown.append(playhead.position))
    playhead.send(FASTEST)
    work = playhead.send(Play())
    assert work is not None
    await work
    return shown


def test_a_history_is_shown_as_it_is_now() -> None:
    """What happened is what one wants to see first."""
    playhead = Playhead(SHORT)
    assert playhead.position is None
    assert playhead.now() == SHORT[-1].at


async def test_playing_shows_every_event_in_its_turn_and_ends_at_the_latest() -> None:
    """From the end it begins again at the first event."""
    shown = await play(Playhead(SHORT))
    positions = [
        position
        for before, position in zip(["-", *shown], shown, strict=False)
        if before != position
    ]
    assert positions == [None, 1, 2, 3, None]


async def test_playing_goes_on_from_the_position_that_is_shown() -> None:
    """A user who has looked for a place plays from there."""
    playhead = Playhead(SHORT)
    playhead.go_to(3)
    shown = await play(playhead)
    assert 1 not in shown
    assert 2 not in shown
    assert playhead.position is None


async def test_playing_goes_on_from_where_the_user_goes_meanwhile() -> None:
    """Who moves the playhead while it plays need not play again: the rest comes from there."""
    playhead = Playhead(walked("validating", "rendering", "plugin_pass", "failed"))
    moves = iter([4])
    playhead.subscribe(lambda: playhead.position == 2 and playhead.go_to(next(moves)))
    shown = await play(playhead)
    assert 3 not in shown
    assert shown[-1] is None


async def test_playing_stops_on_entering_a_state_with_a_breakpoint() -> None:
    """The breakpoints of the diagram hold for recordings, too."""
    playhead = Playhead(SHORT)
    playhead.send(SetBreakpoints(frozenset({"rendering"})))
    await play(playhead)
    assert playhead.position == 3
    assert not playhead.playing


async def test_events_of_one_instant_are_shown_together() -> None:
    """What came at once is not drawn out."""
    playhead = Playhead(walked("validating", "rendering", "failed", gap=timedelta(0)))
    shown = await play(playhead)
    assert set(shown) == {None, 1}


@given(session_histories(max_events=12), st.data())
def test_any_position_can_be_shown_and_left_again(
    history: list[Event], data: st.DataObject
) -> None:
    """Stepping forward and back moves by one event; the ends hold."""
    playhead = Playhead(history)
    position = data.draw(st.integers(-3, len(history) + 3))
    playhead.go_to(position)
    reached = len(history) if playhead.position is None else playhead.position
    assert reached == min(max(position, 1), len(history))
    assert playhead.now() == history[reached - 1].at
    if playhead.why_not(StepOnce()) is None:
        playhead.send(StepOnce())
        after = len(history) if playhead.position is None else playhead.position
        assert after == reached + 1
    if playhead.why_not(Reset()) is None:
        playhead.send(Reset())
        assert playhead.position == (1 if len(history) > 1 else None)


def test_a_gap_is_waited_for_as_long_as_it_was_unless_gaps_are_collapsed() -> None:
    """Three hours of nothing need not be sat through."""
    playhead = Playhead(SHORT)
    playhead.go_to(1)
    assert playhead._until_next() == pytest.approx(HOURS.total_seconds(), abs=1)
    playhead.send(SetCollapsing(True))
    assert playhead._until_next() <= 5


async def test_pausing_stops_at_once() -> None:
    """However long the gap is that is being waited for."""
    playhead = Playhead(SHORT)
    work = playhead.send(Play())
    assert work is not None
    assert playhead.playing
    playhead.send(Pause())
    await work
    assert not playhead.playing
    assert playhead.position == 1


async def test_times_that_run_backwards_do_not_stop_the_play() -> None:
    """A recording with a broken clock is played to its end."""
    history = walked("validating", "rendering", "failed")
    swapped = [history[0], *(Event(e.seq, START - HOURS, e.state, e.origin) for e in history[1:])]
    playhead = Playhead(swapped)
    await play(playhead)
    assert playhead.position is None
    assert not playhead.playing


def test_after_closing_nobody_is_told_of_anything() -> None:
    """A closed session leaves no trace in the window."""
    playhead = Playhead(SHORT)
    told: list[bool] = []
    playhead.subscribe(lambda: told.append(True))
    playhead.close()
    playhead.send(Reset())
    assert told == []
