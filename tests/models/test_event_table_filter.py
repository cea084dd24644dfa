"""The log is filtered beside everything else, and shows what a filter keeps."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtTest import QAbstractItemModelTester

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.durations import time_of_day
from exlab_gui.core.text.log_columns import KINDS
from tests.helpers.logs import HISTORIES, Log, passing, row, warnings
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.strategies import START

pytestmark = pytest.mark.usefixtures("qapp")

TEXTS = st.sampled_from(
    ["", " ", "plugin", "PLUGIN pass", "0", "12:00", "warning", "→", "of 2", "nothing has this"]
)
KINDS_HIDDEN = st.frozensets(st.sampled_from(KINDS), max_size=3)
ACTIONS = st.one_of(
    st.tuples(st.just("filter"), TEXTS, KINDS_HIDDEN),
    st.tuples(st.just("grow"), HISTORIES),
    st.tuples(st.just("restart"), HISTORIES),
    st.tuples(st.sampled_from(["clear", "show cleared", "settle"])),
)


@given(HISTORIES, st.lists(ACTIONS, max_size=8))
def test_the_rows_are_those_that_pass(history, actions):
    """Whatever grows, is filtered, cleared or begun anew, the rows are those that a filter keeps.

    While it still filters, they are the first of those. Rows and events find each other.
    """
    log = Log(history)
    tester = QAbstractItemModelTester(log.table)
    first, text, hidden = 0, "", frozenset()
    for action, *values in actions:
        match action:
            case "filter":
                text, hidden = values
                log.table.set_filter(text, hidden)
            case "grow":
                log.source.grow(values[0])
                log.show()
            case "restart":
                first = 0
                log.source.restart(values[0])
                log.show()
            case "clear":
                first = len(log.source.history)
                log.table.clear_view()
            case "show cleared":
                first = 0
                log.table.show_cleared()
            case "settle":
                log.settle()
        kept = passing(log.source.history, first, text, hidden)
        shown = [log.source.history[index] for index in kept[: log.table.rowCount()]]
        assert [log.table.event_at(r) for r in range(log.table.rowCount())] == shown
        assert len(shown) == len(kept) or log.filtering
    log.settle()
    kept = passing(log.source.history, first, text, hidden)
    assert log.rows == [row(log.source.history, index) for index in kept]
    for index in range(len(log.source.history)):
        before = [place for place, event in enumerate(kept) if event <= index]
        assert log.table.row_of(index) == (before[-1] if before else None)
    assert log.table.event_count == len(log.source.history)
    assert log.table.filtered == bool(text.split() or hidden)
    del tester


@pytest.mark.parametrize("text", ["", "placeholder"])
def test_the_row_of_what_is_not_shown_yet(text):
    """An event that came less than a frame ago has the last row for its own."""
    log = Log(warnings(3))
    log.table.set_filter(text)
    last = log.table.rowCount() - 1
    log.source.grow(warnings(300, first=5))
    assert log.table.row_of(302) == last or log.session.count > 3


def test_each_column_is_searched():
    """A word is found in any column, in capitals or not; of several words each has to be found."""
    log = Log([*RecordedSource(CREATION_MACHINE).history, *warnings(1)])
    time = time_of_day(START + timedelta(seconds=2))
    for text in ("2", time, "2.000 s", "pending", "WARNING", "placeholder", "has readme.md 2"):
        log.table.set_filter(text)
        assert log.table.rowCount() >= 1, text
    log.table.set_filter("placeholder opened")
    assert log.table.rowCount() == 0


def test_what_was_not_understood_can_be_hidden():
    """Messages of unknown kinds, and those of no kind at all, are shown and hidden as problems."""
    wires = (b'{"kind":"note"}', b'{"kind":"progress","phase":1}', b"\xff")
    events = [
        Event(n, START, "pending", Origin.OBSERVED, wire=wire) for n, wire in enumerate(wires, 2)
    ]
    log = Log([*RecordedSource(CREATION_MACHINE).history, *events])
    assert [row.kind for row in log.rows] == ["transition", *3 * ["problem"]]
    log.table.set_filter("", frozenset({"problem"}))
    assert [row.kind for row in log.rows] == ["transition"]


def test_the_time_between_two_rows_is_that_between_two_events():
    """A filter leaves Δ as it is: the time since the event before, whether that is shown or not."""
    log = Log(warnings(4))
    log.table.set_filter("", frozenset({"progress"}))
    assert [cells[2] for cells in log.rows] == ["", "1.000 s"]


def test_a_filter_that_is_the_same_resets_nothing(qtbot):
    """To set the filter that is set already leaves the rows, and what is selected, alone."""
    log = Log(warnings(4))
    log.table.set_filter("README", frozenset({"done"}))
    with qtbot.assertNotEmitted(log.table.modelReset):
        log.table.set_filter(" readme ", frozenset({"done"}))


def test_a_long_log_is_filtered_beside_everything_else(qtbot):
    """200,000 events are filtered in slices, and between any two the window gets its turn."""
    log = Log([*RecordedSource(CREATION_MACHINE).history, *warnings(199_999)])
    assert log.table.rowCount() == 200_000
    slices, turns, longest = count(), count(), []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: next(turns))
    log.table.filtering.connect(lambda _more: next(slices))
    log.table.rowsInserted.connect(lambda _parent, a, b: longest.append(b - a + 1))
    timer.start()
    log.table.set_filter("", frozenset({"warning"}))
    assert log.filtering
    assert log.table.rowCount() < 100_000
    log.settle()
    timer.stop()
    assert log.table.rowCount() == 100_000
    assert next(slices) > 2
    # Qt serves the two timers in turns.
    assert next(turns) >= next(slices) - 2
    assert max(longest) < 100_000


def test_what_comes_while_it_filters_is_not_lost():
    """A filter that is changed, and a log that grows, while it filters: all is gone through."""
    log = Log([*RecordedSource(CREATION_MACHINE).history, *warnings(60_000)])
    log.table.set_filter("nothing has this")
    assert log.filtering
    log.table.set_filter("", frozenset({"progress", "transition"}))
    log.source.grow(warnings(2, first=60_002))
    log.show()
    log.settle()
    assert log.table.rowCount() == 30_001
    log.table.set_filter("nothing has this")
    log.table.set_filter("")
    assert log.table.rowCount() == 60_003
    assert not log.filtering


def test_begun_anew_while_it_filters():
    """A session that begins anew while its old history is filtered is filtered from its start."""
    log = Log([*RecordedSource(CREATION_MACHINE).history, *warnings(60_000)])
    log.table.set_filter("placeholder")
    assert log.filtering
    log.source.restart(warnings(3))
    log.show()
    log.settle()
    assert [cells[0] for cells in log.rows] == ["2", "4"]
