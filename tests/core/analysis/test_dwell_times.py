"""What is usual among the stays of several sessions."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.dwell_times import LEAST_VISITS, UsualTime, usual_time
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from tests.helpers.strategies import START


def walk(seconds: float, *, finished: bool = True) -> StateHistory:
    """Return a walk that rendered for so long, and went on where it is `finished`."""
    end = START + timedelta(seconds=seconds)
    history = [Event(1, START, "rendering", Origin.SIMULATED)]
    if finished:
        history.append(Event(2, end, "done", Origin.SIMULATED))
    return StateHistory(CREATION_MACHINE, history)


times = st.lists(st.integers(0, 10_000), max_size=30)


@given(times)
def test_the_quartiles_are_in_order_and_within_what_was_seen(seconds: list[int]) -> None:
    """What is usual lies between the shortest and the longest; few stays tell nothing."""
    usual = usual_time(map(walk, seconds), "rendering")
    if len(seconds) < LEAST_VISITS:
        assert usual is None
    else:
        assert usual is not None
        assert min(seconds) <= usual.lower_s <= usual.median_s <= usual.upper_s <= max(seconds)


@given(st.lists(st.integers(0, 10_000), min_size=LEAST_VISITS, max_size=20), st.randoms())
def test_the_order_of_the_sessions_does_not_matter(seconds: list[int], random: object) -> None:
    """The same sessions in another order are as usual."""
    shuffled = list(seconds)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert usual_time(map(walk, seconds), "rendering") == usual_time(
        map(walk, shuffled), "rendering"
    )


@given(times)
def test_only_finished_stays_in_the_state_count(seconds: list[int]) -> None:
    """Neither a stay that goes on nor one in another state tells how long this one takes."""
    going_on = [walk(time, finished=False) for time in seconds]
    assert usual_time(going_on, "rendering") is None
    assert usual_time(map(walk, seconds), "validating") is None


def test_it_is_told_as_people_say_it() -> None:
    """The middle half as a range; one number where there is no range to speak of."""
    assert str(UsualTime(9, 12, 14)) == "usually 9–14 s, median 12 s"
    assert str(UsualTime(0.2, 0.2, 0.2)) == "usually 200 ms"
    assert str(UsualTime(90, 120.4, 3_700)) == "usually 1:30 min – 1 h 2 min, median 2:00 min"
