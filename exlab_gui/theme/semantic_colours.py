"""The colours of event kinds and states, by their meaning in the machine."""

from functools import lru_cache

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.meaning import Meaning, kind_meaning, state_meaning
from exlab_gui.theme.colours import Colours


def kind_colour(kind: str) -> str:
    """Return the name in `Colours` for rows of this kind in the log."""
    return kind_meaning(kind) or "text"


def state_fill(
    colours: Colours, machine: StateMachine, state: str, meaning: Meaning | None = None
) -> tuple[str, str]:
    """Return the fill of `state`'s bar in the timeline, and the colour of text on it.

    `meaning` is what the state means in this session, if that says more than the machine.
    """
    meaning = meaning or state_meaning(machine, state)
    if meaning is not None:
        return getattr(colours, meaning), colours.on_meaning
    return colours.bars[_places(machine)[state] % len(colours.bars)], colours.on_bar


@lru_cache(maxsize=16)  # called for every bar at every repaint
def _places(machine: StateMachine) -> dict[str, int]:
    """Return the index of each state without a meaning among those, in the table's order."""
    steps = (state for state in machine.states if state_meaning(machine, state) is None)
    return {state: place for place, state in enumerate(steps)}
