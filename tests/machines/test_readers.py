"""Each reader takes the machines of its kind as they are written, and refuses what is beyond."""

import json
from pathlib import Path
from typing import Any

import pytest

from exlab_gui.core.limits import MACHINE_BYTES
from exlab_gui.core.machine import StateMachine
from exlab_gui.machines import MachineError, load_machine


def steps(machine: StateMachine) -> str:
    return " ".join(f"{source}>{target}" for source, target in machine.edges)


def load(folder: Path, source: str, *, name: str = "machine.py", of: str = "") -> StateMachine:
    """Return the machine of the file `name` that has `source`, or that of an object `of` it."""
    (folder / name).write_text(source, "utf-8")
    return load_machine(f"{folder / name}{of}")


ENUM = "from enum import *\nclass State(Enum):\n    IDLE, BUSY, Gone = {}\n"


@pytest.mark.parametrize(
    ("source", "of", "found"),
    [
        # Members that are numbers have their own names, also if the table has the numbers.
        (ENUM.format("0, 1, 2") + "T = {State.IDLE: [State.BUSY], State.BUSY: [State.Gone]}", "",
         "idle>busy busy>Gone"),
        (ENUM.format("auto(), auto(), auto()") + "SessionState = State\n"
         "VALID_TRANSITIONS = {1: [2], 2: [3], 3: None}", "", "idle>busy busy>Gone"),
        ("from enum import *\nclass SessionState(IntEnum):\n    PENDING, DONE = 5, 0\n"
         "VALID_TRANSITIONS = {5: {SessionState.DONE}}", "", "pending>done"),
        # What follows may be a set, a list, one state, the states of events, or nothing.
        ("VALID_TRANSITIONS = {'on': 'off', 'off': ['gone', 'on'], 'gone': None}", "",
         "on>off off>on off>gone"),
        ("VALID_TRANSITIONS = {'on': 'off'}", "", "on>off"),
        ("T = {'on': {'toggle': 'off', 'crash': 'off'}, 'off': ()}", ":T", "on>off"),
        ("class Lab:\n    T = {'on': {'off'}}", ":Lab.T", "on>off"),
        # A private table counts if there is no other one.
        (ENUM.format("'a', 'b', 'c'") + "_T = {State.IDLE: {State.BUSY, State.Gone}}", "",
         "a>b a>c"),
        (ENUM.format("'a', 'b', 'c'") + "T = {State.IDLE: {State.BUSY}}\nSAME = dict(T)", "",
         "a>b"),
    ],
)  # fmt: skip
def test_tables(tmp_path: Path, source: str, of: str, found: str) -> None:
    """States keep their names and their order, however the table is written."""
    assert steps(load(tmp_path, source, of=of)) == found


@pytest.mark.parametrize(
    ("phases", "of_on"),
    [
        ("{'on': 'running'}", "running"),
        ("lambda state: {'on': 'running'}.get(state)", "running"),
        ("None", None),
        ("{'on': None}", None),
    ],
)
def test_phases(tmp_path: Path, phases: str, of_on: str | None) -> None:
    """They are given by a function or a mapping, or not at all."""
    source = f"VALID_TRANSITIONS = {{'on': 'off', 'off': None}}\nstate_to_phase = {phases}"
    machine = load(tmp_path, source)
    assert (machine.phase("on"), machine.phase("off")) == (of_on, None)


@pytest.mark.parametrize(
    ("source", "of", "said"),
    [
        (ENUM.format("1, 2, 3") + "A = {State.IDLE: [State.BUSY]}\nB = {State.BUSY: [State.IDLE]}",
         "", "has several state machines, A, B: name one, as in :A."),
        ("T = {}", ":U", "has no U."),
        ("T = 5", ":T", "is no state machine: neither a table of transitions nor a machine of tra"),
        ("class T:\n    def __init__(self, needed): pass", ":T",
         "cannot be made without arguments: TypeError: "),
        ("T = {'a': [[]]}", ":T", "has [] where the name of a state or phase was expected."),
    ],
)  # fmt: skip
def test_what_is_no_table(tmp_path: Path, source: str, of: str, said: str) -> None:
    """The sentence tells what to do."""
    with pytest.raises(MachineError) as refused:
        load(tmp_path, source, of=of)
    assert str(refused.value).startswith(f"{tmp_path / 'machine.py'}{of} {said}")


@pytest.mark.parametrize("line", ["from .parts import T", "from ..lab.parts import T"])
def test_relative_imports_without_a_package(tmp_path: Path, line: str) -> None:
    """A file may import what is beside it and above it, as it does where it is installed."""
    folder = tmp_path / "some.where" / "lab"
    folder.mkdir(parents=True)
    (folder / "parts.py").write_text("T = {'on': ['off']}")
    assert steps(load(folder, f"{line}\nVALID_TRANSITIONS = T")) == "on>off"


def test_what_cannot_be_reached_is_no_beginning(tmp_path: Path) -> None:
    """A state that is not wired yet does not hide which one is the first."""
    table = "{'late': ['end'], 'start': ['on'], 'on': ['end', 'start']}"
    source = f"SessionState = ['new', 'end', 'late', 'start', 'on']\nVALID_TRANSITIONS = {table}"
    machine = load(tmp_path, source)
    assert (machine.initial, machine.unreachable) == ("start", ("new", "late"))


TRANSITIONS = "from transitions import Machine\nfrom enum import Enum\n"
STATEMACHINE = "from statemachine import State, StateMachine\n"
AUTOMAT = """
from automat import MethodicalMachine
class Door:
    _machine = MethodicalMachine()
    @_machine.state(initial=True)
    def shut(self): "It is shut."
    @_machine.state()
    def open(self): "It is open."
    @_machine.state()
    def broken(self): "It is broken."
    @_machine.input()
    def push(self): "Somebody pushes."
    shut.upon(push, enter=open, outputs=[])
    open.upon(push, enter=broken, outputs=[])
"""


@pytest.mark.parametrize(
    ("library", "source", "of", "found"),
    [
        ("transitions", TRANSITIONS + "m = Machine(states=['a', 'b', 'c'], initial='b', transitions"
         "=[['x', 'b', '='], ['y', 'b', 'c'], ['z', 'a', None], ['z', 'a', 'c'], ['w', 'b', 'a']])",
         "", "a>c b>a b>b b>c"),
        ("transitions", TRANSITIONS + "class S(Enum):\n    ON, OFF = 1, 2\nclass M(Machine):\n"
         "  def __init__(self):\n    super().__init__(states=S, initial=S.ON)\n"
         "    self.add_transition('stop', '*', S.OFF)\n    self.remove_transition('stop', 'OFF')",
         ":M", "on>off"),
        ("statemachine", STATEMACHINE + "class M(StateMachine):\n  a = State(initial=True)\n  b = "
         "State(final=True, value=7)\n  go = a.to(b) | a.to.itself(internal=True)\nm = M()", "",
         "a>b"),
        ("automat", AUTOMAT, "", "shut>open open>broken"),
        ("automat", AUTOMAT, ":Door._machine", "shut>open open>broken"),
    ],
)  # fmt: skip
def test_libraries(tmp_path: Path, library: str, source: str, of: str, found: str) -> None:
    """Machines are found as classes, objects, and inside them; what stays in its state is not."""
    pytest.importorskip(library)
    assert steps(load(tmp_path, source, of=of)) == found


@pytest.mark.parametrize(
    ("library", "source", "said"),
    [
        ("transitions", "from transitions.extensions import HierarchicalMachine as M\n"
         "m = M(states=['a', {'name': 'b', 'children': ['c']}], initial='a')", "only flat"),
        ("statemachine", "from statemachine import State, StateChart\nclass M(StateChart):\n"
         "  class b(State.Compound):\n    c = State(initial=True)\n    d = State(final=True)\n"
         "    e = c.to(d)\n  a = State(initial=True)\n  go = a.to(b)", "only flat machines"),
        ("automat", "from automat import MethodicalMachine\nm = MethodicalMachine()",
         "has no initial state."),
    ],
)  # fmt: skip
def test_what_is_beyond_in_libraries(tmp_path: Path, library: str, source: str, said: str) -> None:
    """Machines with states inside others, and unfinished ones, are refused in one sentence."""
    pytest.importorskip(library)
    with pytest.raises(MachineError, match=said):
        load(tmp_path, source)


def scxml(content: str, attributes: str = "") -> str:
    return f'<scxml xmlns="http://www.w3.org/2005/07/scxml" {attributes}>{content}</scxml>'


A_TO_B = '<state id="a"><transition event="x" target="b"/><!-- - --><onentry/></state>'


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (scxml(A_TO_B + '<final id="b"/>'), "a a>b"),
        (scxml('<final id="b"/>' + A_TO_B, 'initial="a"'), "a a>b"),
        (scxml('<initial><transition target="a"/></initial><final id="b"/>' + A_TO_B), "a a>b"),
        (A_TO_B.join(("<scxml>", '<state id="b"/></scxml>')), "a a>b"),
    ],
)
def test_scxml(tmp_path: Path, source: str, found: str) -> None:
    """The initial state is named, led to, or the first; a namespace is not needed."""
    machine = load(tmp_path, source, name="m.SCXML")
    assert f"{machine.initial} {steps(machine)}" == found


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "is no XML, in line 1, column 1."),
        ("<scxml>\n<state></scxml>", "is no XML, in line 2, column 10."),
        ("<svg/>", "is no SCXML document: its outermost element is not scxml."),
        (scxml(""), "has no states."),
        (scxml('<parallel id="p"/>'), "has a parallel element; only flat machines are shown."),
        (scxml('<state id="a"><state id="b"/></state>'), "has states inside a; only flat"),
        (scxml('<state id="a"><transition target="b c"/></state>'), "has a transition to several"),
        (scxml('<state id="a"/>', 'initial="b"'), "has an unknown initial state: b."),
        (scxml('<state id="a"><transition target="b"/></state>'), "has a transition to an unknown"),
        (scxml("<state/>"), "has a state whose name is not 1 to 80 printable characters"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + scxml(""), "has a DOCTYPE, which SCXML does not need."),
        ("<?xml version='1.0' encoding='none'?><scxml/>", "is no XML"),
        ("<scxml>" + "<state>" * 100_000, "is no XML"),
    ],
)
def test_what_is_no_flat_scxml(tmp_path: Path, source: str, said: str) -> None:
    """The sentence tells what and where."""
    with pytest.raises(MachineError) as refused:
        load(tmp_path, source, name="m.scxml")
    assert str(refused.value).startswith(f"{tmp_path / 'm.scxml'} {said}")


def xstate(a: Any, **more: Any) -> str:
    return json.dumps({"initial": "a", "states": {"a": a, "b": {"type": "final"}}, **more})


@pytest.mark.parametrize(
    "source",
    [
        xstate({"on": {"X": "b"}}),
        xstate({"on": {"X": ["b", {"target": "b", "guard": "g"}]}}),
        xstate({"on": {"X": {"target": ["#m.b"]}, "Y": {"actions": []}}}, id="m"),
        xstate({"after": {"1000": "#end"}}).replace('"final"', '"final", "id": "end"'),
        xstate({"always": [{"target": "b"}]}),
        xstate({"invoke": [{"src": "s", "onError": "b"}]}),
        xstate({}, on={"X": ".b"}),
        xstate({"on": {"X": "b"}}, on={"X": "a"}),
    ],
)
def test_xstate(tmp_path: Path, source: str) -> None:
    """Transitions come of events, delays, invoked actors, and of the machine; or at once."""
    assert steps(load(tmp_path, source, name="m.json")) == "a>b"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "is no XState machine: it is cut off."),
        ("[]", "is no XState machine: it must be an object, not a list."),
        ("{}", "is no XState machine: it lacks states."),
        (xstate({"states": {"c": {}}}), "has states inside a; only flat machines are shown."),
        (xstate({}, type="parallel"), "is parallel; only flat machines are shown."),
        (xstate({"on": {"X": {"target": ["a", "b"]}}}), "has a transition to several states at on"),
        (xstate({"on": {"X": 7}}), "has 7 where a transition was expected."),
        (xstate({"on": {"X": "c"}}), "has a transition to an unknown state: a → c."),
        (xstate({}, initial="c"), "has an unknown initial state: c."),
        ('{"states":' + '{"a":{"states":' * 70, "has more than 64 objects and lists inside"),
        (" " * (MACHINE_BYTES + 1), "has 1,000,001 bytes; at most 1,000,000 are read."),
    ],
)  # fmt: skip
def test_what_is_no_flat_xstate(tmp_path: Path, source: str, said: str) -> None:
    """The sentence tells what and where."""
    with pytest.raises(MachineError) as refused:
        load(tmp_path, source, name="m.json")
    assert str(refused.value).startswith(f"{tmp_path / 'm.json'} {said}")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """The reason is the system's."""
    with pytest.raises(MachineError, match=r"m\.json cannot be read: There is no such file\."):
        load_machine(str(tmp_path / "m.json"))
