"""A simulated clock goes at its rate, is moved on by hand, and never runs backwards."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.clock import SimulatedClock, local_time

START = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)

RATES = st.sampled_from([0.0, 0.25, 1.0, 16.0])
SECONDS = st.floats(0, 10_000)


@pytest.mark.parametrize(
    ("at", "hours"), [(datetime.min, -1), (datetime.max, 1), (datetime(3500, 1, 1), None)]
)
def test_what_has_no_local_time_is_in_utc(at, hours):
    """The calendar has ends, and that of Windows ends in 3000."""
    zone = None if hours is None else timezone(timedelta(hours=hours))
    at = at.replace(tzinfo=UTC)
    assert local_time(at, zone) == at
    assert local_time(at.replace(tzinfo=None)).tzinfo is not None


class RealTime:
    """A real clock that a test sets."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def pass_by(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def real():
    return RealTime()


@pytest.fixture
def clock(real):
    return SimulatedClock(real)


def elapsed(clock):
    return (clock() - START).total_seconds()


def test_starts_at_the_real_time(clock):
    """A clock starts at the time that the real one shows."""
    assert clock() == START
    assert clock.rate == 1.0


@pytest.mark.parametrize("rate", [0, 0.25, 1, 16])
def test_goes_at_its_rate(clock, real, rate):
    """In ten real seconds, ten times the rate go by."""
    clock.rate = rate
    real.pass_by(10)
    assert elapsed(clock) == 10 * rate
    assert clock.rate == rate


def test_a_new_rate_counts_from_now_on(clock, real):
    """What went by before the rate was changed went by at the old rate."""
    clock.rate = 4
    real.pass_by(10)
    clock.rate = 0.5
    real.pass_by(10)
    assert elapsed(clock) == 45


def test_is_moved_on_by_hand(clock, real):
    """Seconds that are moved on are simulated ones, whatever the rate."""
    clock.rate = 16
    clock.advance(3_700)
    assert elapsed(clock) == 3_700
    real.pass_by(1)
    assert elapsed(clock) == 3_716


def test_goes_on_from_where_it_was_when_the_real_clock_is_set_back(clock, real):
    """Where real time is set back, simulated time stays, and then goes on."""
    real.pass_by(100)
    assert elapsed(clock) == 100
    real.pass_by(-50)
    assert elapsed(clock) == 100
    real.pass_by(1)
    assert elapsed(clock) == 101


def test_asking_often_loses_no_time(clock, real):
    """However often the clock is asked, no part of a microsecond gets lost."""
    clock.rate = 0.25
    for _ in range(1_000):
        real.pass_by(0.000_001)
        clock()
    assert elapsed(clock) == 0.000_25


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_is_never_moved_by_what_is_no_time(clock, seconds):
    """Negative and infinite times are refused, and leave the clock as it is."""
    with pytest.raises(ValueError, match="a clock advances by 0 or more seconds"):
        clock.advance(seconds)
    assert clock() == START


@pytest.mark.parametrize("rate", [-0.5, float("nan"), float("inf")])
def test_takes_no_rate_that_is_none(clock, rate):
    """Negative and infinite rates are refused, and leave the rate as it is."""
    with pytest.raises(ValueError, match="0 or more"):
        clock.rate = rate
    assert clock.rate == 1.0


@given(
    st.lists(
        st.tuples(st.just("rate"), RATES)
        | st.tuples(st.just("advance"), SECONDS)
        | st.tuples(st.just("real"), st.floats(-1_000, 1_000))
    )
)
def test_never_runs_backwards(deeds):
    """Whatever is done to it and to the real clock, no time is earlier than one before it."""
    real = RealTime()
    clock = SimulatedClock(real)
    latest = clock()
    for deed, value in deeds:
        match deed:
            case "rate":
                clock.rate = value
            case "advance":
                clock.advance(value)
            case "real":
                real.pass_by(value)
        now = clock()
        assert now >= latest
        latest = now
