"""The names of states in their boxes."""

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.labels import MOST_WIDE, labelled_width, shown_name
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from tests.helpers import spec

LONG = "waiting_for_the_approval_of_the_principal_investigator_of_the_project"


def test_the_names_of_the_wizard_are_shown_whole() -> None:
    """None of the states of a creation session is cut."""
    assert [shown_name(state) for state in spec.STATES] == [*spec.STATES]


@given(st.text(min_size=1, max_size=80))
def test_what_is_shown_of_a_name_fits(name: str) -> None:
    """It is the name, or its beginning and its end, and decides no width beyond the limit."""
    shown = shown_name(name)
    begin, cut, end = shown.partition("…")
    assert shown == name or (cut and name.startswith(begin) and name.endswith(end))
    assert labelled_width([shown]) <= labelled_width([name]) <= 240


def test_one_long_name_makes_no_other_small() -> None:
    """The diagram is as wide as its place allows, whatever its states are called."""
    names = {state: LONG if state == "rendering" else state for state in CREATION_MACHINE.states}
    table = {
        names[state]: frozenset(names[to] for to in following)
        for state, following in CREATION_MACHINE.table.items()
    }
    layout = lay_out(StateMachine("pending", table, {}))
    assert max(box.width for box in layout.boxes.values()) < MOST_WIDE + 60
    assert shown_name(LONG).startswith("waiting_for")
    assert shown_name(LONG).endswith("_project")
