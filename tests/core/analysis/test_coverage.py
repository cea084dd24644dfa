"""Coverage counts what sessions took, and adds up."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.coverage import NEVER, Coverage, CoverageData
from exlab_gui.core.analysis.tour import tour
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.events import Event, Origin
from tests.core.trace.kept import recording
from tests.helpers.strategies import START, machines, session_histories

histories = st.lists(session_histories(max_events=12), max_size=2)


def covered(*sessions, machine=CREATION_MACHINE):
    """Return the coverage of these histories."""
    coverage = Coverage(machine)
    for history in sessions:
        coverage.add(history)
    return coverage


@given(machines().flatmap(lambda m: st.tuples(st.just(m), session_histories(m, legal=True))))
def test_every_step_of_a_legal_session_is_counted_once(of):
    """A session enters one state more than it takes transitions."""
    machine, history = of
    coverage = covered(history, machine=machine)
    visits_made = StateHistory(machine, history).visit_count()
    assert sum(coverage.states.values()) == visits_made
    assert sum(coverage.transitions.values()) == visits_made - 1


@given(session_histories(max_events=12))
def test_what_is_counted_is_what_the_walk_says_was_taken(history):
    """Exactly the states that were visited and the legal transitions taken are counted."""
    visits, coverage = StateHistory(CREATION_MACHINE, history), covered(history)
    assert all(visits.visited(state) == (times > 0) for state, times in coverage.states.items())
    assert all(visits.taken(edge) == (times > 0) for edge, times in coverage.transitions.items())


@given(session_histories(max_events=12), st.data())
def test_what_comes_after_a_moment_is_not_counted(history, data):
    """At a moment, the coverage is that of the history up to there."""
    position = data.draw(st.integers(1, len(history)))
    coverage = Coverage(CREATION_MACHINE)
    coverage.add_visits(StateHistory(CREATION_MACHINE, history), position)
    assert coverage.data() == covered(history[:position]).data()


@given(histories, histories)
def test_merging_is_counting_together(some, others):
    """It makes no difference which process has counted a session."""
    merged = covered(*some)
    merged.merge(covered(*others))
    assert merged.data() == covered(*others, *some).data()


@given(histories)
def test_json_keeps_everything(sessions):
    """What is written as JSON and read again is the same."""
    data = covered(*sessions).data()
    read = msgspec.json.decode(msgspec.json.encode(data), type=CoverageData)
    assert Coverage.of(read).data() == data


@given(histories)
def test_shares_are_those_of_what_was_taken(sessions):
    """Taken and never make up the whole."""
    coverage = covered(*sessions)
    never = list(coverage.states.values()).count(0)
    assert coverage.state_share == pytest.approx(1 - never / 11)
    never = list(coverage.transitions.values()).count(0)
    assert coverage.transition_share == pytest.approx(1 - never / 25)
    assert not coverage.is_under(100 * min(coverage.state_share, coverage.transition_share) - 0.01)
    assert coverage.is_under(100.01)


def test_a_tour_covers_everything():
    """After a tour of all transitions nothing is left out."""
    coverage = covered(*(recording(*visits[1:]).events for visits in tour(CREATION_MACHINE)))
    assert min((*coverage.states.values(), *coverage.transitions.values())) > 0
    assert not coverage.is_under(100)
    assert coverage.sessions == len(tour(CREATION_MACHINE))


def test_other_machines_are_not_mixed_in():
    """Counts of two machines do not add up to anything."""
    other = StateMachine("a", {"a": frozenset()}, {})
    with pytest.raises(ValueError, match="different state machines"):
        Coverage(CREATION_MACHINE).merge(Coverage(other))


def test_nothing_is_all_of_no_transitions():
    """A machine that goes nowhere is covered by a session that stands still."""
    coverage = Coverage(StateMachine("a", {"a": frozenset()}, {}))
    assert coverage.is_under(1)
    coverage.add([Event(1, START, "a", Origin.SIMULATED)])
    assert coverage.transition_share == 1
    assert not coverage.is_under(100)


def test_no_events_are_no_session():
    """A file in which nothing could be read counts for nothing."""
    assert covered([]).sessions == 0


def test_the_table_has_a_line_for_everything():
    """Each state and each transition has its own line, with how often, and the sum comes last."""
    way = ("validating", "rendering", "failed")
    *table, total = covered(recording(*way).events).lines()
    rows = dict(line.rsplit(maxsplit=1) for line in table if line)
    assert rows.pop("state") == rows.pop("transition") == "times"
    assert len(rows) == 11 + 25
    taken = {"pending", *way, *(" → ".join(step) for step in pairwise(("pending", *way)))}
    assert {name for name, times in rows.items() if times != NEVER} == taken
    assert total == "1 session: 4 of 11 states (36.4 %), 3 of 25 transitions (12.0 %)."
