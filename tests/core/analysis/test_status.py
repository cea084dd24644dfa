"""How each state and each transition stands to a session, at any moment of it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.status import (
    EdgeStatus,
    StateStatus,
    edge_status,
    state_status,
    statuses_in,
    uncertain,
)
from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.session import SessionStore
from tests.core.analysis.test_visits import edges, positions
from tests.helpers import spec
from tests.helpers.strategies import START


@given(positions())
def test_the_statuses_are_those_of_the_history_up_to_then(position):
    """At every moment, each status is what the spec says of the history that ends there."""
    machine, history, position = position
    visits = StateHistory(machine, history)
    past = history[:position]
    current, been, taken = past[-1].state, {event.state for event in past}, edges(past)
    for state in machine.states:
        holds = {
            "current": state == current,
            "legal": state in machine.table[current],
            "visited": state in been,
            "idle": True,
        }
        assert state_status(visits, state, position) == next(name for name in holds if holds[name])
    for edge in ((a, b) for a in machine.states for b in machine.states):
        legal = edge[1] in machine.table[edge[0]]
        holds = {
            "violation": edge in taken and not legal,
            "last": legal and taken[-1:] == [edge],
            "legal": legal and edge[0] == current,
            "taken": legal and edge in taken,
            "idle": True,
        }
        assert edge_status(visits, edge, position) == next(name for name in holds if holds[name])


@pytest.mark.parametrize("state", spec.STATES)
def test_one_state_is_current_and_the_next_ones_are_legal(state):
    """On the way that leads to each state, the statuses are those that the table gives."""
    store = SessionStore()
    session = store.open("run")
    for step in spec.WAYS[state]:
        store.transition(session.session_id, step)
    visits = StateHistory(CREATION_MACHINE, session.history)
    shown = {name: state_status(visits, name) for name in spec.STATES}
    been = {"pending", *spec.WAYS[state]}
    assert {name for name in shown if shown[name] == "current"} == {state}
    assert {name for name in shown if shown[name] == "legal"} == spec.FOLLOWING[state]
    assert {name for name in shown if shown[name] == "visited"} == (
        been - {state} - spec.FOLLOWING[state]
    )


def test_the_edges_of_a_session_that_was_asked():
    """The edge just taken is last, those that leave are legal, those gone before are taken."""
    store = SessionStore()
    session = store.open("run")
    for step in (*spec.WAYS["input_required"], "plugin_pass"):
        store.transition(session.session_id, step)
    visits = StateHistory(CREATION_MACHINE, session.history)
    shown = {edge: edge_status(visits, edge) for edge in spec.LEGAL}
    assert {edge for edge in shown if shown[edge] == "last"} == {("input_required", "plugin_pass")}
    assert {edge for edge in shown if shown[edge] == "legal"} == {
        ("plugin_pass", new_state) for new_state in spec.FOLLOWING["plugin_pass"]
    }
    assert {edge for edge in shown if shown[edge] == "taken"} == {
        ("pending", "validating"),
        ("validating", "rendering"),
        ("rendering", "plugin_pass"),
    }


@given(positions(), st.text())
def test_what_is_no_state_is_idle(position, name):
    """A state that the session never was in and the machine does not know is idle."""
    machine, history, position = position
    visits = StateHistory(machine, history)
    if name not in machine.states:
        assert state_status(visits, name, position) is StateStatus.IDLE
        assert edge_status(visits, (machine.initial, name), position) is EdgeStatus.IDLE


def test_the_statuses_are_the_public_names():
    """The values are those by which tests of the window read them."""
    assert [*StateStatus] == ["current", "legal", "visited", "idle"]
    assert {*EdgeStatus} == {"legal", "taken", "last", "violation", "idle"}


@pytest.mark.parametrize("state", spec.STATES)
def test_a_session_without_a_past_has_only_its_state_and_what_may_follow(state):
    """Where it stands is current; the next states and the ways there are legal; nothing else is."""
    states, edges = statuses_in(CREATION_MACHINE, state)
    following = spec.FOLLOWING[state]
    assert states == {state: "current", **dict.fromkeys(following, "legal")}
    assert edges == {(state, new_state): "legal" for new_state in following}


def gap(state, after):
    """Return the history of a session that was seen in `state` and in `after`, not between."""
    first, second = (Event(n, START, name, Origin.OBSERVED) for n, name in ((1, state), (2, after)))
    return [first, msgspec.structs.replace(second, mark=Mark.GAP)]


def test_a_gap_breaks_no_rule():
    """Nobody saw how the session came there, which is shown, and is no violation."""
    visits = StateHistory(CREATION_MACHINE, gap("rendering", "done"))
    assert edge_status(visits, ("rendering", "done")) is EdgeStatus.LAST
    assert uncertain(visits) == {("rendering", "done"): Certainty.UNOBSERVED}
    assert uncertain(visits, 1) == {}


def test_a_gap_along_an_edge_of_the_table():
    """The session may have taken another way: the edge is last, and unobserved."""
    visits = StateHistory(CREATION_MACHINE, gap("rendering", "failed"))
    assert edge_status(visits, ("rendering", "failed")) is EdgeStatus.LAST
    assert uncertain(visits) == {("rendering", "failed"): Certainty.UNOBSERVED}


def test_a_violation_that_was_seen_stays_one():
    """What was taken twice, once unseen and once seen, is known from the second time."""
    seen = [*gap("rendering", "done"), *gap("rendering", "done")]
    seen[-1] = msgspec.structs.replace(seen[-1], mark=None)
    assert (
        edge_status(StateHistory(CREATION_MACHINE, seen), ("rendering", "done"))
        is EdgeStatus.VIOLATION
    )
