"""Two machines are compared in words."""

from hypothesis import given

from exlab_gui.core.analysis.machine_diff import differences
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from tests.helpers.drawings import drawn_machines, machine_of, with_a_twelfth_state


def test_one_state_more():
    """An added state is told with its transitions, and with what it replaces."""
    twelve = with_a_twelfth_state()
    twelve = StateMachine(
        "pending", twelve.table, {**CREATION_MACHINE.phases, "lims_register": "registering"}
    )
    assert list(differences(CREATION_MACHINE, twelve)) == [
        "state added: lims_register",
        "transition removed: cache_write → post_validate",
        "transition added: cache_write → lims_register",
        "transition added: lims_register → post_validate",
        "transition added: lims_register → failed",
        "transition added: lims_register → aborted",
        "phase of lims_register: registering",
    ]


def test_the_other_way_round():
    """What one machine has more, the other has less."""
    a, b = machine_of({"a": "b c", "b": "", "c": ""}), machine_of({"b": "a", "a": ""})
    assert list(differences(a, b)) == [
        "initial state: a became b",
        "state removed: c",
        "transition removed: a → b",
        "transition removed: a → c",
        "transition added: b → a",
    ]


def test_phases():
    """A phase that another replaces is told with both; to have none is told as none."""
    table = {state: frozenset({"b"} - {state}) for state in "ab"}
    a, b = StateMachine("a", table, {"a": "x"}), StateMachine("a", table, {"a": "y", "b": "z"})
    assert list(differences(a, b)) == ["phase of a: x became y", "phase of b: none became z"]


@given(drawn_machines())
def test_the_same_machine(machine):
    """A machine does not differ from itself, in whatever order its states are listed."""
    table = dict(reversed(machine.table.items()))
    assert list(differences(machine, StateMachine(machine.initial, table, {}))) == []


@given(drawn_machines(), drawn_machines())
def test_something_is_told_where_something_differs(a, b):
    """No two machines with other tables are told to be the same."""
    assert (a.table == b.table) == (list(differences(a, b)) == [])
