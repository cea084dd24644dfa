"""The sessions that a filter leaves, and their order."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.models.session_cells import Column
from exlab_gui.models.session_filter import SessionFilterModel
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step, WalkTo
from exlab_gui.sources.simulated import SimulatedSource

MADE = (("b", "XRD_01"), ("C", "SEM_02"), ("a", "XRD_03"))


@pytest.fixture
def sessions(qapp):
    sessions = SessionListModel()
    for label, equipment in MADE:
        scenario = Scenario(title="T", request={"equipment_id": equipment}, steps=())
        sessions.add(SessionModel(SimulatedSource(label, CREATION_MACHINE, scenario)))
    return sessions


@pytest.fixture
def shown(sessions, qtmodeltester):
    model = SessionFilterModel(sessions)
    yield model
    qtmodeltester.check(model)


def labels(model):
    return [model.session(row).label for row in range(model.rowCount())]


def test_without_words_all_stand_as_they_were_opened(shown):
    """Nothing is left out, and nothing is sorted."""
    assert labels(shown) == ["b", "C", "a"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("xrd", ["b", "a"]),
        ("XRD 03", ["a"]),
        ("pending", ["b", "C", "a"]),
        ("<b>", []),
        (" ", ["b", "C", "a"]),
    ],
)
def test_each_word_counts(shown, text, left):
    """A session is left where each word is in one of its columns, be the column shown or not."""
    shown.show_only(text)
    assert labels(shown) == left


def test_a_session_comes_and_goes_as_it_changes(shown, sessions):
    """What a session has become is what the filter looks at."""
    shown.show_only("validating")
    assert labels(shown) == []
    sessions.session(1).request(Step("validating"))
    assert labels(shown) == ["C"]


def test_sorting_does_not_mind_the_size_of_letters(shown):
    """By a column, the other way round, and back to the order of opening."""
    shown.sort(Column.SESSION)
    assert labels(shown) == ["a", "b", "C"]
    shown.sort(Column.SESSION, Qt.SortOrder.DescendingOrder)
    assert labels(shown) == ["C", "b", "a"]
    shown.sort(-1)
    assert labels(shown) == ["b", "C", "a"]


def test_neighbours_are_those_that_are_seen(shown, sessions):
    """The next session is the one below in the list as it is sorted and filtered."""
    b, c, a = sessions.open_sessions
    shown.sort(Column.SESSION)
    assert shown.neighbour(a, 1) is b
    assert shown.neighbour(a, -1) is None
    shown.show_only("xrd")
    assert shown.neighbour(b, 1) is None
    assert shown.neighbour(c, 1) is a  # itself left out: the first of those that are left
    shown.show_only("nothing")
    assert shown.neighbour(c, 1) is None
    assert shown.row_of(c) is None


def test_the_names_of_columns_stay(shown):
    """Also where no row is left."""
    shown.show_only("nothing")
    assert shown.headerData(0, Qt.Orientation.Horizontal) == "Session"


@pytest.fixture
def long_list(sessions):
    """Return a list of 150 sessions: ``s-149`` stands first, and every tenth is validating."""
    for session in sessions.open_sessions:
        sessions.remove(session)
    for number in reversed(range(150)):
        sessions.add(SessionModel(SimulatedSource(f"s-{number:03}")))
    for row in range(0, 150, 10):
        sessions.session(row).request(Step("validating"))
    return sessions


def test_a_long_list_is_put_in_order_soon_after_a_change(long_list, shown, qtbot):
    """Many sessions may change at once: the list is not sorted anew for each of them."""
    shown.sort(Column.STATE)
    assert labels(shown)[-15:] == [f"s-{number:03}" for number in range(149, 0, -10)]
    with qtbot.waitSignals([shown.layoutChanged]):
        long_list.session(1).request(Step("validating"))
        long_list.session(2).request(Step("validating"))
        assert len(labels(shown)[-17:]) == 17
        assert "s-148" not in labels(shown)[-17:]
    assert {"s-148", "s-147"} < set(labels(shown)[-17:])


def test_a_long_list_takes_in_new_sessions_together(long_list, shown, qtbot):
    """A server may list thousands at once: they are counted and shown a few times in a second."""
    kept, inserted, counted = QPersistentModelIndex(shown.index(14, 0)), [], []
    shown.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    shown.counted.connect(lambda: counted.append(shown.counts[None]))
    with qtbot.waitSignals([shown.rowsInserted, shown.counted]):
        for number in range(50):
            long_list.add(SessionModel(SimulatedSource(f"new-{number:03}")))
        assert (inserted, counted) == ([], [])
    assert (inserted, counted) == ([(150, 199)], [200])
    assert labels(shown)[-1] == "new-049"
    assert (kept.row(), kept.data()) == (14, "s-135")


def test_a_long_list_is_filtered_soon_after_a_change(long_list, shown, qtbot):
    """A few rows come and go one by one, so that what is selected stays so."""
    shown.show_only("validating")
    kept = QPersistentModelIndex(shown.index(14, 0))
    with qtbot.waitSignal(shown.rowsInserted):
        long_list.session(1).request(Step("validating"))
    assert labels(shown)[:2] == ["s-149", "s-148"]
    assert (kept.row(), kept.data()) == (15, "s-009")


def test_the_selected_row_moves_with_its_session(shown, sessions):
    """Wherever the order takes it."""
    kept = QPersistentModelIndex(shown.index(1, Column.STATE))
    shown.sort(Column.SESSION, Qt.SortOrder.DescendingOrder)
    assert (kept.row(), kept.column()) == (0, Column.STATE)
    shown.show_only("c sem")
    assert kept.row() == 0
    shown.show_only("xrd")
    assert not kept.isValid()


def test_a_session_added_to_a_sorted_list_has_its_place(shown, sessions):
    """A new one stands where the order has it, and is gone when it is closed."""
    shown.sort(Column.SESSION)
    new = SessionModel(SimulatedSource("bb"))
    sessions.add(new)
    assert labels(shown) == ["a", "b", "bb", "C"]
    sessions.remove(new)
    assert labels(shown) == ["a", "b", "C"]


def test_times_are_no_words(shown):
    """They pass all the time: with them, sessions would come and go by themselves."""
    shown.show_only("s")  # as in "0 s"
    assert labels(shown) == ["C"]


def test_statuses_are_counted_and_filter(shown, sessions):
    """Each open session counts as what it is now; of several statuses, each is shown."""
    sessions.session(1).request(WalkTo("failed"))
    sessions.session(2).request(WalkTo("input_required"))
    assert +shown.counts == {None: 1, "failure": 1, "input": 1}
    shown.show_statuses({"failure", "input"})
    assert labels(shown) == ["C", "a"]
    sessions.session(2).request(WalkTo("done"))
    assert labels(shown) == ["C"]
    sessions.remove(sessions.session(1))
    assert labels(shown) == []
    assert +shown.counts == {None: 1, "success": 1}
    shown.show_statuses(set())
    assert labels(shown) == ["b", "a"]


def test_a_look_at_the_past_changes_no_status(shown, sessions):
    """A session is what it is now, whatever position of it the panes show."""
    session = sessions.session(0)
    session.request(WalkTo("done"))
    session.go_to(1)
    assert session.state == "pending"
    assert shown.index(0, Column.STATE).data() == "done"
    assert shown.counts["success"] == 1


def test_many_sessions_go_at_once(shown, sessions, qtbot):
    """Thousands may be finished: the list is made anew once, not for each of them."""
    for _ in range(500):
        sessions.add(SessionModel(SimulatedSource("more")))
    closing = sessions.open_sessions[3:]
    with qtbot.waitSignal(sessions.modelReset):
        sessions.remove_all(closing)
    assert labels(shown) == ["b", "C", "a"]
    assert all(session.is_closed for session in closing)
    assert shown.counts[None] == 3
