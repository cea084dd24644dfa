"""A machine in the DOT language."""

import re

import pytest

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.export.diagram.dot import to_dot
from tests.helpers.drawings import MACHINES

ODD_NAMES = [
    'a "quoted" name',
    "<b>&",
    "Prüfung läuft",
    "back\\slash\\n",
    "a -> b;",
    "&lt;",
    "\\",
    "%x",
]

_NAME = r'"((?:[^"\\]|\\.)*)"'
_NODE = re.compile(rf"^  {_NAME}( \[.*\])?;$", re.MULTILINE)
_EDGE = re.compile(rf"^  {_NAME} -> {_NAME}( \[.*\])?;$", re.MULTILINE)


def read(name):
    """Return the name that is meant by what stands between quotes."""
    return re.sub(r"\\(.)", r"\1", name).replace("&#37;", "%").replace("&amp;", "&")


def nodes(text):
    """Return the attributes of every node of `text`, in their order."""
    return {read(name): attributes for name, attributes in _NODE.findall(text)}


def edges(text):
    """Return the attributes of every edge of `text`, in their order."""
    return {(read(a), read(b)): attributes for a, b, attributes in _EDGE.findall(text)}


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_every_state_and_transition_is_there_once(machine):
    """There is one line for every state and every transition, in a graph that is closed."""
    lines = to_dot(machine).splitlines()
    assert (lines[0], lines[-1]) == ("digraph machine {", "}")
    text = "\n".join(lines)
    assert tuple(nodes(text)) == machine.states
    assert tuple(edges(text)) == machine.edges
    assert len(_NODE.findall(text)) == len(machine.states)
    assert len(_EDGE.findall(text)) == len(machine.edges)


def test_names_survive():
    """Quotes, backslashes, angle brackets, entities and umlauts are shown as they are."""
    table = {
        state: frozenset(ODD_NAMES[place + 1 : place + 2]) for place, state in enumerate(ODD_NAMES)
    }
    machine = StateMachine(ODD_NAMES[0], table, {})
    text = to_dot(machine)
    assert list(nodes(text)) == ODD_NAMES
    assert '"%' not in text  # it would count as no name
    assert tuple(edges(text)) == machine.edges


def test_the_ways_to_the_exits_are_lighter():
    """They have another colour, and do not pull at what they join."""
    for (_, target), attributes in edges(to_dot(CREATION_MACHINE)).items():
        light = "color=" in attributes and "weight=0" in attributes
        assert light == (target in CREATION_MACHINE.exits)


def test_the_current_state_is_filled():
    """One state is emphasised where one is current, else none."""
    filled = [s for s, how in nodes(to_dot(CREATION_MACHINE, "done")).items() if "filled" in how]
    assert filled == ["done"]
    assert "filled" not in to_dot(CREATION_MACHINE)


def test_terminal_states_have_a_double_outline():
    """Where nothing follows, the outline is double."""
    double = {s for s, how in nodes(to_dot(CREATION_MACHINE)).items() if "peripheries=2" in how}
    assert double == CREATION_MACHINE.terminal


def test_the_path_taken_is_bold():
    """Its states and transitions stand out; one that the table does not have is dashed."""
    path = frozenset({("pending", "validating"), ("validating", "done")})
    text = to_dot(CREATION_MACHINE, "done", path)
    assert {state for state, how in nodes(text).items() if "bold" in how} == {
        *("pending", "validating", "done")
    }
    drawn = edges(text)
    assert {edge for edge, how in drawn.items() if "penwidth" in how} == path
    assert "dashed" in drawn["validating", "done"]
    assert "dashed" not in drawn["pending", "validating"]
