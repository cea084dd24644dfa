import pytest
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import StateMachine
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.widgets.transition_actions import TransitionActions
from tests.helpers import spec
from tests.helpers.expected import tip, way
from tests.helpers.sessions import session_in


@pytest.fixture
def moves(qapp: object) -> TransitionActions:
    return TransitionActions()


def machine_of(*states: str) -> StateMachine:
    """Return a machine that goes from each state to the next one."""
    table = {state: frozenset(states[place + 1 : place + 2]) for place, state in enumerate(states)}
    return StateMachine(states[0], table, {})


def on(machine: StateMachine) -> SessionModel:
    return SessionModel(SimulatedSource("sim-1", machine))


@pytest.mark.parametrize("current", spec.STATES)
def test_steps_are_enabled_where_they_are_legal(moves: TransitionActions, current: str) -> None:
    """A move is offered exactly where the table has it; the others say why they are not."""
    moves.set_session(session_in(current))
    enabled = {state for state, action in moves.go.items() if action.isEnabled()}
    assert enabled == spec.FOLLOWING[current]
    for state, action in moves.go.items():
        if state not in enabled:
            assert action.toolTip() == tip(current, state)


@pytest.mark.parametrize("current", spec.STATES)
def test_walks_are_enabled_where_a_way_leads(moves: TransitionActions, current: str) -> None:
    """A walk is offered exactly where there is a legal way, and tells its steps."""
    moves.set_session(session_in(current))
    for state, action in moves.walk.items():
        steps = way(current, state)
        assert action.isEnabled() == bool(steps)
        told = f"Walk there: {' → '.join(steps)}" if steps else tip(current, state)
        assert action.toolTip() == told


def test_a_legal_move_tells_its_keys(moves: TransitionActions) -> None:
    """A button that can be pressed says how it is done without a mouse."""
    moves.set_session(session_in("pending"))
    assert moves.go["validating"].toolTip() == "Go to validating (Ctrl+2)"


def test_actions_are_found_by_their_names(moves: TransitionActions) -> None:
    """Each action bears the name of its state."""
    moves.set_session(session_in("pending"))
    for state in spec.STATES:
        assert moves.go[state].objectName() == f"actionGoTo_{state}"
        assert moves.walk[state].objectName() == f"actionWalkTo_{state}"


def test_the_shown_session_is_the_one_that_moves(moves: TransitionActions) -> None:
    """Once another session is shown, a move is made by that one."""
    before, shown = session_in("pending"), session_in("pending")
    moves.set_session(before)
    moves.set_session(shown)
    moves.go["validating"].trigger()
    assert (before.state, shown.state) == ("pending", "validating")
    moves.walk["done"].trigger()
    assert (before.state, shown.state) == ("pending", "done")


def test_another_machine_has_other_actions(moves: TransitionActions, qtbot: QtBot) -> None:
    """A session of another machine brings its states, and says so; one of an equal one does not."""
    moves.set_session(session_in("pending"))
    with qtbot.waitSignal(moves.rebuilt):
        moves.set_session(on(machine_of("a", "b")))
    assert list(moves.go) == list(moves.walk) == ["a", "b"]
    with qtbot.assertNotEmitted(moves.rebuilt):
        moves.set_session(on(machine_of("a", "b")))


def test_eighteen_states_have_shortcuts_and_the_rest_none(moves: TransitionActions) -> None:
    """The states of a large machine get keys as long as there are digits, each its own."""
    moves.set_session(on(machine_of(*(f"s{n}" for n in range(24)))))
    keys = [action.shortcut().toString() for action in moves.go.values()]
    assert keys[:2] == ["Ctrl+1", "Ctrl+2"]
    assert keys[8:11] == ["Ctrl+9", "Ctrl+Shift+1", "Ctrl+Shift+2"]
    assert keys[18:] == [""] * 6
    assert len(set(keys[:18])) == 18
    assert moves.go["s21"].toolTip().startswith("Not legal from s0.")


def test_names_of_states_are_plain_text(moves: TransitionActions) -> None:
    """A state of a machine from elsewhere may have any name: it is no markup, and no mnemonic."""
    moves.set_session(on(machine_of("<b>a</b>", "b & c")))
    assert moves.go["b & c"].text() == "b && c"
    for action in (*moves.go.values(), *moves.walk.values()):
        assert "<b>" not in action.toolTip()
