"""Times and spans of time as people read them."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.text.durations import Span, duration, time_of_day

SPANS = st.timedeltas(timedelta(days=-10_000), timedelta(days=10_000))
BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"
NEW_YORK = "EST5EDT,M3.2.0,M11.1.0"


@pytest.mark.parametrize(
    ("seconds", "places", "said"),
    [
        (0, 1, "0 s"),
        (0.18, 3, "180 ms"),
        (0.0014, 3, "1 ms"),
        (0.000_001, 6, "0.001 ms"),
        (0.024, 1, "24 ms"),
        (0.98, 1, "980 ms"),
        (0.9996, 1, "1.0 s"),
        (4.2, 1, "4.2 s"),
        (59.94, 1, "59.9 s"),
        (59.96, 1, "1:00 min"),
        (61, 0, "1:01 min"),
        (3_599.96, 1, "1 h 0 min"),
        (3_723.4, 1, "1 h 2 min"),
        (7_800, 0, "2 h 10 min"),
        (360_000, 0, "100 h 0 min"),
        (0.4, 0, "0 s"),
        (-1.5, 1, "-1.5 s"),
        (-0.01, 1, "-10 ms"),
        (-0.0001, 1, "0 s"),
    ],
)
def test_a_span(seconds, places, said):
    """A span is rounded to what is read at a glance, in its unit; a negative one has a minus."""
    assert duration(timedelta(seconds=seconds), places) == said


@given(SPANS, st.integers(0, 6))
def test_a_span_can_be_read_back(span, places):
    """What is written, read as numbers, is the span, but for the rounding."""
    number, unit, *rest = (written := duration(span, places).removeprefix("-")).split(" ")
    if rest:
        read, step = timedelta(hours=int(number), minutes=int(rest[0])), timedelta(minutes=1)
        assert int(rest[0]) < 60
    elif unit == "min":
        minutes, seconds = map(int, number.split(":"))
        read, step = timedelta(minutes=minutes, seconds=seconds), timedelta(seconds=1)
        assert max(minutes, seconds) < 60
    else:
        read = timedelta(**{{"s": "seconds", "ms": "milliseconds"}[unit]: float(number)})
        step = timedelta(seconds=10**-places)
        assert float(number) < {"s": 60, "ms": 1000}[unit]
    assert abs(read - abs(span)) <= step * 0.51 + timedelta(microseconds=1), written


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (4.1, 5.3, "4.1–5.3 s"),
        (2, 2.01, "2.0 s"),
        (0, 1, "0–1.0 s"),
        (0.4, 1, "400 ms – 1.0 s"),
        (65, 69, "1:05–1:09 min"),
        (3_660, 7_200, "1 h 1 min – 2 h 0 min"),
    ],
)
def test_a_range(least, most, said):
    """The unit of a range is written once, if both ends have the same."""
    assert Span(timedelta(seconds=least), timedelta(seconds=most)).text() == said


@pytest.fixture
def live_in(monkeypatch):
    """Return what moves the program to another time zone, for one test."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system's time zone cannot be set by a program")

    def move(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        ("UTC0", datetime(2026, 1, 31, 14, 5, 9, 999_999), "14:05:09.999"),
        (BERLIN, datetime(2026, 1, 31, 14, 5, 9), "15:05:09.000"),
        # In spring an hour is left out, in autumn one comes twice.
        (BERLIN, datetime(2026, 3, 29, 0, 59, 59, 999_000), "01:59:59.999"),
        (BERLIN, datetime(2026, 3, 29, 1, 0), "03:00:00.000"),
        (BERLIN, datetime(2026, 10, 25, 0, 30), "02:30:00.000"),
        (BERLIN, datetime(2026, 10, 25, 1, 30), "02:30:00.000"),
        (NEW_YORK, datetime(1969, 12, 31, 23, 59, 59), "18:59:59.000"),
        (NEW_YORK, datetime(1, 1, 1, 0, 0, 1), "00:00:01.000"),
        (BERLIN, datetime(9999, 12, 31, 23, 59), "23:59:00.000"),
    ],
)
def test_the_time_of_day(live_in, zone, at, said):
    """A time is told as a clock on the wall has it; where there is no such time, in UTC."""
    live_in(zone)
    assert time_of_day(at.replace(tzinfo=UTC), "milliseconds") == said
    assert time_of_day(at.replace(tzinfo=UTC)) == said.partition(".")[0]


def test_the_time_of_day_is_the_same_for_the_same_time(live_in):
    """It makes no difference in which zone a time is given."""
    live_in(BERLIN)
    at = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
    assert (
        time_of_day(at.astimezone(timezone(timedelta(hours=-7)))) == time_of_day(at) == "13:00:00"
    )


seconds = st.timedeltas(timedelta(), timedelta(days=2))
instants = st.datetimes(timezones=st.just(UTC))
spans = st.builds(lambda least, more: Span(least, least + more), seconds, seconds)


@given(instants, instants, instants, instants)
def test_a_span_is_never_negative(a, b, c, d):
    """Whatever the clock did, it lasted no less than nothing, and at most as long as most."""
    span = Span.between(a, b, c, d)
    assert timedelta() <= span.least <= span.most


@given(spans, spans)
def test_spans_add_up(one, other):
    """Two after one another last as long as both."""
    assert one + other == Span(one.least + other.least, one.most + other.most)


@given(spans, st.integers(0, 3))
def test_a_span_reads_as_a_time_or_as_a_range(span, places):
    """One that is known as exactly as it is written is one time, else there are two."""
    least, most = duration(span.least, places), duration(span.most, places)
    told = span.text(places)
    assert told.endswith(most)
    assert (told == most) == (least == most)
