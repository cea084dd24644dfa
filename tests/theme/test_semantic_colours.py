import pytest
from msgspec.structs import fields

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.meaning import state_meaning
from exlab_gui.theme.colours import LIGHT, Colours
from exlab_gui.theme.semantic_colours import kind_colour, state_fill
from tests.helpers.contrast import TEXT_CONTRAST, THEMES, contrast

NAMES = {field.name for field in fields(Colours)}
KINDS = ["phase", "progress", "input_required", "warning", "done", "failed", "transition"]


def line(count: int) -> StateMachine:
    """Return a machine of `count` steps in a row, which can fail or be aborted at each."""
    steps = [f"step_{n}" for n in range(count)]
    table = {
        a: frozenset({b, "crashed", "aborted"})
        for a, b in zip(steps, [*steps[1:], "end"], strict=True)
    }
    ends = ("end", "crashed", "aborted")
    return StateMachine(steps[0], {**table, **dict.fromkeys(ends, frozenset[str]())}, {})


@pytest.mark.parametrize("kind", [*KINDS, "problem", "a kind nobody knows"])
def test_every_kind_has_a_colour(kind: str) -> None:
    """A line of the log has a colour whatever its kind is."""
    assert kind_colour(kind) in NAMES


def test_the_ends_of_a_creation_have_their_meanings() -> None:
    """Done is a success, failed a failure, aborted neither, and a question is waiting."""
    roles = {state: state_meaning(CREATION_MACHINE, state) for state in CREATION_MACHINE.states}
    assert {state: role for state, role in roles.items() if role} == {
        "input_required": "input",
        "done": "success",
        "failed": "failure",
        "aborted": "aborted",
    }


def test_meanings_come_from_the_machine_not_from_names() -> None:
    """In a machine with other names, the regular end is a success and the exits are no success."""
    machine = line(3)
    assert state_meaning(machine, "end") == "success"
    assert state_meaning(machine, "crashed") == "aborted"
    assert state_meaning(machine, "step_1") is None


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_the_name_on_every_bar_can_be_read(colours: Colours) -> None:
    """Whatever state a bar shows, known or not, its name stands on it at 4.5 : 1."""
    for state in (*CREATION_MACHINE.states, "unheard_of"):
        fill, text = state_fill(colours, CREATION_MACHINE, state)
        assert contrast(fill, text) >= TEXT_CONTRAST


def test_steps_are_filled_by_their_place_in_the_table() -> None:
    """Steps that follow each other have different fills, and the fills start over at their end."""
    machine = line(len(LIGHT.bars) + 2)
    fills = [state_fill(LIGHT, machine, state)[0] for state in machine.states[:-3]]
    assert fills == [*LIGHT.bars, *LIGHT.bars[:2]]


def test_a_state_outside_the_table_is_filled_as_a_failure() -> None:
    """A state that an observed session should not have known is seen at once."""
    assert state_fill(LIGHT, CREATION_MACHINE, "unheard_of")[0] == LIGHT.failure
