"""A machine as a Mermaid state diagram."""

import re

import pytest

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.export.diagram.mermaid import to_mermaid
from tests.helpers.drawings import MACHINES, machine_of

ODD_NAMES = [
    'a "quoted" name',
    "<b>&amp;",
    "Prüfung läuft",
    "a --> b",
    "%% c",
    "x\ny",
    "#35;",
    "__proto__",
]


def steps(text):
    """Return the pairs that `text` joins, in its order."""
    return re.findall(r"^    (\S+) --> (\S+)$", text, re.MULTILINE)


def labels(text):
    """Return the names that `text` declares, by their numbers."""
    declared = re.findall(r'^    state "(.*)" as (\w+)$', text, re.MULTILINE)
    return {
        alias: re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label)
        for label, alias in declared
    }


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_every_transition_is_there_once(machine):
    """There is the way in, one step for every transition, and the way out of every end."""
    text = to_mermaid(machine)
    assert text.startswith("stateDiagram-v2\n")
    assert steps(text) == [
        ("[*]", machine.initial),
        *machine.edges,
        *((state, "[*]") for state in machine.states if state in machine.terminal),
    ]


def test_names_that_mermaid_would_misread_are_labels():
    """Quotes, arrows, comments, line breaks and umlauts are in labels, as codes if need be."""
    table = {
        state: frozenset(ODD_NAMES[place + 1 : place + 2]) for place, state in enumerate(ODD_NAMES)
    }
    text = to_mermaid(StateMachine(ODD_NAMES[0], table, {}))
    assert list(labels(text).values()) == ODD_NAMES
    assert "_" not in text  # it would make what it encloses italic or bold
    assert steps(text)[1:-1] == [(f"s{n}", f"s{n + 1}") for n in range(1, len(ODD_NAMES))]
    assert len(text.splitlines()) == 1 + len(ODD_NAMES) + len(steps(text))


WORDS = ["end", "State", "note", "root_start", "classDef", "click", "style", "default", "scale"]
OF_JAVASCRIPT = [
    *("constructor", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf"),
    *("propertyIsEnumerable", "toLocaleString"),
]


@pytest.mark.parametrize("word", WORDS + OF_JAVASCRIPT)
def test_words_of_mermaid_are_labels(word):
    """A state with the name of one of Mermaid's words, or of JavaScript's, is numbered."""
    text = to_mermaid(machine_of({word: "after", "after": ""}))
    assert labels(text) == {"s1": word, "s2": "after"}
    assert steps(text) == [("[*]", "s1"), ("s1", "s2"), ("s2", "[*]")]


def test_the_current_state_has_a_class():
    """One state is emphasised where one is current, else none."""
    text = to_mermaid(CREATION_MACHINE, "rendering")
    assert text.endswith("    class rendering current\n")
    assert text.count("classDef current") == 1
    assert "class" not in to_mermaid(CREATION_MACHINE)


def test_the_path_taken_is_labelled():
    """A transition that was taken says so, in the table or not, and its states have a class."""
    path = frozenset({("pending", "validating"), ("validating", "done")})
    lines = to_mermaid(CREATION_MACHINE, "done", path).splitlines()
    assert [line.strip() for line in lines if line.endswith(": taken")] == [
        "pending --> validating: taken",
        "validating --> done: taken",
    ]
    classes = [line.split()[1:] for line in lines if line.strip().startswith("class ")]
    assert classes == [["pending", "visited"], ["validating", "visited"], ["done", "current"]]


def test_a_state_that_the_machine_does_not_have():
    """A session may have been in it, or be in it."""
    path = frozenset({("pending", "limbo <1>")})
    text = to_mermaid(CREATION_MACHINE, "limbo <1>", path)
    (name,) = (name for name, label in labels(text).items() if label == "limbo <1>")
    assert f"s1 --> {name}: taken" in text
    assert text.endswith(f"    class {name} current\n")
