"""What is on the axes of charts, and which part of the time is shown."""

from gettext import NullTranslations
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exlab_gui.core.charts.failures import Group
from exlab_gui.core.charts.log_axis import LogAxis
from exlab_gui.core.charts.picture import Letters
from exlab_gui.core.charts.time_axis import ticks
from exlab_gui.core.charts.time_span import TimeSpan
from exlab_gui.core.text import translation

LETTERS = Letters("sans", 12.0, lambda text: 7.0 * len(text))
TIMES = st.lists(st.integers(0, 10**15), max_size=5)


@given(TIMES)
def test_a_logarithmic_axis_holds_all_times_in_their_order(times):
    """Also none, one, 0, and a hundred years; its texts do not touch."""
    axis = LogAxis.over(times, 100.0, 500.0)
    places = [axis.at(one) for one in sorted(times)]
    assert places == sorted(places)
    assert all(100.0 <= one <= 500.0 for one in places)
    shown = list(axis.ticks(LETTERS.width))
    for (x, text), (after, following) in pairwise(shown):
        assert x + LETTERS.width(text) / 2 < after - LETTERS.width(following) / 2


@given(st.integers(-(6 * 10**16), 26 * 10**16), st.integers(1, 10**16), st.floats(50, 4000))
def test_ticks_are_within_the_time_that_is_shown(first, length, room):
    """From milliseconds to centuries, at the ends of the calendar, on narrow pictures."""
    shown = ticks(first, first + length, room, LETTERS)
    assert all(first <= at <= first + length for at, _ in shown)
    assert len(shown) <= room / 30 + 2


@given(
    st.integers(-(10**15), 10**16),
    st.floats(3, 15.5).map(lambda power: int(10**power)),
    st.floats(165, 2000),
)
@example(1_774_000_000_000_000 + 310 * 10**6, 280 * 10**6, 390.0)
@example(1_774_000_000_000_000 + 310 * 10**6, 280 * 10**6, 470.0)
@example(1_774_000_000_000_000 + 310 * 10**6, 3 * 10**6, 390.0)
def test_a_time_axis_always_tells_a_time(first, length, room):
    """Two, where a date and a time have room twice, and milliseconds tell them apart.

    No text touches another.
    """
    shown = ticks(first, first + length, room, LETTERS)
    assert len(shown) >= (2 if room > 390 and length >= 10_000 else 1)
    places = [((at - first) / length * room, LETTERS.width(text) / 2) for at, text in shown]
    assert all(x + half <= room for x, half in places)
    for (x, half), (after, following) in pairwise(places):
        assert x + half < after - following


@given(
    st.integers(0, 10**16),
    st.integers(0, 10**13),
    st.lists(st.tuples(st.floats(0.1, 50), st.floats(0, 1), st.floats(-3, 3)), max_size=8),
)
def test_whatever_is_zoomed_and_moved_a_part_of_the_span_is_shown(first, length, steps):
    """Never nothing, and nothing beyond its ends."""
    span = TimeSpan.all_of(first, first + length)
    for factor, share, by in steps:
        span = span.zoomed(factor, share).moved(by)
        begin, end = span.shown
        room = 1.0  # a microsecond
        assert span.first - room <= begin < end <= span.last + room
    assert span.whole().shown == (span.first, span.last)


def test_what_is_under_the_pointer_stays_there():
    """Zooming in shows more of it, not something else."""
    span = TimeSpan.all_of(0, 1_000_000)
    at = span.first + 0.25 * (span.last - span.first)
    begin, end = span.zoomed(4, 0.25).shown
    assert begin + 0.25 * (end - begin) == pytest.approx(at)


@given(st.text(max_size=40), st.floats(0, 400))
def test_a_text_that_is_too_wide_loses_its_middle(text, room):
    """It begins and ends as before, and fits if anything can."""
    fitted = LETTERS.fitted(text, room)
    if fitted != text:
        begin = fitted.partition("…")[0]
        assert text.startswith(begin)
        assert text.endswith(fitted.rpartition("…")[2])
        assert LETTERS.width(fitted) <= max(room, LETTERS.width("…"))


class _GermanNumbers(NullTranslations):
    def gettext(self, message):
        own = {translation.NUMBER: "1.234,5", "2026-12-30": "30.12.2026"}
        return own.get(message, message)


@pytest.fixture
def german():
    """Write numbers as in German."""
    translation.use(_GermanNumbers())
    yield
    translation.use(None)


@pytest.mark.usefixtures("german")
def test_numbers_have_the_separators_of_the_language():
    """On axes, beside bars, and in tables: a point and a comma mean the reverse in German.

    So have dates.
    """
    shown = [text for _, text in ticks(10**15, 10**15 + 4000, 600, LETTERS)]
    assert shown[1].endswith(",001")
    year, day = 31_536_000 * 10**6, 86_400 * 10**6
    dates = [text for _, text in ticks(12 * year, 12 * year + 2 * day, 900, LETTERS)]
    assert any(text.startswith("29.12.1981") for text in dates)
    group = Group("plugin", "sample_sheet", 3000, 1000)
    assert group.counted == "1.000 of 3.000 (33,3 %)"
    centuries = LogAxis.over([86_400e6 * 300_000], 0.0, 500.0)
    assert list(centuries.ticks(LETTERS.width))[-1][1] == "400.000 d"
