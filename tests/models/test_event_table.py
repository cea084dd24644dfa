"""The log's model: one row per event, made as it is looked at."""

from datetime import timedelta

import pytest
from hypothesis import given
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from exlab_gui.core.protocol.envelopes import WarningEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.log_columns import COLUMNS, KEYS
from exlab_gui.models.event_table import EventTableModel
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Reset, Step, WalkTo
from exlab_gui.sources.simulated import SimulatedSource
from tests.helpers import spec
from tests.helpers.expected import moves, rows_of
from tests.helpers.logs import HISTORIES, ROLE, Log, row, rows, warnings
from tests.helpers.strategies import START

pytestmark = pytest.mark.usefixtures("qapp")

HEADERS = ["#", "Time", "Δ", "State", "Kind", "Phase", "Detail"]


def test_the_columns():
    """The columns are those of the automation names, in that order; each says what it means."""
    table = EventTableModel()
    across = Qt.Orientation.Horizontal
    assert [table.headerData(c, across) for c in range(table.columnCount())] == HEADERS
    assert all(table.headerData(c, across, ROLE.ToolTipRole) for c in range(len(COLUMNS)))
    assert table.headerData(0, Qt.Orientation.Vertical) is None
    assert table.headerData(0, across, ROLE.DecorationRole) is None
    assert table.headerData(-1, across) is None
    assert table.headerData(len(COLUMNS), across) is None


def test_numbers_and_times_line_up():
    """Numbers and times stand at the right, in cells as in headers; everything else at the left."""
    log = Log()
    right = [
        bool(log.table.index(0, column).data(ROLE.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
        for column in range(len(COLUMNS))
    ]
    assert right == [True, True, True, False, False, False, False]
    assert [
        log.table.headerData(c, Qt.Orientation.Horizontal, ROLE.TextAlignmentRole)
        for c in range(len(COLUMNS))
    ] == [log.table.index(0, c).data(ROLE.TextAlignmentRole) for c in range(len(COLUMNS))]


@pytest.mark.parametrize("state", spec.STATES)
def test_a_row_for_each_thing_that_happened(state):
    """A session that was brought to any state has a row for its opening and for each move."""
    session = SessionModel(SimulatedSource("sim-1"))
    table = EventTableModel()
    table.set_session(session)
    for step in spec.WAYS[state]:
        session.request(Step(step))
    assert moves(rows(table)) == rows_of(["pending", *spec.WAYS[state]])
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
    """The tip of a time, and of the time since the event before, has it as files do."""
    at = START + timedelta(microseconds=1)
    opened, ended = (
        Event(1, START, "pending", Origin.OBSERVED),
        Event(2, at, "aborted", Origin.OBSERVED),
    )
    log = Log([opened, ended])
    time, delta = (log.table.index(1, KEYS.index(key)) for key in ("time", "delta"))
    assert time.data(ROLE.ToolTipRole) == "Time (UTC): 2026-01-31 12:00:00.000001"
    assert delta.data(ROLE.ToolTipRole) == "Δ (s): 0.000001"
    assert log.table.index(0, KEYS.index("delta")).data(ROLE.ToolTipRole) == ""


def test_the_tip_has_all_that_the_cell_may_cut():
    """The tip of any other cell is its text, never taken for markup."""
    message = "<img src=x> & no end of words"
    warning = WarningEnvelope("running_plugins", message)
    log = Log([Event(1, START, "plugin_pass", Origin.OBSERVED, warning)])
    told = log.table.index(0, KEYS.index("detail")).data()
    assert told.endswith(message)
    assert log.table.index(0, KEYS.index("detail")).data(ROLE.ToolTipRole) == plain_tip(told)
    assert log.table.index(0, KEYS.index("state")).data(ROLE.ToolTipRole) == "plugin_pass"


def test_fonts_and_colours():
    """Numbers and times bear the font that was set, rows of a kind with a colour that colour."""
    log = Log(warnings(2, first=1))
    font, brush = QFont("Courier"), QBrush(QColor("red"))
    changed = []
    log.table.dataChanged.connect(lambda *area: changed.append(area[:2]))
    log.table.set_style(font, {"warning": brush})
    first, last = changed[0]
    assert (first.row(), first.column(), last.row(), last.column()) == (0, 0, 1, 6)
    fonts = [log.table.index(0, column).data(ROLE.FontRole) for column in range(len(COLUMNS))]
    assert fonts == [font, font, font, None, None, None, None]
    assert [log.table.index(r, 0).data(ROLE.ForegroundRole) for r in (0, 1)] == [None, brush]
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
    kept = QPersistentModelIndex(log.table.index(1, KEYS.index("number")))
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


def test_begun_anew_and_gone_on_in_answer():
    """Where somebody goes on with a session as soon as it began anew, all of it is shown."""
    session = SessionModel(SimulatedSource("sim-1"))
    session.request(Step("validating"))
    session.changed.connect(lambda: session.request(WalkTo("cache_write")))
    table = EventTableModel()
    table.set_session(session)
    session.request(Reset())
    assert [row.state for row in rows(table)] == ["pending", *spec.WAYS["cache_write"]]


def test_only_one_session_is_shown():
    """Another session replaces all rows and keeps the filter; what the old one does is not seen."""
    table = EventTableModel()
    first, second = (SessionModel(SimulatedSource(name)) for name in ("sim-1", "sim-2"))
    table.set_session(first)
    table.set_filter("transition")
    first.request(WalkTo("failed"))
    table.clear_view()
    table.set_session(second)
    assert [row.state for row in rows(table)] == ["pending"]
    first.request(Reset())
    first.request(Step("aborted"))
    assert table.rowCount() == table.event_count == 1
    second.request(Step("aborted"))
    assert [row.state for row in rows(table)] == ["pending", "aborted"]
    table.set_session(None)
    assert table.rowCount() == table.event_count == 0
    assert table.row_of(0) is None
