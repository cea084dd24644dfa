"""Sessions are grouped by the day on which they began, where this computer is."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from exlab_gui.archive.days import find_by_day
from exlab_gui.archive.opening import kept_index
from exlab_gui.archive.search import Query, find
from exlab_gui.core.trace import ENDING, Recording
from tests.helpers.lab import lab_recording

BEGINS = [
    datetime(2026, 3, 28, 22, 30, tzinfo=UTC) + timedelta(minutes=40) * number
    for number in range(70)
]
"""Over a night in which clocks are put forward in Europe."""

ODD = [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Return the index of sessions that began at these times."""
    folder = tmp_path_factory.mktemp("days")
    place = tmp_path_factory.mktemp("index")
    for number, at in enumerate((*BEGINS, *ODD)):
        one = lab_recording(number)
        event = one.events[0]
        moved = type(event)(event.seq, at, event.state, event.origin)
        lines = Recording(one.header, [moved]).lines()
        (folder / f"{number}{ENDING}").write_bytes(b"".join(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXLAB_ARCHIVE_INDEX", str(place))
        made = kept_index(folder)
    made.update()
    return made


@pytest.fixture(params=["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati"])
def zone(request, monkeypatch):
    """Be in a time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("This system has one time zone")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("descending", [False, True])
def test_each_day_has_its_sessions(index, descending):
    """Each group begins where the one before ends; at the ends of the calendar, UTC counts."""
    with index.reading() as db:
        numbers, days = find_by_day(db, Query(), descending=descending)
        assert numbers == find(db, Query(), descending=descending)
    expected = Counter(at.astimezone().date() for at in BEGINS)
    found = {day.date: day.sessions for day in days}
    assert {date: found[date] for date in expected} == expected
    assert sum(day.sessions for day in days) == len(numbers)
    places = [0]
    for day in days:
        assert day.first == places[-1]
        places.append(day.first + day.sessions)
    dates = [day.date for day in days]
    assert dates == sorted(dates, reverse=descending)
