"""The open sessions, one row each."""

import asyncio
import gc
from datetime import timedelta
from weakref import ref

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer

from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.scenario.scenario import Enter, Scenario
from exlab_gui.models.session_cells import Column, title
from exlab_gui.models.session_list import SORT_ROLE, SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Play, Step, WalkTo
from exlab_gui.sources.metadata import SessionInfo
from exlab_gui.sources.simulated import SimulatedSource
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.scripts import soon
from tests.helpers.strategies import START

pytestmark = pytest.mark.usefixtures("qapp")

ROLE = Qt.ItemDataRole
LATE = Scenario(title="T", steps=(Enter("validating", after=3_600),))


@pytest.fixture
def sessions(qapp):
    return SessionListModel()


def add(sessions, name="sim-1", clock=None):
    """Return a fresh session that was added to the list."""
    session = SessionModel(SimulatedSource(name, CREATION_MACHINE, LATE, clock))
    sessions.add(session)
    return session


def rows(sessions):
    """Return label and state of each row."""
    return [
        tuple(sessions.index(row, column).data() for column in (0, 1))
        for row in range(sessions.rowCount())
    ]


def test_several_are_added_at_once(sessions):
    """Who shows the list is told once, with all of their rows."""
    add(sessions)
    told = []
    sessions.rowsInserted.connect(lambda _parent, first, last: told.append((first, last)))
    new = [SessionModel(SimulatedSource(f"s-{number}")) for number in range(3)]
    assert sessions.add(*new) == 1
    assert told == [(1, 3)]
    assert [sessions.row_of(session) for session in new] == [1, 2, 3]


def test_the_columns(sessions):
    """Each row has the session's name and state, its times, and what is known of it besides."""
    across = Qt.Orientation.Horizontal
    headers = [sessions.headerData(c, across) for c in range(sessions.columnCount())]
    assert headers == [
        *("Session", "State", "For", "Age", "Waits for"),
        *("Equipment", "Project", "Run", "Server"),
    ]
    assert sessions.headerData(0, Qt.Orientation.Vertical) is None
    assert sessions.headerData(-1, across) is None
    assert sessions.headerData(9, across) is None


def test_sessions_stand_in_the_order_of_their_opening(sessions):
    """A session is added at the end, and row and session find each other."""
    opened = [add(sessions, f"sim-{n}") for n in range(3)]
    assert rows(sessions) == [(f"sim-{n}", "pending") for n in range(3)]
    assert [sessions.row_of(session) for session in opened] == [0, 1, 2]
    assert [sessions.session(row) for row in range(3)] == opened


def test_a_session_that_moved_is_shown_anew(sessions, qtbot):
    """A change of one session changes its row, and no other."""
    add(sessions, "sim-1")
    second = add(sessions, "sim-2")
    with qtbot.waitSignal(sessions.dataChanged) as changed:
        second.request(Step("validating"))
    first, last, *_ = changed.args
    assert (first.row(), first.column(), last.row(), last.column()) == (1, 0, 1, 8)
    assert rows(sessions) == [("sim-1", "pending"), ("sim-2", "validating")]
    assert sessions.index(1, 0).data(ROLE.ToolTipRole) == "sim-2: validating, 2 events"


def test_the_time_in_the_state(sessions):
    """How long a session has been in its state is told without fractions, until it is over."""
    real = START
    session = add(sessions, clock=SimulatedClock(lambda: real))
    time = sessions.index(0, 2)
    assert time.data(ROLE.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert time.data() == "0 s"
    real += timedelta(seconds=3_700)
    assert time.data() == "1 h 2 min"
    session.request(Step("validating"))
    assert time.data() == "0 s"
    session.request(WalkTo("done"))
    assert time.data() == ""


def test_time_passes_for_all_sessions(sessions, qtbot):
    """As long as there are sessions their times are told anew, and then no more."""
    timer = sessions.findChild(QTimer)
    assert not timer.isActive()
    for name in ("sim-1", "sim-2"):
        add(sessions, name)
    assert timer.isActive()
    with qtbot.waitSignal(sessions.dataChanged) as changed:
        timer.setInterval(0)
    first, last, *_ = changed.args
    assert (first.row(), first.column(), last.row(), last.column()) == (0, 1, 1, 3)
    for row in (1, 0):
        sessions.remove(sessions.session(row))
    assert not timer.isActive()


def test_what_is_not_there_has_no_data(sessions):
    """An index that is invalid, or of a row that is gone, has no data."""
    add(sessions, "sim-1")
    second = add(sessions, "sim-2")
    gone, kept = sessions.index(1, 0), QPersistentModelIndex(sessions.index(1, 0))
    assert sessions.data(kept) == "sim-2"
    sessions.remove(second)
    for index in (QModelIndex(), gone, kept):
        assert sessions.data(index) is None
    assert sessions.rowCount(sessions.index(0, 0)) == 0
    assert sessions.columnCount(sessions.index(0, 0)) == 0
    assert sessions.index(0, 0).data(ROLE.DecorationRole) is None


def test_the_model_keeps_qts_rules(sessions, qtmodeltester):
    """Qt's own tester finds nothing wrong while sessions come, move and go."""
    qtmodeltester.check(sessions)
    opened = [add(sessions, f"sim-{n}") for n in range(3)]
    opened[1].request(WalkTo("done"))
    sessions.remove(opened[0])
    sessions.remove(opened[2])
    assert rows(sessions) == [("sim-1", "done")]
    sessions.remove(opened[1])
    assert rows(sessions) == []


def test_a_session_that_was_closed_is_forgotten(sessions):
    """A session that is taken off is closed, and goes with all that it held when nobody has it."""
    session = add(sessions)
    source, gone = session.source, ref(session)
    sessions.remove(session)
    source.send(Step("validating"))
    assert session.count == 1
    with pytest.raises(ValueError, match="is not in the list"):
        sessions.remove(session)
    del session
    assert gone() is None


def test_a_session_that_is_closed_in_answer_to_its_change(sessions):
    """Who closes a session when told of its change disturbs nobody."""
    session = add(sessions)
    session.changed.connect(lambda: sessions.remove(session))
    session.request(Step("validating"))
    assert rows(sessions) == []


async def test_a_session_that_plays_lives_until_its_play_has_ended(qapp):
    """Taken off in the middle of playing, a session is there until what it began has ended."""
    sessions = SessionListModel()
    session = add(sessions)
    gone = ref(session)
    session.request(Play())
    await asyncio.sleep(0)
    sessions.remove(session)
    del session
    gc.collect()
    assert gone() is not None
    await soon(sessions.close())
    assert asyncio.all_tasks() == {asyncio.current_task()}
    await asyncio.sleep(0)
    assert gone() is None


async def test_closing_ends_everything(qapp):
    """A close ends every play, of the sessions in the list and of those that were taken off."""
    sessions = SessionListModel()
    opened = [add(sessions, f"sim-{n}") for n in range(3)]
    for session in opened:
        session.request(Play())
    await asyncio.sleep(0)
    sessions.remove(opened[0])
    await soon(sessions.close())
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert not sessions.findChild(QTimer).isActive()


async def test_an_empty_list_closes(qapp):
    """Where there is no session there is nothing to end."""
    await soon(SessionListModel().close())


def test_a_session_that_needs_input_is_marked(sessions):
    """It bears a sign, which a screen reader has in a word, and says what it waits for."""
    session = add(sessions)
    cell = sessions.index(0, Column.SESSION)
    assert cell.data(ROLE.DecorationRole) is None
    session.request(WalkTo("input_required"))
    assert not cell.data(ROLE.DecorationRole).isNull()
    assert cell.data(ROLE.AccessibleTextRole) == "sim-1, Simulated, waiting"
    asked = session.pending_input
    assert sessions.index(0, Column.WAITS_FOR).data() == f"{asked.plugin}: {asked.reason}"
    session.request(WalkTo("done"))
    assert cell.data(ROLE.DecorationRole) is None
    assert sessions.index(0, Column.WAITS_FOR).data() == ""


def test_what_is_known_of_a_session(sessions):
    """Equipment, project and run are those of what was asked for, as plain lines."""
    request = {"equipment_id": "<b>XRD</b>", "project_name": "P\n7", "label": "run", "operator": 3}
    scenario = Scenario(title="T", request=request, steps=())
    sessions.add(SessionModel(SimulatedSource("sim-1", CREATION_MACHINE, scenario)))
    told = [sessions.index(0, column).data() for column in (Column.EQUIPMENT, Column.PROJECT)]
    assert told == ["<b>XRD</b>", "P\\n7"]
    assert sessions.index(0, Column.RUN).data() == "run"
    assert sessions.index(0, Column.SERVER).data() == ""
    assert "<b>" not in sessions.index(0, 0).data(ROLE.ToolTipRole)


def test_names_are_sorted_as_they_are_seen(sessions):
    """The run stands first in its row, so it comes first; 10 stands after 9."""
    for label in ("B/P/run-10", "C/P/Run-9", "A/P/run-9b"):
        sessions.add(SessionModel(SimulatedSource(label, CREATION_MACHINE)))
    keys = {sessions.index(row, 0).data(SORT_ROLE): row for row in range(3)}
    assert [keys[key] for key in sorted(keys)] == [1, 2, 0]


def test_times_are_sorted_as_times(sessions):
    """An hour stands after ten minutes, though its text would not; letters' size does not count."""
    clock = SimulatedClock(lambda: START)
    session = add(sessions, "Sim-1", clock)
    clock.advance(600)
    assert sessions.index(0, Column.TIME).data(SORT_ROLE) == 600.0
    assert sessions.index(0, Column.AGE).data(SORT_ROLE) == 600.0
    session.request(WalkTo("done"))
    assert sessions.index(0, Column.TIME).data(SORT_ROLE) == -1.0


def test_others_like_a_session(sessions):
    """Those of its kind and machine, without itself."""
    first, second = add(sessions, "sim-1"), add(sessions, "sim-2")
    assert list(sessions.comparable_histories(first)) == [second.visits]


def test_a_run_may_have_any_name():
    """Of a label that begins with its place, the list shows the run, also if that has slashes."""
    for run, label, shown in (
        ("24h/48h", "XRD_01/Films/24h/48h", "24h/48h"),
        ("", "XRD_01/Films/batch", "batch"),
        ("run_7", "fork-1", "fork-1"),
    ):
        source = RecordedSource(CREATION_MACHINE, [Event(1, START, "pending", Origin.OBSERVED)])
        source.info = SessionInfo(label, equipment="XRD_01", run=run)
        assert title(SessionModel(source)).startswith(f"{shown} · XRD_01")
