"""The stays of a session along a line."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.timeline.bars import LEAST, Timeline
from exlab_gui.core.analysis.timeline.idle_time import LONGEST_GAP_S
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from tests.helpers.strategies import START, session_histories

WIDTH = 600


def line(history: list[Event], width: int = WIDTH, **options: bool) -> Timeline:
    return Timeline(StateHistory(CREATION_MACHINE, history), history[-1].at, width, **options)


def visits_made(*seconds: float) -> list[Event]:
    """Return a history with one stay of each length, and a last one of none."""
    at, history = START, []
    for n, length in enumerate((*seconds, 0), 1):
        history.append(Event(n, at, CREATION_MACHINE.states[n % 8], Origin.SIMULATED))
        at += timedelta(seconds=length)
    return history


@given(session_histories(legal=True), st.integers(1, 900), st.booleans())
def test_the_bars_fill_the_line_without_a_gap(
    history: list[Event], width: int, collapsing: bool
) -> None:
    """Each begins where the one before ends, in the order of time."""
    bars = line(history, width, collapsing=collapsing).bars
    assert bars[0].left == 0
    assert bars[-1].right == pytest.approx(width)
    for before, after in pairwise(bars):
        assert after.left == pytest.approx(before.right)
        assert after.place > before.place


def test_a_bar_is_as_long_as_the_stay_but_for_the_least_length() -> None:
    """Twice the time makes twice the length."""
    bars = line(visits_made(10, 20, 0)).bars
    lengths = [bar.right - bar.left - LEAST for bar in bars]
    assert lengths[1] == pytest.approx(2 * lengths[0])
    assert lengths[2:] == pytest.approx([0, 0], abs=1e-6)


def test_collapsing_leaves_short_stays_as_they_are_to_each_other() -> None:
    """An hour of waiting no longer hides the seconds around it."""
    bars = line(visits_made(2, 3600, 1), collapsing=True).bars
    lengths = [bar.right - bar.left - LEAST for bar in bars]
    assert lengths[0] == pytest.approx(2 * lengths[2])
    assert lengths[1] == pytest.approx(LONGEST_GAP_S * lengths[2])


def test_of_more_stays_than_there_is_room_for_each_unit_shows_the_one_of_its_time() -> None:
    """A hundred thousand stays make as many bars as there are pixels, at the most."""
    drawn = line(visits_made(*[1.0] * 5000), 100)
    assert len(drawn.bars) <= 100
    assert [bar.place // 50 for bar in drawn.bars] == list(range(100))


@given(session_histories(legal=True, max_events=30), st.integers(200, 900))
def test_the_place_of_a_moment_leads_back_to_it(history: list[Event], width: int) -> None:
    """Whoever presses where the line of the moment stands moves it nowhere."""
    drawn = line(history, width)
    for position in range(1, len(history) + 1):
        x = drawn.x_of(position)
        assert 0 <= x <= width + 1e-6
        found = drawn.position_at(x)
        back = len(history) if found is None else found
        apart = abs(history[back - 1].at - history[position - 1].at)
        assert apart <= timedelta(microseconds=10)


@given(session_histories(max_events=30), st.integers(1, 900), st.floats(-50, 1000))
def test_every_place_is_some_moment_whatever_the_history(
    history: list[Event], width: int, x: float
) -> None:
    """The right end, and all beyond it, is the latest; nothing raises."""
    position = line(history, width).position_at(x)
    assert position is None or 1 <= position < len(history)
    assert x < width or position is None
