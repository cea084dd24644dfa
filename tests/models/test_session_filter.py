"""The sessions that a filter leaves, and their order."""

import pytest
from PySide6.QtCore import Qt

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.models.session_filter import SessionFilterModel
from exlab_gui.models.session_list import Column, SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
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
