"""The log's model: one row per event, made as it is looked at, filtered beside everything else."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtTest import QAbstractItemModelTester

from exlab_gui.core.describe import describe
from exlab_gui.core.durations import duration, time_of_day
from exlab_gui.core.envelopes import KINDS, ProgressEnvelope, WarningEnvelope
from exlab_gui.core.events import Event, Origin
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.models.event_table import Column, EventTableModel
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Play, Reset, Step, WalkTo
from exlab_gui.sources.simulated import SimulatedSource
from tests import spec
from tests.expected import rows_of
from tests.recorded_source import RecordedSource
from tests.strategies import START, session_histories

pytestmark = pytest.mark.usefixtures("qapp")

HISTORIES = session_histories(max_events=15)
ROLE = Qt.ItemDataRole
HEADERS = ["#", "Time", "Δ", "State", "Kind", "Phase", "Detail"]


class Log:
    """A recorded session and its table; what happened is shown at once."""

    def __init__(self, history=(), table=None):
        self.source = RecordedSource(CREATION_MACHINE, history)
        self.session = SessionModel(self.source)
        self.table = table or EventTableModel()
        self.filtering = False
        self.table.filtering.connect(self.note)
        self.table.set_session(self.session)

    def note(self, filtering):
        self.filtering = filtering

    def show(self):
        """Show what has happened so far, as a command does."""
        self.session.request(Play())

    def settle(self):
        """Return when the filter has gone through everything."""
        while self.filtering:
            QCoreApplication.processEvents()

    @property
    def rows(self):
        return rows(self.table)


def rows(table):
    """Return what the table shows, row by row."""
    return [
        tuple(table.index(row, column).data() for column in range(table.columnCount()))
        for row in range(table.rowCount())
    ]


def row(history, index):
    """Return the cells of the event at `index`, as the columns are documented."""
    event, before = history[index], history[index - 1] if index else None
    return (
        str(event.seq),
        time_of_day(event.at, "milliseconds"),
        duration(event.at - before.at, 3) if before else "",
        event.state,
        event.kind,
        spec.PHASES[event.state] or "",
        describe(event, before.state if before else None),
    )


def passing(history, first=0, text="", hidden=frozenset()):
    """Return the indices of the events that a filter keeps, found one by one."""
    words = text.casefold().split()
    return [
        index
        for index in range(first, len(history))
        if history[index].kind not in hidden
        and all(any(word in cell.casefold() for cell in row(history, index)) for word in words)
    ]


def warnings(count, first=2):
    """Return so many events of a session that warns and makes progress, in turns."""
    envelopes = (
        WarningEnvelope("running_plugins", "README.md has a placeholder."),
        ProgressEnvelope("running_plugins", 1, 2),
    )
    return [
        Event(n, START + timedelta(seconds=n), "plugin_pass", Origin.OBSERVED, envelopes[n % 2])
        for n in range(first, first + count)
    ]


def test_the_columns():
    """The columns are those of the automation names, in that order; each says what it means."""
    table = EventTableModel()
    across = Qt.Orientation.Horizontal
    assert [table.headerData(c, across) for c in range(table.columnCount())] == HEADERS
    assert all(table.headerData(c, across, ROLE.ToolTipRole) for c in Column)
    assert table.headerData(0, Qt.Orientation.Vertical) is None
    assert table.headerData(0, across, ROLE.DecorationRole) is None
    assert table.headerData(-1, across) is None
    assert table.headerData(len(Column), across) is None


def test_numbers_and_times_line_up():
    """Numbers and times stand at the right, in cells as in headers; everything else at the left."""
    log = Log()
    right = [
        bool(log.table.index(0, column).data(ROLE.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
        for column in Column
    ]
    assert right == [True, True, True, False, False, False, False]
    assert [
        log.table.headerData(c, Qt.Orientation.Horizontal, ROLE.TextAlignmentRole) for c in Column
    ] == [log.table.index(0, c).data(ROLE.TextAlignmentRole) for c in Column]


@pytest.mark.parametrize("state", spec.STATES)
def test_a_row_for_each_thing_that_happened(state):
    """A session that was brought to any state has a row for its opening and for each move."""
    session = SessionModel(SimulatedSource("sim-1"))
    table = EventTableModel()
    table.set_session(session)
    for step in spec.WAYS[state]:
        session.request(Step(step))
    assert [(*cells[3:],) for cells in rows(table)] == rows_of(["pending", *spec.WAYS[state]])
    assert [cells[0] for cells in rows(table)] == [str(n + 1) for n in range(table.rowCount())]


@given(HISTORIES)
def test_each_cell_says_what_its_column_is_for(history):
    """Number, local time, time since the event before, state, kind, phase and detail."""
    assert Log(history).rows == [row(history, index) for index in range(len(history))]


def test_the_number_is_the_events_own():
    """Where numbers are missing or come again, each row shows that of its event."""
    events = [Event(seq, START, "pending", Origin.OBSERVED) for seq in (7, 9, 9, 1_000_000)]
    assert [cells[0] for cells in Log(events).rows] == ["7", "9", "9", "1000000"]


def test_the_time_to_the_microsecond():
    """The tip of a time has all of it, in UTC."""
    at = START + timedelta(microseconds=1)
    log = Log([Event(1, at, "pending", Origin.OBSERVED)])
    tip = log.table.index(0, Column.TIME).data(ROLE.ToolTipRole)
    assert tip == "2026-01-31T12:00:00.000001+00:00"


def test_the_tip_has_all_that_the_cell_may_cut():
    """The tip of any other cell is its text, never taken for markup."""
    message = "<img src=x> & no end of words"
    warning = WarningEnvelope("running_plugins", message)
    log = Log([Event(1, START, "pending", Origin.OBSERVED, warning)])
    assert log.table.index(0, Column.DETAIL).data() == message
    assert log.table.index(0, Column.DETAIL).data(ROLE.ToolTipRole) == plain_tip(message)
    assert log.table.index(0, Column.STATE).data(ROLE.ToolTipRole) == "pending"


def test_fonts_and_colours():
    """Numbers and times bear the font that was set, rows of a kind with a colour that colour."""
    log = Log(warnings(2))
    font, brush = QFont("Courier"), QBrush(QColor("red"))
    changed = []
    log.table.dataChanged.connect(lambda *area: changed.append(area[:2]))
    log.table.set_style(font, {"warning": brush})
    first, last = changed[0]
    assert (first.row(), first.column(), last.row(), last.column()) == (0, 0, 1, 6)
    fonts = [log.table.index(0, column).data(ROLE.FontRole) for column in Column]
    assert fonts == [font, font, font, None, None, None, None]
    assert [log.table.index(r, 0).data(ROLE.ForegroundRole) for r in (0, 1)] == [brush, None]
    assert log.table.index(0, 0).data(ROLE.DecorationRole) is None


def test_what_is_not_there_has_no_data():
    """An index that is invalid, or of a row that is gone, has no data in any role."""
    log = Log(warnings(3))
    gone = log.table.index(2, 0)
    log.table.set_filter("nothing has this")
    for role in (ROLE.DisplayRole, ROLE.ToolTipRole, ROLE.ForegroundRole, ROLE.FontRole):
        assert log.table.data(QModelIndex(), role) is None
        assert log.table.data(gone, role) is None
    assert log.table.rowCount(log.table.index(0, 0)) == 0
    assert log.table.columnCount(gone) == 0


def test_a_persistent_index_stays_with_its_event():
    """An index that is kept shows the same event while the log grows, and none after a reset."""
    log = Log(warnings(3))
    kept = QPersistentModelIndex(log.table.index(1, Column.NUMBER))
    log.source.grow(warnings(5, first=5))
    log.show()
    assert log.table.data(kept) == kept.data() == "3"
    log.table.clear_view()
    assert not kept.isValid()
    assert log.table.data(kept) is None


def test_during_a_reset_the_rows_are_the_old_ones():
    """Whoever is told that the rows are about to go finds them all as they were.

    That holds for a session that began anew with less, for a filter, and for a view that is
    cleared or shown again.
    """
    log = Log(warnings(4))
    seen = []
    log.table.modelAboutToBeReset.connect(lambda: seen.append(log.rows))
    shown = [log.rows]
    for change in (
        lambda: log.table.set_filter("placeholder"),
        lambda: log.table.clear_view(),
        lambda: log.table.show_cleared(),
        lambda: (log.source.restart(warnings(1)), log.show()),
        lambda: log.table.set_session(None),
    ):
        change()
        assert seen == shown
        shown.append(log.rows)
    assert shown[-1] == []


def test_the_model_keeps_qts_rules(qtmodeltester):
    """Qt's own tester finds nothing wrong: empty, growing, filtered, cleared, begun anew."""
    table = EventTableModel()
    qtmodeltester.check(table)
    log = Log(table=table)
    log.source.grow(warnings(10))
    log.show()
    table.set_filter("placeholder")
    log.settle()
    log.source.grow(warnings(10, first=12))
    log.show()
    table.set_filter("", frozenset({"warning"}))
    log.settle()
    table.clear_view()
    log.source.grow(warnings(10, first=22))
    log.show()
    table.show_cleared()
    table.set_filter("")
    log.source.restart(warnings(3))
    log.source.grow(warnings(3, first=5))
    log.show()
    assert table.rowCount() == 6
    table.set_session(None)
    table.set_style(QFont(), {})


TEXTS = st.sampled_from(
    ["", " ", "plugin", "PLUGIN pass", "0", "12:00", "warning", "→", "of 2", "nothing has this"]
)
KINDS_HIDDEN = st.frozensets(st.sampled_from([*KINDS, "transition"]), max_size=3)
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
    for text in ("2", time, "0:02.000", "pending", "WARNING", "placeholder", "has readme.md 2"):
        log.table.set_filter(text)
        assert log.table.rowCount() >= 1, text
    log.table.set_filter("placeholder opened")
    assert log.table.rowCount() == 0


def test_the_time_between_two_rows_is_that_between_two_events():
    """A filter leaves Δ as it is: the time since the event before, whether that is shown or not."""
    log = Log(warnings(4))
    log.table.set_filter("", frozenset({"progress"}))
    assert [cells[2] for cells in log.rows] == ["", "0:01.000"]


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


def test_begun_anew_and_gone_on_in_answer():
    """Where somebody goes on with a session as soon as it began anew, all of it is shown."""
    session = SessionModel(SimulatedSource("sim-1"))
    session.request(Step("validating"))
    session.changed.connect(lambda: session.request(WalkTo("cache_write")))
    table = EventTableModel()
    table.set_session(session)
    session.request(Reset())
    assert [cells[3] for cells in rows(table)] == ["pending", *spec.WAYS["cache_write"]]


def test_begun_anew_while_it_filters():
    """A session that begins anew while its old history is filtered is filtered from its start."""
    log = Log([*RecordedSource(CREATION_MACHINE).history, *warnings(60_000)])
    log.table.set_filter("placeholder")
    assert log.filtering
    log.source.restart(warnings(3))
    log.show()
    log.settle()
    assert [cells[0] for cells in log.rows] == ["2", "4"]


def test_only_one_session_is_shown():
    """Another session replaces all rows and keeps the filter; what the old one does is not seen."""
    table = EventTableModel()
    first, second = (SessionModel(SimulatedSource(name)) for name in ("sim-1", "sim-2"))
    table.set_session(first)
    table.set_filter("transition")
    first.request(WalkTo("failed"))
    table.clear_view()
    table.set_session(second)
    assert [cells[3] for cells in rows(table)] == ["pending"]
    first.request(Reset())
    first.request(Step("aborted"))
    assert table.rowCount() == table.event_count == 1
    second.request(Step("aborted"))
    assert [cells[3] for cells in rows(table)] == ["pending", "aborted"]
    table.set_session(None)
    assert table.rowCount() == table.event_count == 0
    assert table.row_of(0) is None
