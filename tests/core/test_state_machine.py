"""The creation machine is that of the spec, name by name and edge by edge (§4.7, §4.7.1)."""

import json
from enum import StrEnum

import pytest

from exlab_gui.core import state_machine
from exlab_gui.core.state_machine import (
    VALID_TRANSITIONS,
    Phase,
    SessionState,
    assert_transition,
    state_to_phase,
)
from tests.helpers import spec


def test_the_module_exports_what_exlab_wizard_documents():
    """The module exports these five names and no other."""
    assert sorted(state_machine.__all__) == [
        "Phase",
        "SessionState",
        "VALID_TRANSITIONS",
        "assert_transition",
        "state_to_phase",
    ]


def test_the_states_are_those_of_the_spec():
    """There are eleven states, in this order, each named as its value in capitals."""
    assert tuple(SessionState) == spec.STATES
    assert [state.name for state in SessionState] == [state.upper() for state in spec.STATES]
    assert issubclass(SessionState, StrEnum)


def test_the_phases_are_those_of_the_spec():
    """There are eight phases, in this order, each named as its value in capitals."""
    assert list(Phase) == [phase for phase in spec.PHASES.values() if phase is not None]
    assert [phase.name for phase in Phase] == [phase.value.upper() for phase in Phase]
    assert issubclass(Phase, StrEnum)


@pytest.mark.parametrize("member", [*SessionState, *Phase])
def test_members_are_strings(member):
    """A member is its value wherever text is written: in JSON, in an f-string, as a key."""
    assert json.dumps(member) == f'"{member.value}"'
    assert json.dumps({member: 1}) == f'{{"{member.value}": 1}}'
    assert f"{member}" == str(member) == member == member.value


def test_the_pending_state_reads_as_the_spec_says():
    """`json.dumps(SessionState.PENDING)` is ``"pending"``, and formatted it is ``pending``."""
    assert json.dumps(SessionState.PENDING) == '"pending"'
    assert f"{SessionState.PENDING}" == "pending"


def test_the_table_is_that_of_the_spec():
    """The table is a dict with one key per state, each with the frozen set of its next states."""
    assert VALID_TRANSITIONS == spec.FOLLOWING
    assert list(VALID_TRANSITIONS) == list(SessionState)
    assert type(VALID_TRANSITIONS) is dict
    for current, following in VALID_TRANSITIONS.items():
        assert isinstance(current, SessionState)
        assert isinstance(following, frozenset)
        assert all(isinstance(state, SessionState) for state in following)


def test_the_counts_are_those_of_the_spec():
    """25 of the 121 pairs are legal: 9 forward, and 16 to a failure or an abort."""
    edges = [(a, b) for a, following in VALID_TRANSITIONS.items() for b in following]
    struck = [edge for edge in edges if edge[1] in ("failed", "aborted")]
    assert (len(edges), len(struck), len(spec.PAIRS)) == (25, 16, 121)


@pytest.mark.parametrize("state", SessionState)
def test_each_state_reports_its_phase(state):
    """The phase of a state is the spec's, a member of `Phase`, or None."""
    phase = state_to_phase(state)
    assert phase == spec.PHASES[state]
    assert phase is None or isinstance(phase, Phase)


def test_what_is_no_state_has_no_phase():
    """Asking for the phase of what is no state raises KeyError."""
    with pytest.raises(KeyError):
        state_to_phase("frozen")


@pytest.mark.parametrize(("current", "new_state"), spec.LEGAL)
def test_the_guard_lets_every_legal_move_pass(current, new_state):
    """For each of the 25 legal pairs the guard returns None, for members and for plain text."""
    assert assert_transition(SessionState(current), SessionState(new_state)) is None
    assert assert_transition(current, new_state) is None


@pytest.mark.parametrize(("current", "new_state"), spec.ILLEGAL)
def test_the_guard_refuses_every_other_move(current, new_state):
    """For each of the 96 others it raises ValueError, naming both states and those allowed."""
    allowed = sorted(spec.FOLLOWING[current]) or "[terminal]"
    for ends in ((SessionState(current), SessionState(new_state)), (current, new_state)):
        with pytest.raises(ValueError, match="illegal state transition") as refusal:
            assert_transition(*ends)
        named = "{!r} -> {!r}".format(*ends)
        assert str(refusal.value) == f"illegal state transition {named} (allowed: {allowed})"


@pytest.mark.parametrize(
    ("current", "new_state", "message"),
    [
        ("frozen", "done", "unknown source state 'frozen'"),
        ("", "", "unknown source state ''"),
        ("PENDING", "validating", "unknown source state 'PENDING'"),
        ("pending", "frozen", "illegal state transition 'pending' -> 'frozen'"),
    ],
)
def test_the_guard_refuses_what_is_no_state(current, new_state, message):
    """A transition from or to what is no state raises ValueError, which names it."""
    with pytest.raises(ValueError, match=f"^{message}"):
        assert_transition(current, new_state)
