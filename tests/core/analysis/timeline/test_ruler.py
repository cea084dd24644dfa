"""Ticks and marks below a timeline."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.analysis.timeline.bars import Timeline
from exlab_gui.core.analysis.timeline.ruler import marks, ticks
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from tests.helpers.strategies import START, session_histories


def line_of(*seconds: float, width: int = 800) -> Timeline:
    """Return the line of a session with a visit that begins at each of these times."""
    history = [
        Event(n, START + timedelta(seconds=at), f"state_{n % 3}", Origin.OBSERVED)
        for n, at in enumerate(seconds, 1)
    ]
    return Timeline(StateHistory(CREATION_MACHINE, history), history[-1].at, width)


@pytest.mark.parametrize(("end", "step"), [(10, 1), (0.01, 0.001), (3_600, 600), (10**7, None)])
def test_ticks_are_at_round_times(end: float, step: float | None) -> None:
    """Whatever the length, there are some ticks, at multiples of a round step."""
    found = [since for _, since in ticks(line_of(0, end), 0, 800, 80)]
    assert 2 <= len(found) <= 11
    assert step is None or found[1] - found[0] in (
        timedelta(seconds=step),
        timedelta(seconds=2 * step),
    )


@given(session_histories(legal=True), st.floats(0, 300), st.floats(300, 800), st.floats(10, 300))
def test_ticks_have_room(history: list[Event], left: float, right: float, apart: float) -> None:
    """No two are nearer than their texts need, and they go on with the time."""
    line = Timeline(StateHistory(CREATION_MACHINE, history), history[-1].at, 800)
    found = list(ticks(line, left, right, apart))
    assert all(after[0] - before[0] >= apart for before, after in pairwise(found))
    assert all(before[1] < after[1] for before, after in pairwise(found))


@pytest.mark.parametrize("count", [40, 2_000])
def test_each_problem_has_a_mark_near_it(count: int) -> None:
    """Few are looked up one by one, many by their places; neither is lost."""
    history = [
        Event(n, START + timedelta(seconds=n), ("pending", "limbo")[n % 2], Origin.OBSERVED)
        for n in range(1, count + 1)
    ]
    analysis = SessionAnalysis(CREATION_MACHINE, history)
    line = Timeline(analysis.visits, history[-1].at, 800)
    found = list(marks(line, analysis.listed, 0, 800))
    assert 0 < len(found) <= 201
    for problem in (analysis.listed[0], analysis.listed[-1]):
        x = line.x_of(problem.event_index + 1)
        assert min(abs(x - at) for at, _ in found) <= 8
    assert {severity for _, severity in found} == {"violation"}
